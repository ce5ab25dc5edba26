"""Bars in parts: what is funded, what may still come, what has been declined, what is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.patches import Patch

from helpers.sections.charts.rendering.text_measurer import TextMeasurer
from helpers.sections.components import palette
from helpers.sections.components.bar_unit import BarUnit

# matplotlib computes a hatching's id in the SVG from the pattern's repr. `barh` passed it on as
# numpy's string, and earlier releases have that id.
_HATCH = np.str_(palette.HATCH_PATTERN)
PART_STYLES: dict[str, dict[str, Any]] = {
    "funded": {"facecolor": palette.FUNDED_COLOUR, "edgecolor": palette.FUNDED_COLOUR},
    "possible": {
        "facecolor": palette.PAPER_COLOUR,
        "edgecolor": palette.POSSIBLE_COLOUR,
        "hatch": _HATCH,
    },
    "declined": {"facecolor": palette.DECLINED_COLOUR, "edgecolor": palette.DECLINED_COLOUR},
    "lost": {"facecolor": palette.POSSIBLE_COLOUR, "edgecolor": palette.POSSIBLE_COLOUR},
}
_LEGEND_LINE = 0.2  # inches


def draw_stacked_bars(axes: Axes, parts: Mapping[str, Sequence[float]], height: float) -> float:
    """Draw stacked bars, one per row, of the three parts; return where the longest bar ends.

    The bars of a part are one collection, in the order of the rows. The caller sets the limits of
    the axes.
    """
    lefts = [0.0] * max(map(len, parts.values()))
    for part, widths in parts.items():
        rights = [left + width for left, width in zip(lefts, widths, strict=True)]
        drawn = PolyCollection(
            [_bar(row, *ends, height) for row, ends in enumerate(zip(lefts, rights, strict=True))],
            linewidth=[0.7 if width else 0 for width in widths],  # or nothing would be a line
            joinstyle="miter",
            **PART_STYLES[part],
        )
        axes.add_collection(drawn, autolim=False)
        lefts = rights
    return max(lefts)


def _bar(row: int, left: float, right: float, height: float) -> list[tuple[float, float]]:
    """The corners of a bar."""
    low, high = row - height / 2, row + height / 2
    return [(left, low), (right, low), (right, high), (left, high)]


def draw_bar_legend(figure: Figure, unit: BarUnit, slim: bool) -> None:
    """Draw the legend in as many columns as the figure is wide enough for."""
    most = 4 if len(unit.part_names) > 3 and not slim else 3
    measurer = TextMeasurer(figure.dpi)
    for columns in range(most, 0, -1):
        legend = _add_bar_legend(figure, unit, slim, columns)
        if columns == 1 or legend.get_window_extent(measurer).width <= figure.bbox.width:
            break
        legend.remove()
    lines = -(-len(unit.part_names) // columns)
    usual = -(-len(unit.part_names) // most)
    figure.set_figheight(figure.get_figheight() + (lines - usual) * _LEGEND_LINE)


def _add_bar_legend(figure: Figure, unit: BarUnit, slim: bool, columns: int) -> Legend:
    return figure.legend(
        [Patch(**PART_STYLES[part]) for part in unit.part_names],
        list(unit.part_names.values()),
        loc="outside upper left",
        ncols=columns,
        frameon=False,
        borderaxespad=0,
        handlelength=1.1,
        handleheight=1.0,
        fontsize=9.5,
        columnspacing=1.0 if slim else 2.0,
        handletextpad=0.5,
    )
