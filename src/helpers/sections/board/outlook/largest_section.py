"""How concentrated the money is, and what is left if one of the largest payers leaves."""

from __future__ import annotations

from helpers.funding.answers.answer_states import YES
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.concentration import Payer, shares_of_largest
from helpers.funding.totals.tally import share
from helpers.i18n.localizer import Localizer
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.notices import example_callout
from helpers.sections.components.text import paragraphs
from helpers.sections.pricing import shared_cost_sections


def largest(statement: Statement, loc: Localizer) -> Block:
    """The largest payers: their part of all fees, kronor per inhabitant, and what if one leaves."""
    if statement.price:
        return shared_cost_sections.largest_by_inhabitants(statement, statement.price, loc)
    columns = [
        Column(loc("Kommun"), "left"),
        Column(loc("Svar"), "left"),
        Column(loc("Avgift, kr")),
        Column(loc("Andel")),
        Column(loc("Hittills")),
        Column(loc("Kr per invånare")),
        Column(loc("Säkrat om den lämnar, kr")),
        Column(loc("Andel av önskat")),
    ]
    rows = [_payer_row(payer, statement, loc) for payer in statement.largest]
    caption = loc("De största avgifterna, per år. ”Hittills” är andelarna sammanlagda uppifrån.")
    return stack(
        paragraphs(_concentration_text(statement, loc), *_text_if_largest_leaves(statement, loc)),
        example_callout(statement, loc),
        table_block(caption, columns, rows),
    )


def _payer_row(payer: Payer, statement: Statement, loc: Localizer) -> list[str]:
    requested = statement.round.requested
    leaves = ["–", "–"]
    if payer.decision == YES:
        left = share(payer.funded_without, requested)
        leaves = [loc.count(payer.funded_without), loc.percent(left)]
    return [
        payer.name,
        answer_names(loc)[payer.decision],
        loc.count(payer.fee),
        loc.percent(share(payer.fee, requested), 1),
        loc.percent(share(payer.cumulative, requested), 1),
        loc.price(payer.per_inhabitant),
        *leaves,
    ]


def _concentration_text(statement: Statement, loc: Localizer) -> str:
    """What part of the fees the one, the four and the ten largest pay."""
    payers = statement.largest
    shares = shares_of_largest(payers, statement.round.requested)
    first = loc(
        "Den största, {name}, står för {share} av avgifterna",
        name=payers[0].name,
        share=loc.percent(shares[1], 1),
    )
    others = [
        loc(
            "de {count} största för {share}",
            count=loc.count(count),
            share=loc.percent(part, 1),
        )
        for count, part in shares.items()
        if count > 1
    ]
    listed = loc.listed([first, *others])
    return loc(
        "{shares}. Hela det önskade beloppet är {each} per invånare och år.",
        shares=listed,
        each=loc.kr_per(statement.total.per_inhabitant),
    )


def _text_if_largest_leaves(statement: Statement, loc: Localizer) -> list[str]:
    """What one payer's leaving would mean: the largest of those that have said yes."""
    payer = next((p for p in statement.largest if p.decision == YES), None)
    if payer is None:
        return []
    return [
        loc(
            "Om {name} lämnar är {left} om året ändå säkrade, {share} av det önskade beloppet.",
            name=payer.name,
            left=loc.kr(payer.funded_without),
            share=loc.percent(share(payer.funded_without, statement.round.requested)),
        )
    ]
