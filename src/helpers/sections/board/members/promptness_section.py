"""The section on which members answered in time, late or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from helpers.funding.totals.tally import Tally
from helpers.funding.totals.timeliness import AnswerPeriod, late_answers
from helpers.i18n.localizer import Localizer
from helpers.sections.board.members.answer_lists_section import fee_list
from helpers.sections.board.members.part_table import part_table
from helpers.sections.charts import stacked_bars
from helpers.sections.components.bar_unit import BarUnit
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import example_callout
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_choice import DEFAULT_CHOICE, SectionChoice
from helpers.sections.components.text import paragraphs


def promptness(context: SectionContext, choice: SectionChoice = DEFAULT_CHOICE) -> Block:
    """Which members answered in time or late, and what they answered.

    Blank if the round has no reply date.
    """
    statement, loc = context.statement, context.loc
    if not statement.deadlines:
        return EMPTY_BLOCK
    passed = statement.passed_deadlines
    if not passed:
        return paragraphs(loc("Svarstiden har inte gått ut: ännu är inget svar sent."))
    tallies = {
        _period_name(period, passed, loc): period.tally
        for period in statement.periods
        if period.tally.members
    }
    table = part_table(context, tallies, "period", loc("Första svar")).chosen(choice)
    unit = context.wording.bars.unit().in_unit(choice.amount_unit(loc.currency), loc)
    periods = (row["period"] for row in table.shown_records)
    parts = {period: unit.measure(tallies[period]) for period in periods}
    finding = choice.title or _late_finding(statement.periods, passed[-1], loc)
    listed = "; ".join(_describe_period(name, tally, unit, loc) for name, tally in parts.items())
    alternative = loc(
        "{finding}. Liggande staplar i {unit} och i antal kommuner. {parts}.",
        finding=finding,
        unit=unit.name,
        parts=listed,
    )
    draw = partial(stacked_bars.draw_bars_by_part, parts, unit, loc, "late", alternative)
    section = stack(
        example_callout(context),
        chart_block(draw, finding, alternative),
        data_block(table),
        _late_answers_list(context),
    )
    return replace(section, redraw=partial(promptness, context))


def _describe_period(name: str, tally: Tally, unit: BarUnit, loc: Localizer) -> str:
    return loc(
        "{name}: {members} kommuner, {yes} ja och {no} nej, {part} {funded}",
        name=name,
        members=loc.count(tally.members),
        yes=loc.count(tally.yes),
        no=loc.count(tally.no),
        part=unit.part_names["funded"].lower(),
        funded=unit.format_amount(tally.funded),
    )


def _period_name(period: AnswerPeriod, passed: list[date], loc: Localizer) -> str:
    if not period.answered:
        return loc("Har inte svarat")
    if period.until is None:
        return loc("Senare än {day}", day=loc.short_date(passed[-1]))
    if period.after is None:
        return loc("Senast {day}", day=loc.short_date(period.until))
    return loc("Därefter, senast {day}", day=loc.short_date(period.until))


def _late_finding(periods: list[AnswerPeriod], last: date, loc: Localizer) -> str:
    tally = next(p.tally for p in periods if p.answered and p.until is None)
    if not tally.members:
        return loc("Ingen kommun har svarat senare än {day}", day=loc.date(last))
    return loc.plural(
        "{n} kommun svarade senare än {day}: {yes} ja och {no} nej, {funded} säkrade",
        "{n} kommuner svarade senare än {day}: {yes} ja och {no} nej, {funded} säkrade",
        tally.members,
        day=loc.date(last),
        yes=loc.count(tally.yes),
        no=loc.count(tally.no),
        funded=loc.money(tally.funded),
    )


def _late_answers_list(context: SectionContext) -> Block:
    statement, loc = context.statement, context.loc
    late = late_answers(statement.on_day.present, statement.passed_deadlines)
    if late.empty:
        return EMPTY_BLOCK
    day = loc.date(statement.passed_deadlines[-1])
    label = loc("Kommuner som svarade senare än {day}, med avgift per år", day=day)
    label += context.wording.amount_mark()
    return fee_list(context, late, label)
