"""The table of answers by part: county, group or period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.funding.totals.tally import Tally
from helpers.sections.components.block import Block
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.pricing_wording import PartColumn
from helpers.sections.components.section_context import SectionContext


def part_table(
    context: SectionContext,
    parts: Mapping[str, Tally],
    label: str,
    shown: Sequence[PartColumn] | None = None,
) -> Block:
    """The facts of a chart of parts: members by answer, and what the bars are measured in.

    `shown` are the columns, by default all.
    """
    shown = part_columns(context) if shown is None else shown
    columns = [Column(label, "left"), *(Column(column.heading) for column in shown)]
    bars = context.wording.bars
    total = bars.unit().measure(context.statement.total)
    rows = [
        [name, *(column.cell(tally) for column in shown)]
        for name, tally in [*parts.items(), (context.loc("Alla"), total)]
    ]
    return table_block(bars.table_caption(label.lower()), columns, rows[:-1], rows[-1])


def part_columns(context: SectionContext) -> list[PartColumn]:
    """The columns of a table of parts; none about a no where that is not known."""
    known = context.statement.round.answers.declined_known
    return [column for column in _all_columns(context) if known or not column.about_declined]


def _all_columns(context: SectionContext) -> list[PartColumn]:
    statement, loc = context.statement, context.loc
    counts = [
        PartColumn(loc("Kommuner"), lambda t: loc.count(t.members), "members"),
        PartColumn(loc("Ja"), lambda t: loc.count(t.yes), "yes"),
        PartColumn(loc("Nej"), lambda t: loc.count(t.no), "no", about_declined=True),
        PartColumn(loc("Ej svarat"), lambda t: loc.count(t.unanswered), "unanswered"),
    ]
    if statement.total.conditional:
        counts.append(
            PartColumn(loc("Ja, med villkor"), lambda t: loc.count(t.conditional), "conditional")
        )
    return [
        *counts,
        *context.wording.bars.amount_columns(),
        PartColumn(loc("Andel ja"), lambda t: loc.percent(t.yes_share), "yes_share"),
    ]
