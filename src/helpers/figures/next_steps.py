"""What happens next for one member, by its answer: a letter's last part."""

from __future__ import annotations

from helpers.figures.block import Block
from helpers.figures.price_text import mark_of
from helpers.figures.prose import bullets
from helpers.formats import Speech
from helpers.funding.amounts import CONDITIONAL, NO, UNANSWERED, YES
from helpers.funding.letters import MemberFacts, reply_by, told_to
from helpers.funding.scenarios.joining import JoiningPrice
from helpers.funding.statement import Statement


def next_steps(statement: Statement, facts: MemberFacts, say: Speech) -> Block:
    """What the round tells those with this answer, what is asked of them, what joining costs."""
    ask = {YES: _pay, NO: _outside, CONDITIONAL: _condition, UNANSWERED: _please_answer}
    asked = [ask[facts.answer](statement, facts, say)]
    told = [
        say.text(event.letter or event.text)
        for event in told_to(statement, facts.answer, "terms", "next")
    ]
    price = _joining(statement, facts, say)
    return bullets([*told, *asked, *price] if facts.answer == YES else [*asked, *price, *told])


def _office(statement: Statement, say: Speech) -> str:
    """Where replies go."""
    office = statement.round.letters.reply_to
    return say.text(office) if office else say("oss")


def _pay(statement: Statement, facts: MemberFacts, say: Speech) -> str:
    del facts
    return say(
        "Skicka den referens som ni vill ha på fakturan till {office}.",
        office=_office(statement, say),
    )


def _outside(statement: Statement, facts: MemberFacts, say: Speech) -> str:
    del statement, facts
    return say("Ni står utanför och betalar ingenting.")


def _condition(statement: Statement, facts: MemberFacts, say: Speech) -> str:
    del facts
    return say(
        "Skriv till {office} när villkoret är uppfyllt, eller skicka ett nytt beslut utan villkor.",
        office=_office(statement, say),
    )


def _please_answer(statement: Statement, facts: MemberFacts, say: Speech) -> str:
    """How to answer, and by when."""
    how = say(
        "Skicka ert beslut, ja eller nej, till {office}. Ange er kod, {code}, beslutets datum och "
        "gärna ert diarienummer.",
        office=_office(statement, say), code=facts.code,
    )  # fmt: skip
    last = reply_by(statement)
    if last is None or last < statement.as_of:
        return say("Svara gärna så snart ni kan.") + f" {how}"
    return say("Svara senast den {day}.", day=say.date(last)) + f" {how}"


def _joining(statement: Statement, facts: MemberFacts, say: Speech) -> list[str]:
    """What it costs to join now, for the years that the member does not pay for."""
    if facts.joins is None:
        passed = say("Rundans år har passerat.")
        return [] if facts.answer == YES and not facts.outside else [passed]
    joins = facts.joins
    mark = mark_of(statement, say)
    text = (_more_years if facts.answer == YES else _prices)(joins, mark, say)
    begun = statement.as_of.year in {year.year for year in joins.years}
    if begun and statement.round.joining is None:
        text += " " + say("Rundan anger inget lägre pris för den som går med under ett år.")
    return [text]


def _more_years(joins: JoiningPrice, mark: str, say: Speech) -> str:
    """The price of the years that a yes for some of them leaves out."""
    return say(
        "Säger ni den {day} ja även till {years} kostar det {total} till.",
        day=say.date(joins.on), years=say.listed([str(year.year) for year in joins.years]),
        total=say.kr(joins.total) + mark,
    )  # fmt: skip


def _prices(joins: JoiningPrice, mark: str, say: Speech) -> str:
    """The price of each year and of them all."""
    day = say.date(joins.on)
    each = [
        say("{price} för {year}", price=say.kr(year.price) + mark, year=str(year.year))
        for year in joins.years
    ]
    if len(each) == 1:
        return say("Säger ni ja den {day} kostar det {prices}.", day=day, prices=each[0])
    return say(
        "Säger ni ja den {day} kostar det {prices}, sammanlagt {total}.",
        day=day, prices=say.listed(each), total=say.kr(joins.total),
    )  # fmt: skip
