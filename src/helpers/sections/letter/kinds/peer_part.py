"""What a member's peers have answered and pay: the comparison of the paper for its board."""

from __future__ import annotations

import pandas as pd

from helpers.funding.comparisons.peers import PeerSet
from helpers.rounding import round_half_up
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.notices import example_mark
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, TableField
from helpers.sections.letter.letter_context import LetterContext


def peer_comparison(context: LetterContext, peers: list[PeerSet]) -> Block:
    """The peers in numbers, and those of the same size by name; blank without any."""
    if not peers:
        return EMPTY_BLOCK
    nearest = [peer.nearest for peer in peers if peer.nearest is not None]
    return stack(_summary_table(context, peers), *(_nearest_table(context, one) for one in nearest))


def _summary_table(context: LetterContext, peers: list[PeerSet]) -> Block:
    loc = context.loc
    member, statement = context.statement.rows_by_code[context.facts.code], context.statement
    group = statement.round.groups.get(str(member["group"]))
    labels = {
        "group": loc.text(group) if group else str(member["group"]),
        "county": str(member["county"]),
        "size": loc("Närmast i folkmängd"),
    }
    records = [
        {
            "label": labels[peer.kind],
            "members": peer.members,
            "yes": peer.yes,
            "no": peer.no,
            "other": peer.other,
            "fee": round_half_up(peer.fee),
            "each": peer.fee_per_inhabitant,
        }
        for peer in peers
    ]
    caption = loc("Jämförbara kommuner: svar och avgift") + example_mark(context)
    return data_block(SectionTable.of(loc, caption, _summary_fields(context), records))


def _summary_fields(context: LetterContext) -> list[TableField]:
    loc, make = context.loc, FieldMaker(context.loc)
    fields = [
        make.text("label", loc("Jämförelse")).wide(3),
        make.members("members", loc("Kommuner")),
        make.members("yes", loc("Ja")),
    ]
    if context.statement.round.answers.declined_known:
        fields.append(make.members("no", loc("Nej")))
    fields.append(make.members("other", loc("Ej svarat")))
    fields.append(
        make.amount("fee", loc("Avgift i snitt, kr per år") + context.wording.amount_mark())
    )
    if context.statement.round.pricing.population_year_or_none is not None:
        fields.append(make.price("each", loc("Per invånare, kr")))
    return fields


def _nearest_table(context: LetterContext, nearest: pd.DataFrame) -> Block:
    loc, make = context.loc, FieldMaker(context.loc)
    fields = [
        make.text("name", loc("Kommun")).wide(2),
        make.inhabitants("population", loc("Invånare")),
        make.text("decision", loc("Svar"), answer_names(loc)),
        make.amount("fee", loc("Avgift, kr per år") + context.wording.amount_mark()),
    ]
    columns = ["name", "population", "decision", "fee"]
    rows = nearest.sort_values(["population", "code"], ascending=[False, True])
    caption = loc("Kommunerna närmast i folkmängd") + example_mark(context)
    return data_block(SectionTable.of(loc, caption, fields, rows[columns].to_dict("records")))
