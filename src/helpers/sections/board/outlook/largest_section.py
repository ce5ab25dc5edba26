"""How concentrated the money is, and what is left if one of the largest payers leaves."""

from __future__ import annotations

from helpers.funding.answers.answer_states import YES
from helpers.funding.totals.concentration import Payer, shares_of_largest
from helpers.funding.totals.shares import share
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.notices import example_callout
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import paragraphs


def largest(context: SectionContext) -> Block:
    """The largest payers: their part of all fees, kronor per inhabitant, and what if one leaves."""
    statement, loc = context.statement, context.loc
    own_section = context.wording.own_section("largest")
    if own_section is not None:
        return own_section
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
    rows = [_payer_row(context, payer) for payer in statement.largest]
    caption = loc("De största avgifterna, per år. ”Hittills” är andelarna sammanlagda uppifrån.")
    return stack(
        paragraphs(_concentration_text(context), *_text_if_largest_leaves(context)),
        example_callout(context),
        table_block(caption, columns, rows),
    )


def _payer_row(context: SectionContext, payer: Payer) -> list[str]:
    loc = context.loc
    requested = context.statement.round.requested
    if_leaves = ["–", "–"]
    if payer.decision == YES:
        left = share(payer.funded_without, requested)
        if_leaves = [loc.count(payer.funded_without), loc.percent(left)]
    return [
        payer.name,
        answer_names(loc)[payer.decision],
        loc.count(payer.fee),
        loc.percent(share(payer.fee, requested), 1),
        loc.percent(share(payer.cumulative, requested), 1),
        loc.unitless_price(payer.per_inhabitant),
        *if_leaves,
    ]


def _concentration_text(context: SectionContext) -> str:
    """What part of the fees the one, the four and the ten largest pay."""
    statement, loc = context.statement, context.loc
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
    listed = loc.join_list([first, *others])
    return loc(
        "{shares}. Hela det önskade beloppet är {each} per invånare och år.",
        shares=listed,
        each=loc.unit_price(statement.total.per_inhabitant),
    )


def _text_if_largest_leaves(context: SectionContext) -> list[str]:
    """The effect if one payer left: the largest member that has said yes."""
    loc = context.loc
    payer = next((p for p in context.statement.largest if p.decision == YES), None)
    if payer is None:
        return []
    return [
        loc(
            "Om {name} lämnar är {left} om året ändå säkrade, {share} av det önskade beloppet.",
            name=payer.name,
            left=loc.money(payer.funded_without),
            share=loc.percent(share(payer.funded_without, context.statement.round.requested)),
        )
    ]
