"""The last part of a letter: what happens next for a member, by its answer."""

from __future__ import annotations

from helpers.funding.answers.answer_states import CONDITIONAL, NO, UNANSWERED, YES
from helpers.funding.billing.member_facts import events_in_letter
from helpers.funding.scenarios.joining import JoiningPrice
from helpers.i18n.localizer import Localizer
from helpers.model.settings.round_settings import Event
from helpers.sections.components.block import Block
from helpers.sections.components.payment_texts import format_kronor
from helpers.sections.components.text import bullets
from helpers.sections.letter.letter_context import LetterContext
from helpers.sections.letter.payment_parts import (
    has_paid_without_yes,
    is_left_to_invoice,
    paid_without_yes_request,
)
from helpers.sections.letter.reply_part import how_to_answer, reply_office, when_to_answer


def next_steps(context: LetterContext) -> Block:
    """The round's events for members with this answer, what to do, and the price of joining."""
    facts = context.facts
    request_of_answer = {
        YES: _ask_for_reference,
        NO: _tell_how_to_join,
        CONDITIONAL: _ask_about_condition,
        UNANSWERED: _ask_for_answer,
    }
    requests = [request_of_answer[facts.answer](context)]
    if has_paid_without_yes(context):
        requests.append(paid_without_yes_request(context, reply_office(context)))
    event_texts = [
        context.loc.text(event.letter or event.text)
        for event in events_in_letter(context.statement, facts.answer, "terms", "next")
    ]
    price = _joining_texts(context)
    if facts.answer == YES:
        return bullets(list(filter(None, [*event_texts, *requests, *price])))
    return bullets([*requests, *price, *event_texts])


def _next_events(context: LetterContext) -> list[Event]:
    return events_in_letter(context.statement, context.facts.answer, "next")


def _ask_for_reference(context: LetterContext) -> str:
    """Ask for what the invoice needs, unless all is invoiced or the organiser asks for it."""
    office = reply_office(context)
    own = context.wording.letter.request_of_yes(context.facts, office)
    if not is_left_to_invoice(context):
        return own or _ask_for_payment(context)
    if any(event.contacts for event in _next_events(context)):
        return own
    reference = context.loc(
        "Meddela {office} vilken referens ni vill ha på fakturan.",
        office=office,
    )
    return f"{own} {reference}".strip()


def _ask_for_payment(context: LetterContext) -> str:
    """What is left for a member that has been invoiced or has paid for all its years."""
    sums = context.facts.payments
    if sums is not None and sums.outstanding:
        amount = format_kronor(sums.outstanding, context.loc)
        return context.loc("Betala {amount} enligt fakturan.", amount=amount)
    return context.loc("Ni behöver inte göra något mer.")


def _tell_how_to_join(context: LetterContext) -> str:
    return context.loc(
        "Vill ni vara med senare skickar ni ert nya beslut till {office}. Ange er kod, {code}, och "
        "beslutets datum.",
        office=reply_office(context),
        code=context.facts.code,
    )


def _ask_about_condition(context: LetterContext) -> str:
    return context.loc(
        "Skriv till {office} när villkoret är uppfyllt, eller skicka ett nytt beslut utan villkor.",
        office=reply_office(context),
    )


def _ask_for_answer(context: LetterContext) -> str:
    """Return how to answer, and the reply date."""
    question = context.loc("Vill ni vara med?")
    return f"{question} {when_to_answer(context)} {how_to_answer(context)}"


def _joining_texts(context: LetterContext) -> list[str]:
    """Return the present price of joining for the years that the member does not pay for."""
    facts, loc = context.facts, context.loc
    if not context.wording.letter.states_joining_price:
        return []
    if facts.joining_price is None:
        years = len(context.statement.round.years)
        passed = loc.plural("Omgångens år har passerat.", "Omgångens år har passerat.", years)
        return [] if facts.answer == YES and not facts.years_outside else [passed]
    joins = facts.joining_price
    mark = context.wording.amount_mark()
    texts = []
    if facts.answer == YES:
        texts.append(_more_years_price_text(joins, mark, loc))
    elif {year.year: year.price for year in joins.years} != facts.fee_by_year:
        # Otherwise the part on the fee states the same amounts.
        texts.append(_joining_price_text(joins, mark, loc))
    year_has_begun = context.statement.as_of.year in {year.year for year in joins.years}
    if year_has_begun and context.statement.round.joining is None:
        texts.append(
            loc("Förfrågan anger inget lägre pris för kommuner som går med mitt i ett år.")
        )
    return [" ".join(texts)] if texts else []


def _more_years_price_text(joins: JoiningPrice, mark: str, loc: Localizer) -> str:
    """Return the price of the years that a partial yes leaves out."""
    return loc(
        "Säger ni den {day} ja även till {years} kostar det {total} till.",
        day=loc.date(joins.on),
        years=loc.join_years(year.year for year in joins.years),
        total=loc.money(joins.total) + mark,
    )


def _joining_price_text(joins: JoiningPrice, mark: str, loc: Localizer) -> str:
    """Return the price of each year and of all years."""
    day = loc.date(joins.on)
    each = [
        loc("{price} för {year}", price=loc.money(year.price) + mark, year=str(year.year))
        for year in joins.years
    ]
    if len(each) == 1:
        return loc("Säger ni ja den {day} kostar det {prices}.", day=day, prices=each[0])
    return loc(
        "Säger ni ja den {day} kostar det {prices}, sammanlagt {total}.",
        day=day,
        prices=loc.join_list(each),
        total=loc.money(joins.total),
    )
