"""How and by when a member answers: the same words in every kind of letter."""

from __future__ import annotations

from helpers.funding.billing.letter_occasion import has_reply_date_passed
from helpers.funding.billing.member_facts import events_in_letter, last_reply_date
from helpers.sections.components.block import Block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import bullets, paragraphs
from helpers.sections.letter.letter_context import LetterContext


def reply_office(context: SectionContext, own: str = "") -> str:
    """Return the office to reply to, with its mail address if the round states one.

    Without an office it is `own`, or "us" in a letter of the organiser's.
    """
    letters = context.statement.round.letters
    own = own or context.loc("oss")
    office = context.loc.text(letters.reply_to) if letters.reply_to else own
    return f"{office} ({letters.reply_address})" if letters.reply_address else office


def how_to_answer(context: LetterContext) -> str:
    """Return where the decision is sent, and what it has to state."""
    return context.wording.letter.how_to_answer(reply_office(context), context.facts.code)


def when_to_answer(context: LetterContext) -> str:
    """Return the last day for replies, unless it has passed or the round has none."""
    loc, last = context.loc, last_reply_date(context.statement)
    if last is None or has_reply_date_passed(context.statement):
        return loc("Svara gärna så snart ni kan.")
    return loc("Svara senast den {day}.", day=loc.date(last))


def reply(context: LetterContext) -> Block:
    """Where to answer, what to state, and what the round states for members without an answer."""
    loc, kinds = context.loc, ["next"] if context.kind == "request" else ["next", "terms"]
    told = [
        loc.text(event.letter or event.text)
        for event in events_in_letter(context.statement, context.facts.answer, *kinds)
    ]
    case_number = context.statement.round.board.case_number
    ours = [loc("Ange vårt diarienummer, {number}.", number=case_number)] if case_number else []
    texts = [how_to_answer(context), *ours, *told]
    return bullets(texts) if len(texts) > 1 else paragraphs(texts[0])


def reminder(context: LetterContext) -> Block:
    """The question of the reminder: whether the member wants to take part, and by when."""
    loc = context.loc
    return paragraphs(
        " ".join(
            filter(
                None,
                [
                    _not_received_text(context),
                    _reply_date_text(context),
                    loc("Har ni redan svarat ber vi er skicka svaret en gång till."),
                ],
            )
        )
    )


def _not_received_text(context: LetterContext) -> str:
    loc = context.loc
    if not context.statement.round.answers.declined_known:
        return loc(
            "Ni är inte noterade som anslutna. Om ni har sagt nej framgår inte av underlaget."
        )
    return loc("Vi har inte fått något svar från er. Det räknas varken som ja eller som nej.")


def _reply_date_text(context: LetterContext) -> str:
    """The last day for replies, and whether the time has been extended."""
    statement, loc = context.statement, context.loc
    days = sorted(event.on for event in statement.deadlines if event.on)
    if not days:
        return ""
    values = {"first": loc.date(days[0]), "last": loc.date(days[-1])}
    if days[-1] < statement.as_of:
        return loc("Svarstiden gick ut den {last}, men vi tar gärna emot ert svar ändå.", **values)
    if len(days) > 1:
        return loc("Svarstiden är förlängd från den {first} till den {last}.", **values)
    return loc("Svarstiden går ut den {last}.", **values)
