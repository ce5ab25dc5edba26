"""The table of answers by part: county, group or period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from helpers.funding.totals.tally import Tally
from helpers.sections.components import bar_unit
from helpers.sections.components.block import Block
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.section_context import SectionContext


def part_table(context: SectionContext, parts: Mapping[str, Tally], label: str) -> Block:
    """The facts of a chart of parts: members by answer, and what the bars are measured in."""
    statement, loc = context.statement, context.loc
    known = statement.round.answers.declined_known
    shown = [column for column in _part_columns(context) if known or not column.about_declined]
    columns = [Column(label, "left"), *(Column(column.heading) for column in shown)]
    total = bar_unit.in_bar_unit(statement, statement.total)
    rows = [
        [name, *(column.cell(tally) for column in shown)]
        for name, tally in [*parts.items(), (loc("Alla"), total)]
    ]
    label = label.lower()
    if statement.price:
        caption = loc("Svar och invånare per {label}", label=label)
    else:
        caption = loc("Svar och belopp per {label}", label=label)
    return table_block(caption, columns, rows[:-1], rows[-1])


@dataclass(frozen=True)
class _PartColumn:
    """A column of the table of parts: its heading, its cells, and whether it speaks of a no."""

    heading: str
    cell: Callable[[Tally], str]
    about_declined: bool = False


def _part_columns(context: SectionContext) -> list[_PartColumn]:
    statement, loc = context.statement, context.loc
    counts = [
        _PartColumn(loc("Kommuner"), lambda t: loc.count(t.members)),
        _PartColumn(loc("Ja"), lambda t: loc.count(t.yes)),
        _PartColumn(loc("Nej"), lambda t: loc.count(t.no), about_declined=True),
        _PartColumn(loc("Ej svarat"), lambda t: loc.count(t.unanswered)),
    ]
    if statement.total.conditional:
        counts.append(_PartColumn(loc("Ja, med villkor"), lambda t: loc.count(t.conditional)))
    if statement.price:
        amounts = [
            _PartColumn(loc("Invånare"), lambda t: loc.count(t.requested)),
            _PartColumn(loc("Varav anslutna"), lambda t: loc.count(t.funded)),
        ]
    else:
        amounts = [
            _PartColumn(loc("Önskat, kr per år"), lambda t: loc.count(t.requested)),
            _PartColumn(loc("Säkrat, kr per år"), lambda t: loc.count(t.funded)),
            _PartColumn(
                loc("Nej, kr per år"), lambda t: loc.count(t.declined), about_declined=True
            ),
        ]
    funded = loc("Andel av invånarna") if statement.price else loc("Säkrad andel")
    return [
        *counts,
        *amounts,
        _PartColumn(funded, lambda t: loc.percent(t.funded_share)),
        _PartColumn(loc("Andel ja"), lambda t: loc.percent(t.yes_share)),
    ]
