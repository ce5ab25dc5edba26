"""The first section: the headline, the bar, the three counts, and what has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.funding.statement.statement_changes import StatementChanges
from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.board.status.changes_section import change_text
from helpers.sections.board.status.decision_section import (
    decisions_taken_block,
    next_steps_block,
    question_block,
)
from helpers.sections.board.status.membership_section import membership_text
from helpers.sections.charts import funded_bar
from helpers.sections.components.bar_unit import BarUnit
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import example_box, page_notice
from helpers.sections.components.payment_texts import payments_brief
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import (
    callout,
    capitalize_first,
    headline_block,
    lead_block,
    paragraphs,
)


def about(context: SectionContext) -> Block:
    """The round and the day, with the notice; for a notebook, which has no page header."""
    loc = context.loc
    warning = page_notice(context)
    title, day = loc.text(context.statement.round.title), loc.date(context.statement.as_of)
    line = paragraphs(loc("{title}, per den {day}", title=title, day=day))
    return stack(line, callout(warning) if warning else EMPTY_BLOCK)


def answer(
    context: SectionContext,
    changes: StatementChanges | None,
    box: Block = EMPTY_BLOCK,
    ledger: ReceivablesLedger | None = None,
) -> Block:
    """The first page: the headline, what is decided or asked, the bar, the counts, the next steps.

    `box` comes before the bar in a report that replaces another. With a `ledger`, what has been
    invoiced and paid is stated below the headline.
    """
    statement, loc = context.statement, context.loc
    bars = context.wording.bars
    unit = bars.unit()
    total = unit.measure(statement.total)
    unit = replace(unit, part_names=_parts_to_name(total, unit))
    parts = "; ".join(
        f"{name} {funded_bar.format_amount_and_share(total, part, unit, loc)}"
        for part, name in unit.part_names.items()
    )
    finding = capitalize_first(bars.total_finding())
    alternative = loc(
        "{finding}. Stapel i {unit}. {parts}.", finding=finding, unit=unit.name, parts=parts
    )
    draw = partial(funded_bar.draw_funded_bar, total, unit, loc, alternative)
    return stack(
        headline_block(context.wording.headline()),
        decisions_taken_block(context),
        lead_block(context.wording.lead()),
        payments_brief(ledger, loc) if ledger else EMPTY_BLOCK,
        box,
        chart_block(draw, finding, alternative),
        three_counts_block(context),
        paragraphs(membership_text(context)) if statement.on_day.any_change else EMPTY_BLOCK,
        paragraphs(change_text(changes, loc)) if changes else EMPTY_BLOCK,
        question_block(context),
        next_steps_block(context),
        example_box(context),
    )


def _parts_to_name(total: Tally, unit: BarUnit) -> dict[str, str]:
    """Return the parts of the bar that are not 0; always the funded part."""
    return {
        part: name
        for part, name in unit.part_names.items()
        if part == "funded" or getattr(total, part)
    }


def three_counts_block(context: SectionContext) -> Block:
    """Return the answers by members, inhabitants and amounts, each with its denominator."""
    loc, total, wording = context.loc, context.statement.total, context.wording.answers
    answers = _counted_answers(context)
    columns = [
        Column(loc("Räknat i"), "left"),
        *map(Column, answers.values()),
        Column(loc("Alla tillfrågade")),
    ]
    people = [f"{answer}_population" for answer in answers]
    rows = [[loc("Kommuner"), *_counts_and_shares(total, answers, loc), loc.count(total.members)]]
    if context.statement.round.pricing.has_units:
        units = _counts_and_shares(total, people, loc)
        rows.append([loc("Invånare"), *units, loc.count(total.population)])
    if wording.counts_in_money:
        names = {"yes": "funded", "no": "declined"}
        money = [names.get(answer, f"{answer}_fees") for answer in answers]
        amounts = _counts_and_shares(total, money, loc)
        label = loc("Kronor per år")
        if context.statement.years_differ:
            label = loc("Kronor för {year}", year=str(context.statement.least_year))
        rows.append([label, *amounts, loc.count(total.requested)])
    for heading, cell in _amounts_that_no_answer_is(context):
        columns.insert(-1, Column(heading))
        for row in rows:
            row.insert(-1, cell if row is rows[-1] else "")
    shares = [wording.compare_shares()] if total.yes else []
    remarks = [*shares, *_ceiling_remarks(context)]
    table = table_block(wording.counts_caption(), columns, rows)
    return stack(table, paragraphs(*remarks) if remarks else EMPTY_BLOCK)


def _amounts_that_no_answer_is(context: SectionContext) -> list[tuple[str, str]]:
    """Return heading and cell of the amounts that make the parts add up to the requested one."""
    loc, total = context.loc, context.statement.total
    if not context.wording.answers.counts_in_money:
        return []
    columns = []
    if total.uncovered:
        (uncovered,) = _counts_and_shares(total, ["uncovered"], loc)
        columns.append((loc("Ja, men inte alla år"), uncovered))
    if total.over_ceiling:
        (above,) = _counts_and_shares(total, ["over_ceiling"], loc)
        columns.append((loc("Över taket"), f"−{above}"))
    if total.lost:
        (lost,) = _counts_and_shares(total, ["lost"], loc)
        columns.append((loc("Utträden"), lost))
    return columns


def _counted_answers(context: SectionContext) -> dict[str, str]:
    """Return the answers that the table counts, by the name of their count in a tally."""
    loc = context.loc
    answers = {"yes": loc("Ja"), "no": loc("Nej"), "unanswered": loc("Ej svarat")}
    if not context.statement.round.answers.declined_known:
        del answers["no"]
    if context.statement.total.conditional:
        answers["conditional"] = loc("Ja, med villkor")
    return answers


def _counts_and_shares(total: Tally, figures: Iterable[str], loc: Localizer) -> list[str]:
    """Return counts of a tally, each with its share of all: 209 (72 %)."""
    return [
        f"{loc.count(getattr(total, name))} ({loc.percent(getattr(total, f'{name}_share'))})"
        for name in figures
    ]


def _ceiling_remarks(context: SectionContext) -> list[str]:
    """Return what the ceiling takes off the amounts of the answers, if it takes any."""
    loc, over = context.loc, context.statement.total.over_ceiling
    if not over or not context.wording.answers.counts_in_money:
        return []
    remark = loc(
        "Över taket är den del av avgifterna, {over}, som inte samlas in, eftersom taket begränsar "
        "vad alla betalar tillsammans.",
        over=loc.money(over),
    )
    return [remark]
