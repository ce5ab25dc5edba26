"""The table of answers by part: county, group or period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.charts import bar_unit
from helpers.sections.components.block import Block
from helpers.sections.components.data_table import Column, table_block


def part_table(
    parts: Mapping[str, Tally], label: str, statement: Statement, say: Localizer
) -> Block:
    """The facts of a chart of parts: members by answer, and what the bars are measured in."""
    known = statement.round.answers.declined_known
    shown = [column for column in _part_columns(statement, say) if known or not column.of_no]
    columns = [Column(label, "left"), *(Column(column.heading) for column in shown)]
    total = bar_unit.in_bar_unit(statement, statement.total)
    rows = [
        [name, *(column.cell(tally) for column in shown)]
        for name, tally in [*parts.items(), (say("Alla"), total)]
    ]
    label = label.lower()
    if statement.price:
        caption = say("Svar och invånare per {label}", label=label)
    else:
        caption = say("Svar och belopp per {label}", label=label)
    return table_block(caption, columns, rows[:-1], rows[-1])


@dataclass(frozen=True)
class _PartColumn:
    """A column of the table of parts: its heading, its cells, and whether it speaks of a no."""

    heading: str
    cell: Callable[[Tally], str]
    of_no: bool = False


def _part_columns(statement: Statement, say: Localizer) -> list[_PartColumn]:
    counts = [
        _PartColumn(say("Kommuner"), lambda t: say.count(t.members)),
        _PartColumn(say("Ja"), lambda t: say.count(t.yes)),
        _PartColumn(say("Nej"), lambda t: say.count(t.no), of_no=True),
        _PartColumn(say("Ej svarat"), lambda t: say.count(t.unanswered)),
    ]
    if statement.total.conditional:
        counts.append(_PartColumn(say("Ja, med villkor"), lambda t: say.count(t.conditional)))
    if statement.price:
        amounts = [
            _PartColumn(say("Invånare"), lambda t: say.count(t.requested)),
            _PartColumn(say("Varav anslutna"), lambda t: say.count(t.funded)),
        ]
    else:
        amounts = [
            _PartColumn(say("Önskat, kr per år"), lambda t: say.count(t.requested)),
            _PartColumn(say("Säkrat, kr per år"), lambda t: say.count(t.funded)),
            _PartColumn(say("Nej, kr per år"), lambda t: say.count(t.declined), of_no=True),
        ]
    funded = say("Andel av invånarna") if statement.price else say("Säkrad andel")
    return [
        *counts,
        *amounts,
        _PartColumn(funded, lambda t: say.percent(t.funded_share)),
        _PartColumn(say("Andel ja"), lambda t: say.percent(t.yes_share)),
    ]
