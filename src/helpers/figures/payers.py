"""How concentrated the money is, and what is left if one of the largest payers leaves."""

from __future__ import annotations

from helpers.figures import price
from helpers.figures.block import Block, stack
from helpers.figures.members import decision_names, method_example
from helpers.figures.prose import paragraphs
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.amounts import YES
from helpers.funding.concentration import Payer, concentration
from helpers.funding.statement import Statement
from helpers.funding.tally import share


def largest(statement: Statement, say: Speech) -> Block:
    """The largest payers: their part of all fees, kronor per inhabitant, and what if one leaves."""
    if statement.price:
        return price.largest(statement, statement.price, say)
    columns = [
        Column(say("Kommun"), "left"), Column(say("Svar"), "left"), Column(say("Avgift, kr")),
        Column(say("Andel")), Column(say("Hittills")), Column(say("Kr per invånare")),
        Column(say("Säkrat om den lämnar, kr")), Column(say("Andel av önskat")),
    ]  # fmt: skip
    rows = [_row(payer, statement, say) for payer in statement.largest]
    caption = say("De största avgifterna, per år. ”Hittills” är andelarna sammanlagda uppifrån.")
    return stack(
        paragraphs(_concentration(statement, say), *_leaving(statement, say)),
        method_example(statement, say),
        table_block(caption, columns, rows),
    )


def _row(payer: Payer, statement: Statement, say: Speech) -> list[str]:
    requested = statement.round.requested
    leaves = ["–", "–"]
    if payer.decision == YES:
        left = share(payer.funded_without, requested)
        leaves = [say.count(payer.funded_without), say.percent(left)]
    return [
        payer.name,
        decision_names(say)[payer.decision],
        say.count(payer.fee),
        say.percent(share(payer.fee, requested), 1),
        say.percent(share(payer.cumulative, requested), 1),
        say.price(payer.per_inhabitant),
        *leaves,
    ]


def _concentration(statement: Statement, say: Speech) -> str:
    """What part of the fees the one, the four and the ten largest pay."""
    payers = statement.largest
    shares = concentration(payers, statement.round.requested)
    first = say(
        "Den största, {name}, står för {share} av avgifterna",
        name=payers[0].name, share=say.percent(shares[1], 1),
    )  # fmt: skip
    others = [
        say(
            "de {count} största för {share}",
            count=say.count(count), share=say.percent(part, 1),
        )
        for count, part in shares.items()
        if count > 1
    ]  # fmt: skip
    listed = say.listed([first, *others])
    return say(
        "{shares}. Hela det önskade beloppet är {each} per invånare och år.",
        shares=listed, each=say.kr_per(statement.total.per_inhabitant),
    )  # fmt: skip


def _leaving(statement: Statement, say: Speech) -> list[str]:
    """What one payer's leaving would mean: the largest of those that have said yes."""
    payer = next((p for p in statement.largest if p.decision == YES), None)
    if payer is None:
        return []
    return [
        say(
            "Om {name} lämnar är {left} om året ändå säkrade, {share} av det önskade beloppet.",
            name=payer.name, left=say.kr(payer.funded_without),
            share=say.percent(share(payer.funded_without, statement.round.requested)),
        )
    ]  # fmt: skip
