"""The beginning of each kind of letter: who writes to whom, about what, and what it concerns."""

from __future__ import annotations

from helpers.funding.answers.answer_states import CONDITIONAL, NO, UNANSWERED, YES
from helpers.funding.billing.member_facts import events_in_letter
from helpers.i18n.spelled_out import number_in_words
from helpers.model.letter_kind import LetterKind
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.parts.section_parts import LetterheadPart
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import callout, paragraphs
from helpers.sections.letter.letter_context import LetterContext
from helpers.sections.pricing.contingency_sentences import reserve_text


def opening(context: LetterContext) -> Block:
    """Sender, day, recipient, subject and the matter of the letter."""
    texts = [_question_text(context), matter_text(context), _purpose_text(context)]
    matter = paragraphs(" ".join(filter(None, texts)))
    return stack(_letterhead(context), _example_callout(context), matter)


def letter_subject(context: SectionContext, kind: LetterKind) -> str:
    """Return the subject line: the kind of letter, and the round's title."""
    loc = context.loc
    title = loc.text(context.statement.round.title)
    subjects = {
        "request": loc("Förfrågan: {title}", title=title),
        "reminder": loc("Fråga om ert svar: {title}", title=title),
        "status": loc("Lägesbesked: {title}", title=title),
        "feedback": loc("Återkoppling: {title}", title=title),
        "paper": loc("Utkast till tjänsteskrivelse: {title}", title=title),
        "credit": loc("Kredit: {title}", title=title),
    }
    return subjects[kind]


def _question_text(context: LetterContext) -> str:
    """What the organiser asks or has asked, in the round's own words if it has some."""
    statement, loc = context.statement, context.loc
    round_ = statement.round
    told = [
        loc.text(event.letter or event.text)
        for event in events_in_letter(statement, context.facts.answer, "recommended")
    ]
    if told:
        return " ".join(told)
    members = number_in_words(statement.milestones[round_.recommended_on].members, loc)
    if context.kind == "request":
        return loc("Vi frågar samtliga {members} kommuner om de vill vara med.", members=members)
    return loc(
        "Den {day} frågade vi samtliga {members} kommuner om de vill vara med.",
        day=loc.date(round_.recommended_on),
        members=members,
    )


def matter_text(context: LetterContext) -> str:
    """What is requested of all members together, for which years, and how much is a reserve."""
    reserve = reserve_text(context.statement, context.loc)
    return " ".join(filter(None, [_requested_text(context), reserve]))


def _requested_text(context: LetterContext) -> str:
    """What is requested of all members together, and for which years."""
    round_, loc = context.statement.round, context.loc
    if round_.requested_of_years:
        amounts = [
            loc(
                "{amount} för {years}", amount=loc.money(round_.requested_in(year)), years=str(year)
            )
            for year in sorted(round_.years)
        ]
        return loc("Det gäller {amounts}, från alla tillsammans.", amounts=loc.join_list(amounts))
    return loc(
        "Det gäller {requested} per år{mark} för {years}, från alla tillsammans.",
        requested=context.wording.requested_amount(),
        years=loc.join_years(round_.years),
        mark=context.wording.amount_mark(),
    )


def _purpose_text(context: LetterContext) -> str:
    """Why the letter is written; the request and the reminder ask under a heading."""
    loc, as_of = context.loc, context.loc.date(context.statement.as_of)
    if context.kind == "feedback":
        return loc("Här är vår återkoppling till er, per den {as_of}.", as_of=as_of)
    if context.kind == "status":
        return loc("Så här är läget den {as_of}.", as_of=as_of)
    return ""


def _letterhead(context: LetterContext) -> Block:
    loc = context.loc
    round_ = context.statement.round
    lines = [recipient_line(context, context.facts.name, context.facts.official_name)]
    if round_.letters.copy_to:
        lines.append(loc("Kopia: {office}", office=loc.text(round_.letters.copy_to)))
    if context.facts.case_number:
        lines.append(loc("Ert diarienummer: {number}", number=context.facts.case_number))
    if round_.board.case_number:
        lines.append(loc("Vårt diarienummer: {number}", number=round_.board.case_number))
    part = LetterheadPart(
        sender=round_.organiser.name,
        dated=loc.date(context.statement.as_of),
        recipient=tuple(lines),
        subject=letter_subject(context, context.kind),
    )
    return Block((part,))


def recipient_office(context: SectionContext) -> str:
    """Return the office of the members that the letters go to."""
    round_, loc = context.statement.round, context.loc
    office = round_.letters.recipient or round_.contact
    text = loc.text(office) if office else loc("Kommunstyrelsen")
    return f"{text[:1].upper()}{text[1:]}"


def recipient_line(context: SectionContext, name: str, official_name: str) -> str:
    """Return office and member. Only a municipality has a board without the round stating one."""
    round_ = context.statement.round
    addressee = addressee_name(context, name, official_name)
    stated = round_.letters.recipient or round_.contact
    return (
        addressee if round_.member and not stated else f"{recipient_office(context)}, {addressee}"
    )


def addressee_name(context: SectionContext, name: str, official_name: str) -> str:
    """Return the official name that the members' file states, or a municipality's with its kind.

    No genitive is formed from a name: the official one may differ, as Falun and Falu kommun. The
    name of another kind of member, such as a property, is complete.
    """
    loc = context.loc
    if official_name or context.statement.round.member:
        return official_name or name
    named = loc("{name} (kommun)", name=name)
    noun = named.removeprefix(f"{name} (").removesuffix(")")
    return name if noun.casefold() in name.casefold() else named


def _example_callout(context: LetterContext) -> Block:
    """Return that the answer is not the member's own, if answers are reconstructed."""
    loc, name = context.loc, context.facts.name
    if not (context.statement.reconstructed and context.statement.total.answered):
        return EMPTY_BLOCK
    if context.facts.answer == UNANSWERED:
        return callout(
            loc(
                "Exempel: svaren är rekonstruerade. Vad {name} faktiskt svarade är inte "
                "offentligt.",
                name=name,
            )
        )
    return callout(
        loc(
            "Exempel: svaret i brevet är rekonstruerat. Vad {name} faktiskt svarade är inte "
            "offentligt.",
            name=name,
        )
    )


def letter_headline(context: LetterContext) -> str:
    """Return the member and its answer in a few words."""
    facts, loc = context.facts, context.loc
    if context.kind == "request":
        return loc("{name}: förfrågan", name=facts.name)
    if context.kind == "paper":
        return loc("{name}: utkast till tjänsteskrivelse", name=facts.name)
    if context.kind == "credit":
        return loc("{name}: kredit", name=facts.name)
    fee = loc("{fee} per år", fee=loc.money(facts.fee))
    if context.statement.round.requested_of_years:
        years = loc.join_years(facts.fee_by_year)
        fee = loc("{amount} för {years}", amount=loc.money(facts.fee_all_years), years=years)
    texts = {
        YES: loc("{name}: ja, {fee}", name=facts.name, fee=fee),
        NO: loc("{name}: nej", name=facts.name),
        CONDITIONAL: loc("{name}: ja med villkor", name=facts.name),
        UNANSWERED: loc("{name}: inget svar ännu", name=facts.name),
    }
    return texts[facts.answer]
