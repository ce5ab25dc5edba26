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


def largest(statement: Statement, say: Localizer) -> Block:
    """The largest payers: their part of all fees, kronor per inhabitant, and what if one leaves."""
    if statement.price:
        return shared_cost_sections.largest_by_inhabitants(statement, statement.price, say)
    columns = [
        Column(say("Kommun"), "left"),
        Column(say("Svar"), "left"),
        Column(say("Avgift, kr")),
        Column(say("Andel")),
        Column(say("Hittills")),
        Column(say("Kr per invånare")),
        Column(say("Säkrat om den lämnar, kr")),
        Column(say("Andel av önskat")),
    ]
    rows = [_payer_row(payer, statement, say) for payer in statement.largest]
    caption = say("De största avgifterna, per år. ”Hittills” är andelarna sammanlagda uppifrån.")
    return stack(
        paragraphs(_concentration_text(statement, say), *_text_if_largest_leaves(statement, say)),
        example_callout(statement, say),
        table_block(caption, columns, rows),
    )


def _payer_row(payer: Payer, statement: Statement, say: Localizer) -> list[str]:
    requested = statement.round.requested
    leaves = ["–", "–"]
    if payer.decision == YES:
        left = share(payer.funded_without, requested)
        leaves = [say.count(payer.funded_without), say.percent(left)]
    return [
        payer.name,
        answer_names(say)[payer.decision],
        say.count(payer.fee),
        say.percent(share(payer.fee, requested), 1),
        say.percent(share(payer.cumulative, requested), 1),
        say.price(payer.per_inhabitant),
        *leaves,
    ]


def _concentration_text(statement: Statement, say: Localizer) -> str:
    """What part of the fees the one, the four and the ten largest pay."""
    payers = statement.largest
    shares = shares_of_largest(payers, statement.round.requested)
    first = say(
        "Den största, {name}, står för {share} av avgifterna",
        name=payers[0].name,
        share=say.percent(shares[1], 1),
    )
    others = [
        say(
            "de {count} största för {share}",
            count=say.count(count),
            share=say.percent(part, 1),
        )
        for count, part in shares.items()
        if count > 1
    ]
    listed = say.listed([first, *others])
    return say(
        "{shares}. Hela det önskade beloppet är {each} per invånare och år.",
        shares=listed,
        each=say.kr_per(statement.total.per_inhabitant),
    )


def _text_if_largest_leaves(statement: Statement, say: Localizer) -> list[str]:
    """What one payer's leaving would mean: the largest of those that have said yes."""
    payer = next((p for p in statement.largest if p.decision == YES), None)
    if payer is None:
        return []
    return [
        say(
            "Om {name} lämnar är {left} om året ändå säkrade, {share} av det önskade beloppet.",
            name=payer.name,
            left=say.kr(payer.funded_without),
            share=say.percent(share(payer.funded_without, statement.round.requested)),
        )
    ]
