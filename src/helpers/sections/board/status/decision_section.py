"""What is decided or asked, what comes next, and whether the amount is enough."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from operator import eq

from helpers.funding.scenarios.contingency_cover import (
    ContingencyCover,
    cover_by_year,
    cover_of_all,
)
from helpers.model.localized_text import language_of
from helpers.model.settings.round_settings import Event
from helpers.sections.board.status.threshold_block import thresholds_block
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.parts.section_parts import MarkedText
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import bullets, paragraphs, quotation
from helpers.sections.pricing.contingency_sentences import cover_text


def decisions_taken_block(context: SectionContext) -> Block:
    """The decisions that are taken, each in the words in which it was announced."""
    taken = _decisions_taken(context)
    sources = [_decision_source(context, event) for event in taken]
    return stack(
        *(
            quotation(
                context.loc.quote(context.loc.text(event.text)),
                "" if same else source,
                language_of(event.text, context.loc.language),
            )
            for event, source, same in zip(
                taken, sources, map(eq, sources, [*sources[1:], ""]), strict=True
            )
        )
    )


def _decisions_taken(context: SectionContext) -> list[Event]:
    statement = context.statement
    known = statement.round.known_events("decision", statement.known_on)
    return [event for event in known if (event.on or event.known_from) <= statement.as_of]


def question_block(context: SectionContext) -> Block:
    """What the board is asked to decide, and the proposal if there is one; blank once decided."""
    statement, loc = context.statement, context.loc
    if _decisions_taken(context):
        return EMPTY_BLOCK
    known = partial(statement.round.known_events, known_on=statement.known_on)
    proposals = [
        paragraphs((MarkedText(text=loc("Förslag till beslut:"), mark="strong"), f" {text}"))
        for text in (loc.text(event.text) for event in known("proposal"))
    ]
    questions = [
        paragraphs((MarkedText(text=loc("Fråga till styrelsen:"), mark="strong"), f" {text}"))
        for text in (loc.text(event.text) for event in known("question"))
    ]
    return stack(*questions, *proposals)


def next_steps_block(context: SectionContext) -> Block:
    """What happens next: the last reply date while it is ahead, and what has been announced."""
    statement, loc = context.statement, context.loc
    known = partial(statement.round.known_events, known_on=statement.known_on)
    steps = [loc.text(event.text) for event in known("next")]
    if context.reply_period_runs:
        last = max(event.on for event in statement.deadlines if event.on)
        steps.insert(0, loc("Sista svarsdag är den {day}.", day=loc.date(last)))
    if not steps:
        return EMPTY_BLOCK
    return stack(paragraphs(loc("Det här händer nu:")), bullets(steps))


def decision(context: SectionContext) -> Block:
    """Whether it is enough: what the round requires, and what may still come."""
    statement = context.statement
    blocks = [EMPTY_BLOCK if _decisions_taken(context) else _judgement_block(context)]
    blocks.append(thresholds_block(context))
    reserve = cover_text(statement, context.loc)
    blocks.append(paragraphs(*filter(None, [reserve, context.wording.bounds()])))
    if statement.years_differ:
        blocks.append(_amounts_by_year(context))
    return stack(*blocks)


def decision_quotation(context: SectionContext, event: Event, words: str) -> Block:
    """Return the words of a decision, with who announced it and when."""
    return quotation(context.loc.quote(words), _decision_source(context, event))


def _decision_source(context: SectionContext, event: Event) -> str:
    return context.loc(
        "{organiser}, beslut meddelat den {day}",
        organiser=context.statement.round.organiser.short,
        day=context.loc.date(event.on or event.known_from),
    )


def _judgement_block(context: SectionContext) -> Block:
    """Who decides whether it is enough, by what the round requires or without."""
    loc = context.loc
    if context.statement.round.known_thresholds(context.statement.known_on):
        return paragraphs(
            loc("Här framgår hur långt det är till det som krävs. Beslutet är styrelsens.")
        )
    return paragraphs(context.wording.judgement())


def _reserve_of(covers: Mapping[int, ContingencyCover], year: int) -> list[int]:
    """What is secured of a year's reserve; [] in a round without one."""
    return [covers[year].reserve_covered] if covers else []


def _amounts_by_year(context: SectionContext) -> Block:
    """Return the amounts per year and over all years, in separate columns."""
    statement, loc = context.statement, context.loc
    requested_in = statement.round.requested_in
    covers = cover_by_year(statement.round, statement.by_year)
    make, unit = FieldMaker(loc), "{currency} in the year"
    fields = [
        make.text("year", loc("År")),
        *(
            make.amount(name, heading, unit).in_unit(context.wording.amount_units(), 1, loc)
            for name, heading in (
                ("requested", loc("Önskat, kr")),
                ("funded", loc("Säkrat, kr")),
                ("gap", loc("Återstår, kr")),
                *([("reserve", loc("Säkrat av reserven, kr"))] if covers else []),
            )
        ),
    ]
    names = [field.name for field in fields]
    rows = [
        (year, requested_in(year), funded, requested_in(year) - funded, *_reserve_of(covers, year))
        for year, funded in statement.by_year.items()
    ]
    all_years = (statement.requested_all_years, statement.funded_all_years, statement.gap_all_years)
    of_all = [cover_of_all(covers).reserve_covered] if covers else []
    everything = (loc("Alla år"), *all_years, *of_all)
    records = [dict(zip(names, row, strict=True)) for row in rows]
    total = dict(zip(names, everything, strict=True)) if len(rows) > 1 else None
    caption = loc("Beloppen per år och sammanlagt") + context.wording.amount_mark()
    return data_block(SectionTable.of(loc, caption, fields, records, total=total))
