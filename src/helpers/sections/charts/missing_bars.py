"""Bars of what is missing by part of the members: what is declined and what is unanswered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.patches import Patch

from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.charts import style
from helpers.sections.charts.row_labels import BarRows, write_at_rows
from helpers.sections.charts.stacked_bars import PART_STYLES, draw_stacked_bars
from helpers.sections.components import palette
from helpers.sections.components.bar_unit import BarUnit

ROW_HEIGHT = 0.14  # inches
_SLIM_LINE = 1.2  # of a row's height, for each of its lines
_NUMBER_SIZE = 8.5  # points
_NUMBER_GAP = 4  # points between a bar and its number
_LABEL_ROOM = 1.28  # of the longest bar: its number is at its end


def draw_missing_bars(
    tallies: Mapping[str, Tally], unit: BarUnit, loc: Localizer, alternative: str, slim: bool
) -> style.ChartDrawing:
    """Draw a bar for each part, with what is missing as a number at its end.

    The tallies' amounts are in the unit (see BarUnit.measure).
    """
    parts = [part for part in unit.part_names if part != "funded"]
    rows = BarRows.named(tallies, loc, slim)
    height = 0.6 + len(tallies) * rows.lines * ROW_HEIGHT * (_SLIM_LINE if slim else 1)
    with style.styled_figure(height, slim=slim) as (figure, (axes,)):
        amounts = {part: [getattr(t, part) for t in tallies.values()] for part in parts}
        draw_stacked_bars(axes, amounts, rows.bar_height)
        ends = [float(sum(row)) for row in zip(*amounts.values(), strict=True)]
        axes.set_xlim(0, max([*ends, 1e-6]) * _LABEL_ROOM)
        rows.set_up(axes, _NUMBER_SIZE)
        numbers = [(end, row, loc.count(int(end))) for row, end in enumerate(ends)]
        write_at_rows(axes, numbers, _NUMBER_GAP, va="center", fontsize=_NUMBER_SIZE)
        axes.axvline(0, color=palette.MUTED_COLOUR, linewidth=0.8)
        _draw_legend(figure, parts, unit)
        return style.ChartDrawing(figure, "missing-slim" if slim else "missing", alternative)


def _draw_legend(figure: Any, parts: list[str], unit: BarUnit) -> None:
    figure.legend(
        [Patch(**PART_STYLES[part]) for part in parts],
        [unit.part_names[part] for part in parts],
        loc="outside upper left",
        ncols=3,
        frameon=False,
        borderaxespad=0,
        handlelength=1.1,
        handleheight=1.0,
        fontsize=9.5,
    )
