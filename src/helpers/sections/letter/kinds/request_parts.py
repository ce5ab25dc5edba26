"""The parts of the request: the question to the member, and the terms of a yes."""

from __future__ import annotations

from helpers.sections.components.block import Block
from helpers.sections.components.text import bullets, paragraphs
from helpers.sections.letter.letter_context import LetterContext
from helpers.sections.letter.reply_part import when_to_answer


def request(context: LetterContext) -> Block:
    """The question, the fee of a year and of all years, and the last day for replies."""
    loc, facts = context.loc, context.facts
    values = {
        "total": loc.money(facts.fee_all_years) + context.wording.amount_mark(),
        "years": loc.join_years(facts.fee_by_year),
    }
    texts = [
        loc("Vi frågar er om ni vill vara med."),
        loc("Ett ja kostar er sammanlagt {total} för {years}.", **values),
        when_to_answer(context),
    ]
    annex = loc("Bilagan visar alla kommuners avgifter och hur de är beräknade.")
    return paragraphs(" ".join([*texts, annex]))


def terms(context: LetterContext) -> Block:
    """The terms that the round states, in the order of its file, then those of its rules."""
    statement, loc = context.statement, context.loc
    stated = [loc.text(e.text) for e in statement.round.known_events("terms", statement.known_on)]
    return bullets([*stated, *answer_terms(context), *invoice_terms(context)])


def answer_terms(context: LetterContext) -> list[str]:
    """How an answer out of the ordinary counts, where the round states it."""
    rules, loc = context.statement.round.answers, context.loc
    texts = []
    if rules.conditional_yes == "apart":
        texts.append(loc("Ett ja med villkor räknas inte förrän villkoret är uppfyllt."))
    if rules.withdrawn_yes == "binds":
        texts.append(loc("Ett ja är bindande."))
    if rules.withdrawn_yes == "frees":
        texts.append(loc("Ett ja får tas tillbaka."))
    if rules.declined_known:
        texts.append(loc("Ett uteblivet svar räknas varken som ja eller som nej."))
    return texts


def invoice_terms(context: LetterContext) -> list[str]:
    """Value added tax and the terms of payment, where the round states them."""
    invoicing, loc = context.statement.round.invoicing, context.loc
    texts = []
    if invoicing.vat == "exempt":
        texts.append(loc("Ingen moms tillkommer."))
    if invoicing.vat == "added" and invoicing.vat_percent is not None:
        percent = loc.percent(invoicing.vat_percent / 100)
        texts.append(loc("Moms på {percent} tillkommer.", percent=percent))
    if invoicing.due:
        texts.append(loc("Betalningsvillkor: {terms}.", terms=loc.text(invoicing.due).rstrip(".")))
    return texts
