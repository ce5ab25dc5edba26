"""Bars in parts: what is funded, what may still come, what has been declined, what is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.charts import style
from helpers.sections.charts.amount_axis import set_amount_axis
from helpers.sections.components import palette
from helpers.sections.components.bar_unit import BarUnit
from helpers.sections.components.parts.unset_texts import replace_unset
from helpers.system.typefaces.typeface_chain import can_draw

PART_STYLES: dict[str, dict[str, Any]] = {
    "funded": {"facecolor": palette.FUNDED_COLOUR, "edgecolor": palette.FUNDED_COLOUR},
    "possible": {
        "facecolor": palette.PAPER_COLOUR,
        "edgecolor": palette.POSSIBLE_COLOUR,
        "hatch": palette.HATCH_PATTERN,
    },
    "declined": {"facecolor": palette.DECLINED_COLOUR, "edgecolor": palette.DECLINED_COLOUR},
    "lost": {"facecolor": palette.POSSIBLE_COLOUR, "edgecolor": palette.POSSIBLE_COLOUR},
}
_LABEL_WIDTH = 27  # of a label on one line
_LEGEND_LINE = 0.2  # inches


def draw_bars_by_part(
    tallies: Mapping[str, Tally],
    unit: BarUnit,
    loc: Localizer,
    name: str,
    alternative: str,
    slim: bool,
) -> style.ChartDrawing:
    """Draw two bars for each part of the members: amount, with the share funded, and members.

    The tallies' amounts are in the unit (see BarUnit.measure).
    """
    labels = [replace_unset(label, loc, can_draw) for label in tallies]
    labels = labels if slim else [fill(label, _LABEL_WIDTH) for label in labels]
    lines = 2 if slim else max(label.count("\n") + 1 for label in labels)
    height = 0.85 + len(labels) * (0.19 if lines == 1 else 0.36)
    with style.styled_figure(height, slim=slim, panels=2) as (figure, (amounts_axes, members)):
        _draw_amount_panel(amounts_axes, list(tallies.values()), unit, loc, 0.4 if slim else 0.74)
        _draw_member_panel(members, list(tallies.values()), unit, loc, 0.4 if slim else 0.74)
        amounts_axes.set_ylim(len(labels) - 0.5, -0.85 if slim else -0.6)
        _label_rows(amounts_axes, labels, slim)
        _draw_bar_legend(figure, unit, slim)
        return style.ChartDrawing(figure, f"{name}-slim" if slim else name, alternative)


def _draw_amount_panel(
    axes: Axes, tallies: Sequence[Tally], unit: BarUnit, loc: Localizer, height: float
) -> None:
    size = unit.scale.units
    draw_stacked_bars(
        axes, {part: [getattr(t, part) / size for t in tallies] for part in unit.part_names}, height
    )
    label_bar_ends(
        axes, [t.requested / size for t in tallies], [t.funded_share for t in tallies], loc
    )
    set_amount_axis(axes.xaxis, 3, loc, unit.scale, unit.axis_label)


def _draw_member_panel(
    axes: Axes, tallies: Sequence[Tally], unit: BarUnit, loc: Localizer, height: float
) -> None:
    counts = {
        "funded": [float(t.yes) for t in tallies],
        "possible": [float(t.members - t.yes - t.no) for t in tallies],
        "declined": [float(t.no) for t in tallies],
        "lost": [0.0] * len(tallies),  # members that have left are not counted
    }
    draw_stacked_bars(axes, {part: counts[part] for part in unit.part_names}, height)
    shares = [t.yes_share for t in tallies]
    label_bar_ends(axes, [float(t.members) for t in tallies], shares, loc)
    axes.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10], integer=True))
    axes.set_xlabel(loc("antal kommuner"))


def draw_stacked_bars(axes: Axes, parts: Mapping[str, Sequence[float]], height: float) -> None:
    """Draw stacked bars, one per row, of the three parts."""
    lefts = [0.0] * max(map(len, parts.values()))
    for part, widths in parts.items():
        edges = [0.7 if width else 0 for width in widths]  # or what is nothing would be a line
        axes.barh(range(len(lefts)), widths, height, lefts, linewidth=edges, **PART_STYLES[part])
        lefts = [left + width for left, width in zip(lefts, widths, strict=True)]


def label_bar_ends(
    axes: Axes, ends: Sequence[float], shares: Sequence[Fraction | None], loc: Localizer
) -> None:
    """Label each bar's end with the share that is funded or has said yes."""
    axes.set_xlim(0, max([*ends, 1e-6]) * 1.3)
    for row, (end, share) in enumerate(zip(ends, shares, strict=True)):
        if share is not None:
            axes.annotate(
                loc.percent(share, short=True),
                (end, row),
                (4, 0),
                textcoords="offset points",
                va="center",
                color=palette.FUNDED_COLOUR,
                weight="bold",
                fontsize=9,
            )


def _label_rows(axes: Axes, labels: list[str], slim: bool) -> None:
    """Label the rows: left of the bars, or above them in the narrow drawing."""
    if slim:
        axes.set_yticks([])
        for row, label in enumerate(labels):
            above = axes.annotate(label, (0, row - 0.3), fontsize=9.5)
            above.set_in_layout(False)  # it may run on over the other panel
    else:
        axes.set_yticks(range(len(labels)), labels, fontsize=9, linespacing=0.95)
    for panel in axes.figure.axes:
        panel.tick_params(axis="y", length=0)
        panel.spines["left"].set_visible(False)


def _draw_bar_legend(figure: Figure, unit: BarUnit, slim: bool) -> None:
    """Draw the legend in as many columns as the figure is wide enough for."""
    most = 4 if len(unit.part_names) > 3 and not slim else 3
    for columns in range(most, 0, -1):
        legend = _add_bar_legend(figure, unit, slim, columns)
        if columns == 1 or legend.get_window_extent().width <= figure.bbox.width:
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
