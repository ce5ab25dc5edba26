"""The parts of a draft paper for a member's own board: the proposal, the matter, the cost."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.billing.letter_occasion import has_reply_date_passed
from helpers.funding.billing.member_facts import last_reply_date
from helpers.i18n.spelled_out import number_in_words
from helpers.model.funding_round import Round
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.notices import answers_are_examples
from helpers.sections.components.parts.section_parts import LetterheadPart
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import bullets, callout, paragraphs
from helpers.sections.letter.kinds.request_parts import answer_terms, invoice_terms
from helpers.sections.letter.letter_context import LetterContext
from helpers.sections.letter.letter_opening import (
    addressee_name,
    letter_subject,
    matter_text,
    recipient_office,
)
from helpers.sections.letter.reply_part import reply_office


def paper_opening(context: LetterContext) -> Block:
    """The member as sender, its board as recipient, and that the paper is a draft."""
    loc, facts, organiser = context.loc, context.facts, context.statement.round.organiser
    name = addressee_name(context, facts.name, facts.official_name)
    lines = [recipient_office(context)]
    if facts.case_number:
        lines.append(loc("Diarienummer: {number}", number=facts.case_number))
    head = LetterheadPart(
        sender=name,
        dated=loc.date(context.statement.as_of),
        recipient=tuple(lines),
        subject=letter_subject(context, context.kind),
    )
    draft = loc(
        "Utkast. {organiser} har tagit fram texten ur omgångens uppgifter. Kommunen ansvarar för "
        "ärendet och ändrar det som behövs.",
        organiser=organiser.name,
    )
    example = loc("Exempel: svaren är rekonstruerade.") if answers_are_examples(context) else ""
    return stack(Block((head,)), callout(f"{draft} {example}".strip()))


def proposal(context: LetterContext) -> Block:
    """The draft of a decision, in the form of a municipal board's."""
    loc, round_ = context.loc, context.statement.round
    values = {
        "title": loc.quote(loc.text(round_.title)),
        "years": loc.join_years(amounts_by_year(context)),
        "total": loc.money(sum(amounts_by_year(context).values())) + context.wording.amount_mark(),
        "organiser": round_.organiser.name,
    }
    last = last_reply_date(context.statement)
    if last is None or has_reply_date_passed(context.statement):
        tell = loc("att meddela {organiser} beslutet.", **values)
    else:
        tell = loc(
            "att meddela {organiser} beslutet senast den {day}.", day=loc.date(last), **values
        )
    office = recipient_office(context)
    return stack(
        paragraphs(loc("{office} föreslås besluta", office=office)),
        bullets(
            [
                loc("att delta i finansieringen av {title} för {years},", **values),
                loc("att kostnaden, sammanlagt {total}, tas ur [ange budgetpost], och", **values),
                tell,
            ]
        ),
        paragraphs(loc("Alternativet är att besluta att inte delta.")),
    )


def _organiser_in_full(round_: Round) -> str:
    """The organiser's name, and its short name where it is another."""
    name, short = round_.organiser.name, round_.organiser.short
    return name if name == short else f"{name} ({short})"


def matter(context: LetterContext) -> Block:
    """What is asked, by whom, and on which terms."""
    loc, statement = context.loc, context.statement
    round_ = statement.round
    asked = loc(
        "{organiser} frågade den {day} samtliga {members} kommuner om de vill vara med i {title}.",
        organiser=_organiser_in_full(round_),
        day=loc.date(round_.recommended_on),
        members=number_in_words(statement.milestones[round_.recommended_on].members, loc),
        title=loc.quote(loc.text(round_.title)),
    )
    stated = [loc.text(e.text) for e in round_.known_events("terms", statement.known_on)]
    terms = [*stated, *invoice_terms(context)]
    return stack(
        paragraphs(f"{asked} {matter_text(context)}"), bullets(terms) if terms else EMPTY_BLOCK
    )


def amounts_by_year(context: LetterContext) -> dict[int, int]:
    """What a yes of the day costs in each year that is left."""
    joins = context.facts.joining_price
    if joins is None:
        return context.facts.fee_by_year
    return {year.year: year.price for year in joins.years}


def cost(context: LetterContext) -> Block:
    """What a yes costs each year, per inhabitant, and in all."""
    loc, make, amounts = context.loc, FieldMaker(context.loc), amounts_by_year(context)
    inhabitants = _inhabitants(context)
    fields = [
        make.text("year", loc("År")),
        make.money("fee", loc("Avgift") + context.wording.amount_mark()),
    ]
    if inhabitants:
        fields.append(make.price("each", loc("Per invånare, kr")))
    records = [
        {"year": str(year), "fee": fee, "each": Fraction(fee, inhabitants or 1)}
        for year, fee in amounts.items()
    ]
    total = {
        "year": loc("Sammanlagt"),
        "fee": sum(amounts.values()),
        "each": Fraction(sum(amounts.values()), inhabitants or 1),
    }
    caption = loc("Vad ett ja kostar")
    table = data_block(SectionTable.of(loc, caption, fields, records, total=total))
    return stack(table, paragraphs(_inhabitants_text(context))) if inhabitants else table


def _inhabitants(context: LetterContext) -> int | None:
    """The member's inhabitants, where fees are by inhabitants."""
    breakdown = context.facts.fee_breakdown
    if breakdown.population_year is None or not breakdown.key:
        return None
    return int(breakdown.key)


def _inhabitants_text(context: LetterContext) -> str:
    loc, year = context.loc, context.facts.fee_breakdown.population_year
    return loc(
        "Beloppen per invånare är räknade på {inhabitants} invånare den {day} och avrundade var "
        "för sig.",
        inhabitants=loc.count(_inhabitants(context) or 0),
        day=loc.year_end(year or 0),
    )


def choices(context: LetterContext) -> Block:
    """What a yes, a no and waiting mean."""
    loc, total = context.loc, sum(amounts_by_year(context).values())
    yes = loc(
        "Kommunen kan vara med och betalar då {total} för {years}.",
        total=loc.money(total) + context.wording.amount_mark(),
        years=loc.join_years(amounts_by_year(context)),
    )
    no = loc("Kommunen kan avstå och betalar då ingenting.")
    return bullets([yes, no, _waiting_text(context), *answer_terms(context)])


def paper_reply(context: LetterContext) -> Block:
    """Where the decision is sent, and what it has to state."""
    loc, round_ = context.loc, context.statement.round
    case_number = round_.board.case_number
    texts = [
        loc(
            "Beslutet, ja eller nej, skickas till {office}. Kod {code}, beslutets datum och "
            "kommunens diarienummer anges.",
            office=reply_office(context, own=round_.organiser.name),
            code=context.facts.code,
        )
    ]
    if case_number:
        texts.append(loc("Avsändarens diarienummer är {number}.", number=case_number))
    return paragraphs(" ".join(texts))


def _waiting_text(context: LetterContext) -> str:
    """What waiting means: until the last day for replies, or after it."""
    loc, last = context.loc, last_reply_date(context.statement)
    if last is None:
        return loc("Kommunen kan vänta: omgången anger ingen sista svarsdag.")
    if has_reply_date_passed(context.statement):
        return loc("Kommunen kan vänta, men svarstiden gick ut den {day}.", day=loc.date(last))
    return loc("Kommunen kan vänta: sista svarsdag är den {day}.", day=loc.date(last))
