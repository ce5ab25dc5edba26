"""The chart of the funded amount over time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
from matplotlib.axes import Axes

from helpers.i18n.localizer import Localizer
from helpers.sections.charts import style
from helpers.sections.charts.amount_axis import least_year_label, set_amount_axis
from helpers.sections.components import palette

_NEAR_REQUESTED = (
    0.96  # of the requested amount, from where a label would be on its line; or on the axis
)
_AXIS_END = 1.16  # of the requested amount: where the axis ends
# The positions of a deadline's label: on which side of its line, and how high, of the requested.
# The curve runs from lower left to upper right: the last label fits best low to the right, earlier
# labels high to the left.
_LAST_LABEL_SPOTS = (("right", 0.04), ("right", 0.8), ("left", 0.8), ("left", 0.04))
_EARLIER_LABEL_SPOTS = (("left", 0.8), ("left", 0.04), ("right", 0.04), ("right", 0.8))
_DEADLINE_LABEL_HEIGHT = 0.18  # how tall it is, of the requested amount
_LETTER_WIDTH = 4.8  # points that a letter of it takes


def draw_funding_over_time(
    points: pd.DataFrame,
    requested: int,
    deadlines: Mapping[date, str],
    loc: Localizer,
    alternative: str,
    slim: bool,
    *,
    of_least_year: bool = False,
) -> style.ChartDrawing:
    """Draw the funded amount day by day, with the requested amount and the deadlines.

    `points` has day and funded (see counting.answers_over_time); `deadlines` maps days to labels.
    `of_least_year`: the years differ, and the amounts are those of the year with least.
    """
    first, last = points["day"].iloc[0].date(), points["day"].iloc[-1].date()
    right = max([last, *deadlines, first + timedelta(days=30)])
    with style.styled_figure(3.0 if slim else 2.5, slim=slim) as (figure, (axes,)):
        room = (0.3 if slim else 0.16) * (right - first).days  # for the last label
        axes.set_xlim(axis_day(first), axis_day(right) + room)
        axes.set_ylim(0, requested / loc.axis_scale.units * _AXIS_END)
        draw_requested_line(axes, first, requested, loc)
        for day, label in sorted(deadlines.items()):
            text = f"{label}\n{loc.short_date(day)}"
            axes.axvline(axis_day(day), ymax=1 / _AXIS_END, color=palette.MUTED_COLOUR, lw=0.9)
            _label_deadline(
                axes, axis_day(day), text, points, requested, day == max(deadlines), loc
            )
        _draw_funded_curve(axes, points, requested / loc.axis_scale.units, loc)
        set_month_axis(axes, first, right, 3 if slim else 6, loc)
        unit = least_year_label(loc) if of_least_year else None
        set_amount_axis(axes.yaxis, 5, loc, label=unit)
        return style.ChartDrawing(figure, "time-slim" if slim else "time", alternative)


def draw_requested_line(axes: Axes, first: date, requested: int, loc: Localizer) -> None:
    """Draw the requested amount as a dashed line with its label, from the first day."""
    axes.axhline(
        requested / loc.axis_scale.units,
        color=palette.MUTED_COLOUR,
        linewidth=1.2,
        linestyle=(0, (4, 3)),
    )
    axes.annotate(
        loc("Önskat {amount}", amount=loc.millions(requested)),
        (axis_day(first), requested / loc.axis_scale.units),
        (5, 4),
        textcoords="offset points",
    )


def _draw_funded_curve(axes: Axes, points: pd.DataFrame, requested: float, loc: Localizer) -> None:
    days = [axis_day(day.date()) for day in points["day"]]
    funded = [amount / loc.axis_scale.units for amount in points["funded"].tolist()]
    axes.step(days, funded, where="post", color=palette.FUNDED_COLOUR, linewidth=2.4)
    axes.plot(days[-1], funded[-1], "o", color=palette.FUNDED_COLOUR, markersize=6)
    label_offset = (8, 0)
    if funded[-1] > _NEAR_REQUESTED * requested:  # clear of the line above
        label_offset = (8, -12)
    elif funded[-1] < (1 - _NEAR_REQUESTED) * requested:  # and of the axis
        label_offset = (8, 8)
    axes.annotate(
        loc.millions(int(points["funded"].iloc[-1])),
        (days[-1], funded[-1]),
        label_offset,
        textcoords="offset points",
        va="center",
        weight="bold",
        color=palette.FUNDED_COLOUR,
        bbox={"facecolor": palette.PAPER_COLOUR, "edgecolor": "none", "pad": 1},  # over a deadline
    )


def _label_deadline(
    axes: Axes,
    line_day: float,
    text: str,
    points: pd.DataFrame,
    requested: int,
    last: bool,
    loc: Localizer,
) -> None:
    """Place a deadline's label next to its line, on the side that the curve does not cross."""
    width = (
        _LETTER_WIDTH * max(map(len, text.splitlines())) / (axes.bbox.width * 72 / axes.figure.dpi)
    )
    days = width * (axes.get_xlim()[1] - axes.get_xlim()[0])
    spots = _LAST_LABEL_SPOTS if last else _EARLIER_LABEL_SPOTS
    side, height = next(
        (s for s in spots if curve_avoids_label(*s, line_day, days, points, requested)), spots[0]
    )
    offset, start = (5, "left") if side == "right" else (-5, "right")
    axes.annotate(
        text,
        (line_day, height * requested / loc.axis_scale.units),
        (offset, 0),
        textcoords="offset points",
        fontsize=9,
        color=palette.MUTED_COLOUR,
        va="bottom",
        ha=start,
    )


def curve_avoids_label(
    side: str, height: float, line_day: float, days: float, points: pd.DataFrame, requested: int
) -> bool:
    """Return whether the curve passes above or below a label that is `days` wide."""
    begin, end = (line_day, line_day + days) if side == "right" else (line_day - days, line_day)
    curve = [
        (axis_day(day.date()), funded)
        for day, funded in zip(points["day"], points["funded"].tolist(), strict=True)
    ]
    before = [funded for day, funded in curve if day <= begin][-1:]
    levels = before + [funded for day, funded in curve if begin < day <= end]
    shares = [funded / requested for funded in levels]
    return all(s > height + _DEADLINE_LABEL_HEIGHT for s in shares) or all(
        s < height - 0.02 for s in shares
    )


def set_month_axis(axes: Axes, first: date, last: date, max_labels: int, loc: Localizer) -> None:
    """Label the axis of days with months, of many only every second or third."""
    months = [day.date() for day in pd.date_range(first, last, freq="MS")]
    shown = months[:: max(1, -(-len(months) // max_labels))]
    axes.set_xticks([axis_day(day) for day in shown], [loc.month(day) for day in shown])


def axis_day(day: date) -> float:
    """Return a day on matplotlib's date axis: days since 1970."""
    return float((day - date(1970, 1, 1)).days)
