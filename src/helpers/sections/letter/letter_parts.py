"""The parts of a letter about an answer: the answer itself, the outcome, and the closing."""

from __future__ import annotations

from helpers.funding.answers.answer_states import CONDITIONAL, UNANSWERED, YES
from helpers.funding.billing.member_facts import events_in_letter, last_reply_date
from helpers.sections.board.status.decision_section import decision_quotation
from helpers.sections.components.block import Block, stack
from helpers.sections.components.parts.section_parts import SignaturePart
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import paragraphs
from helpers.sections.letter.letter_context import LetterContext

# Characters of a condition: a letter is one page, and the member knows its own words.
MAX_CONDITION_LENGTH = 200


def answer(context: LetterContext) -> Block:
    """The answer that counts, its days, and the rule by which it counts, if one applies."""
    if context.facts.answer == UNANSWERED:
        return paragraphs(_no_answer_text(context))
    texts = [
        _answer_text(context),
        _answer_dates_text(context),
        *_rule_texts(context),
    ]
    if context.facts.answer == YES:
        texts.append(context.loc("Tack för att ni är med."))
    return paragraphs(" ".join(text for text in texts if text))


def _no_answer_text(context: LetterContext) -> str:
    statement, loc = context.statement, context.loc
    if not statement.round.answers.declined_known:
        return loc(
            "Ni är inte noterade som anslutna. Om ni har sagt nej framgår inte av underlaget."
        )
    text = loc("Vi har inte fått något svar från er. Det räknas varken som ja eller som nej.")
    last, member_from = last_reply_date(statement), context.facts.member_from
    if last is None or last >= statement.as_of or (member_from and member_from > last):
        return text
    return f"{text} " + loc("Svarstiden gick ut den {day}.", day=loc.date(last))


def _answer_text(context: LetterContext) -> str:
    facts, loc = context.facts, context.loc
    if facts.answer == CONDITIONAL:
        condition = loc.quote(shorten_condition(facts.condition))
        return loc("Ni har sagt ja med ett villkor: {condition}.", condition=condition)
    if facts.withdrawn:
        return loc("Ni har tagit tillbaka ert ja och sagt nej.")
    return loc("Ni har sagt ja.") if facts.answer == YES else loc("Ni har sagt nej.")


def _answer_dates_text(context: LetterContext) -> str:
    facts, loc = context.facts, context.loc
    if facts.decided_on is None or facts.received_on is None:
        return ""
    if facts.decided_on == facts.received_on:
        return loc(
            "Beslutet är daterat den {decided} och kom in till oss samma dag.",
            decided=loc.date(facts.decided_on),
        )
    return loc(
        "Beslutet är daterat den {decided} och kom in till oss den {received}.",
        decided=loc.date(facts.decided_on),
        received=loc.date(facts.received_on),
    )


def _rule_texts(context: LetterContext) -> list[str]:
    """Return the effects of the round's rules on the answer."""
    facts, loc = context.facts, context.loc
    texts = []
    if facts.answer == CONDITIONAL:
        texts = [loc("Ett sådant ja räknas inte som säkrat förrän villkoret är uppfyllt.")]
    elif facts.withdrawn:
        rules = {
            "unforeseen": loc("Omgången säger inget om ett ja som tas tillbaka; nejet räknas."),
            "frees": loc("Enligt omgången får ett ja tas tillbaka; nejet räknas."),
            "binds": loc("Enligt omgången är ni ändå bundna av ert ja."),
        }
        texts = [rules[context.statement.round.answers.withdrawn_yes]]
    elif facts.answer == YES and facts.condition:
        condition = loc.quote(shorten_condition(facts.condition))
        texts = [
            loc("Ert villkor, {condition}, hindrar inte att jaet räknas.", condition=condition)
        ]
    if facts.years_outside:
        covered, outside = (
            loc.join_years(years) for years in (facts.fee_by_year, facts.years_outside)
        )
        texts.append(loc("Ert ja gäller {years}, inte {outside}.", years=covered, outside=outside))
    return texts


def shorten_condition(text: str) -> str:
    """Shorten a text that is too long for the letter."""
    return (
        text
        if len(text) <= MAX_CONDITION_LENGTH
        else text[: MAX_CONDITION_LENGTH - 1].rstrip() + "…"
    )


def outcome(context: LetterContext) -> Block:
    """The state of the round, and the decisions on it."""
    loc = context.loc
    blocks = [paragraphs(f"{context.wording.status_line()}. {context.wording.lead()}")]
    for event in events_in_letter(context.statement, context.facts.answer, "decision"):
        words = loc.text(event.letter or event.text)
        if event.letter or not event.quote:
            blocks.append(paragraphs(words))
        else:
            blocks.append(decision_quotation(context, event, words))
    return stack(*blocks)


def closing(context: SectionContext) -> Block:
    """The closing phrase and the sender."""
    greeting, sender = context.loc("Med vänlig hälsning"), context.statement.round.organiser.name
    return Block((SignaturePart(greeting=greeting, sender=sender),))
