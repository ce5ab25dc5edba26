"""The table of answers by part: county, group or period."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.funding.totals.tally import Tally
from helpers.sections.components.block import Block
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.pricing_wording import PartColumn
from helpers.sections.components.section_context import SectionContext


def part_table(context: SectionContext, parts: Mapping[str, Tally], label: str) -> Block:
    """Return the data of a chart of parts: members by answer, and the amounts of the bars."""
    statement, loc = context.statement, context.loc
    known = statement.round.answers.declined_known
    shown = [column for column in _part_columns(context) if known or not column.about_declined]
    columns = [Column(label, "left"), *(Column(column.heading) for column in shown)]
    bars = context.wording.bars
    total = bars.unit().measure(statement.total)
    rows = [
        [name, *(column.cell(tally) for column in shown)]
        for name, tally in [*parts.items(), (loc("Alla"), total)]
    ]
    return table_block(bars.table_caption(label.lower()), columns, rows[:-1], rows[-1])


def _part_columns(context: SectionContext) -> list[PartColumn]:
    statement, loc = context.statement, context.loc
    counts = [
        PartColumn(loc("Kommuner"), lambda t: loc.count(t.members)),
        PartColumn(loc("Ja"), lambda t: loc.count(t.yes)),
        PartColumn(loc("Nej"), lambda t: loc.count(t.no), about_declined=True),
        PartColumn(loc("Ej svarat"), lambda t: loc.count(t.unanswered)),
    ]
    if statement.total.conditional:
        counts.append(PartColumn(loc("Ja, med villkor"), lambda t: loc.count(t.conditional)))
    return [
        *counts,
        *context.wording.bars.amount_columns(),
        PartColumn(loc("Andel ja"), lambda t: loc.percent(t.yes_share)),
    ]
