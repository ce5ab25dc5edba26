"""What happens next for one member, by its answer: a letter's last part."""

from __future__ import annotations

from helpers.funding.answers.answer_states import CONDITIONAL, NO, UNANSWERED, YES
from helpers.funding.billing.member_facts import MemberFacts, events_in_letter, last_reply_date
from helpers.funding.scenarios.joining import JoiningPrice
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import Block
from helpers.sections.components.text import bullets
from helpers.sections.pricing.shared_cost_wording import amount_mark


def next_steps(statement: Statement, facts: MemberFacts, say: Localizer) -> Block:
    """What the round tells those with this answer, what is asked of them, what joining costs."""
    ask = {
        YES: _ask_for_reference,
        NO: _state_outside,
        CONDITIONAL: _ask_about_condition,
        UNANSWERED: _ask_for_answer,
    }
    asked = [ask[facts.answer](statement, facts, say)]
    told = [
        say.text(event.letter or event.text)
        for event in events_in_letter(statement, facts.answer, "terms", "next")
    ]
    price = _joining_texts(statement, facts, say)
    return bullets([*told, *asked, *price] if facts.answer == YES else [*asked, *price, *told])


def _reply_office(statement: Statement, say: Localizer) -> str:
    """Where replies go."""
    office = statement.round.letters.reply_to
    return say.text(office) if office else say("oss")


def _ask_for_reference(statement: Statement, facts: MemberFacts, say: Localizer) -> str:
    del facts
    return say(
        "Skicka den referens som ni vill ha på fakturan till {office}.",
        office=_reply_office(statement, say),
    )


def _state_outside(statement: Statement, facts: MemberFacts, say: Localizer) -> str:
    del statement, facts
    return say("Ni står utanför och betalar ingenting.")


def _ask_about_condition(statement: Statement, facts: MemberFacts, say: Localizer) -> str:
    del facts
    return say(
        "Skriv till {office} när villkoret är uppfyllt, eller skicka ett nytt beslut utan villkor.",
        office=_reply_office(statement, say),
    )


def _ask_for_answer(statement: Statement, facts: MemberFacts, say: Localizer) -> str:
    """How to answer, and by when."""
    how = say(
        "Skicka ert beslut, ja eller nej, till {office}. Ange er kod, {code}, beslutets datum och "
        "gärna ert diarienummer.",
        office=_reply_office(statement, say),
        code=facts.code,
    )
    last = last_reply_date(statement)
    if last is None or last < statement.as_of:
        return say("Svara gärna så snart ni kan.") + f" {how}"
    return say("Svara senast den {day}.", day=say.date(last)) + f" {how}"


def _joining_texts(statement: Statement, facts: MemberFacts, say: Localizer) -> list[str]:
    """What it costs to join now, for the years that the member does not pay for."""
    if facts.joins is None:
        passed = say("Rundans år har passerat.")
        return [] if facts.answer == YES and not facts.outside else [passed]
    joins = facts.joins
    mark = amount_mark(statement, say)
    text = (_more_years_price_text if facts.answer == YES else _joining_price_text)(
        joins, mark, say
    )
    begun = statement.as_of.year in {year.year for year in joins.years}
    if begun and statement.round.joining is None:
        text += " " + say("Rundan anger inget lägre pris för den som går med under ett år.")
    return [text]


def _more_years_price_text(joins: JoiningPrice, mark: str, say: Localizer) -> str:
    """The price of the years that a yes for some of them leaves out."""
    return say(
        "Säger ni den {day} ja även till {years} kostar det {total} till.",
        day=say.date(joins.on),
        years=say.listed([str(year.year) for year in joins.years]),
        total=say.kr(joins.total) + mark,
    )


def _joining_price_text(joins: JoiningPrice, mark: str, say: Localizer) -> str:
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
        day=day,
        prices=say.listed(each),
        total=say.kr(joins.total),
    )
