"""The charts of the whole: the requested amount as one bar, and how it was funded over time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from helpers.figures import style
from helpers.figures.amount_axis import amount_axis
from helpers.figures.bars import LOOK, Unit, stacked
from helpers.formats import Speech
from helpers.funding.tally import Tally

_NEAR = 0.96  # of the requested amount, from where a label would stand on its line; or on the axis
_TOP = 1.16  # of the requested amount: where the axis ends
# Where a deadline's label may stand: on which side of its line, and how high, of the requested.
# The curve runs from lower left to upper right: the last label stands best low to the right, those
# before it high to the left.
_LAST = (("right", 0.04), ("right", 0.8), ("left", 0.8), ("left", 0.04))
_EARLIER = (("left", 0.8), ("left", 0.04), ("right", 0.04), ("right", 0.8))
_LABEL = 0.18  # how tall it is, of the requested amount
_LETTER = 4.8  # points that a letter of it takes


def amount_and_share(total: Tally, part: str, unit: Unit, say: Speech) -> str:
    """One of the three parts in its unit and of the requested amount: 2 618 626 kr (77 %)."""
    amount, share = getattr(total, part), getattr(total, f"{part}_share")
    return f"{unit.written(amount)} ({say.percent(share)})"


def funded_bar(total: Tally, unit: Unit, say: Speech, alternative: str, slim: bool) -> str:
    """The requested amount as one bar: funded, may still come, declined."""
    with style.chart(1.25 if slim else 1.05, slim=slim) as (figure, (axes,)):
        whole = max(total.requested, 1)
        amounts = {part: [getattr(total, part) / whole] for part in unit.names}
        stacked(axes, amounts, 0.9)
        axes.set_xlim(0, 1)
        axes.axis("off")
        gap = ": " if slim else "\n"
        labels = [
            f"{name}{gap}{amount_and_share(total, part, unit, say)}"
            for part, name in unit.names.items()
        ]
        figure.legend(
            [Patch(**LOOK[part]) for part in unit.names], labels,
            loc="outside lower left", ncols=1 if slim else len(labels),
            mode=None if slim else "expand", frameon=False, handlelength=1.1, handleheight=1.0,
            borderaxespad=0, fontsize=10.5,
        )  # fmt: skip
        return style.to_svg(figure, "bar-slim" if slim else "bar", alternative)


def over_time(
    points: pd.DataFrame,
    requested: int,
    deadlines: Mapping[date, str],
    say: Speech,
    alternative: str,
    slim: bool,
) -> str:
    """Funded kronor day by day, towards the requested amount, with the deadlines.

    `points` has day and funded (see answers.answers_over_time); `deadlines` their label by day.
    """
    first, last = points["day"].iloc[0].date(), points["day"].iloc[-1].date()
    right = max([last, *deadlines, first + timedelta(days=30)])
    with style.chart(3.0, slim=slim) as (figure, (axes,)):
        room = (0.3 if slim else 0.16) * (right - first).days  # for the last label
        axes.set_xlim(_number(first), _number(right) + room)
        axes.set_ylim(0, requested / say.axis.units * _TOP)
        _requested_line(axes, first, requested, say)
        for day, label in sorted(deadlines.items()):
            text = f"{label}\n{say.short_date(day)}"
            axes.axvline(_number(day), ymax=1 / _TOP, color=style.MUTED, lw=0.9)
            _beside(axes, _number(day), text, points, requested, day == max(deadlines), say)
        _curve(axes, points, requested / say.axis.units, say)
        _month_axis(axes, first, right, 3 if slim else 6, say)
        amount_axis(axes.yaxis, 5, say)
        return style.to_svg(figure, "time-slim" if slim else "time", alternative)


def _requested_line(axes: Axes, first: date, requested: int, say: Speech) -> None:
    axes.axhline(
        requested / say.axis.units, color=style.MUTED, linewidth=1.2, linestyle=(0, (4, 3))
    )
    axes.annotate(
        say("Önskat {amount}", amount=say.millions(requested)),
        (_number(first), requested / say.axis.units), (5, 4), textcoords="offset points",
    )  # fmt: skip


def _curve(axes: Axes, points: pd.DataFrame, requested: float, say: Speech) -> None:
    days = [_number(day.date()) for day in points["day"]]
    funded = [amount / say.axis.units for amount in points["funded"].tolist()]
    axes.step(days, funded, where="post", color=style.FUNDED, linewidth=2.4)
    axes.plot(days[-1], funded[-1], "o", color=style.FUNDED, markersize=6)
    beside = (8, 0)
    if funded[-1] > _NEAR * requested:  # clear of the line above
        beside = (8, -12)
    elif funded[-1] < (1 - _NEAR) * requested:  # and of the axis
        beside = (8, 8)
    axes.annotate(
        say.millions(int(points["funded"].iloc[-1])), (days[-1], funded[-1]), beside,
        textcoords="offset points", va="center", weight="bold", color=style.FUNDED,
    )  # fmt: skip


def _beside(
    axes: Axes, at: float, text: str, points: pd.DataFrame, requested: int, last: bool, say: Speech
) -> None:
    """A deadline's label beside its line, where the curve does not pass."""
    width = _LETTER * max(map(len, text.splitlines())) / (axes.bbox.width * 72 / axes.figure.dpi)
    days = width * (axes.get_xlim()[1] - axes.get_xlim()[0])
    spots = _LAST if last else _EARLIER
    side, height = next((s for s in spots if _is_free(*s, at, days, points, requested)), spots[0])
    offset, start = (5, "left") if side == "right" else (-5, "right")
    axes.annotate(
        text, (at, height * requested / say.axis.units), (offset, 0), textcoords="offset points",
        fontsize=9, color=style.MUTED, va="bottom", ha=start,
    )  # fmt: skip


def _is_free(
    side: str, height: float, at: float, days: float, points: pd.DataFrame, requested: int
) -> bool:
    """Whether the curve runs above or below a label so many days wide, not through it."""
    begin, end = (at, at + days) if side == "right" else (at - days, at)
    curve = [
        (_number(day.date()), funded)
        for day, funded in zip(points["day"], points["funded"].tolist(), strict=True)
    ]
    before = [funded for day, funded in curve if day <= begin][-1:]
    levels = before + [funded for day, funded in curve if begin < day <= end]
    shares = [funded / requested for funded in levels]
    return all(s > height + _LABEL for s in shares) or all(s < height - 0.02 for s in shares)


def _month_axis(axes: Axes, first: date, last: date, most: int, say: Speech) -> None:
    months = [day.date() for day in pd.date_range(first, last, freq="MS")]
    shown = months[:: max(1, -(-len(months) // most))]
    axes.set_xticks([_number(day) for day in shown], [say.month(day) for day in shown])


def _number(day: date) -> float:
    """A day on matplotlib's date axis: days since 1970."""
    return float((day - date(1970, 1, 1)).days)
