"""The charts of the board report: each a finding, a picture, and the same said in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from helpers.figures import style
from helpers.figures.block import Block, typst_call
from helpers.formats import Speech
from helpers.funding.tally import Tally

MILLION = 1_000_000
MANY = 12  # bars, above which they stand closer
_PARTS = ("funded", "possible", "declined")
_LOOK: dict[str, dict[str, Any]] = {
    "funded": {"facecolor": style.FUNDED, "edgecolor": style.FUNDED},
    "possible": {
        "facecolor": style.POSSIBLE_FILL,
        "edgecolor": style.POSSIBLE,
        "hatch": style.HATCH,
    },
    "declined": {"facecolor": style.DECLINED, "edgecolor": style.DECLINED},
}


def figure_block(svg: str, finding: str, alternative: str, note: str = "") -> Block:
    """A chart under the sentence that it shows, with an optional note below."""
    drawing = Markup(svg)  # noqa: S704 drawn by us, its texts escaped by matplotlib
    below = Markup('<p class="note">{}</p>').format(note) if note else ""
    html = Markup('<figure class="chart"><figcaption>{}</figcaption>{}{}</figure>').format(
        finding, drawing, below
    )
    typst = typst_call("chart", svg=svg, finding=finding, alternative=alternative, note=note)
    return Block(html, typst, f"{finding}\n{alternative}")


def part_names(say: Speech) -> dict[str, str]:
    """What the three parts of the requested amount are called."""
    return {
        "funded": say("Säkrat"),
        "possible": say("Kan ännu komma"),
        "declined": say("Har sagt nej"),
    }


def amount_and_share(total: Tally, part: str, say: Speech) -> str:
    """One of the three parts in kronor and of the requested amount: 2 618 626 kr (77 %)."""
    amount, share = getattr(total, part), getattr(total, f"{part}_share")
    return f"{say.kr(amount)} ({say.percent(share)})"


def funded_bar(total: Tally, say: Speech, alternative: str) -> str:
    """The requested amount as one bar: funded, may still come, declined."""
    with style.chart(1.05) as (figure, axes):
        _stacked(axes, {"": total}, 0.9)
        axes.set_xlim(0, max(total.requested, 1) / MILLION)
        axes.axis("off")
        labels = [
            f"{name}\n{amount_and_share(total, part, say)}"
            for part, name in part_names(say).items()
        ]
        handles = [Patch(**_LOOK[part]) for part in _PARTS]
        figure.legend(
            handles, labels, loc="outside lower left", ncols=3, mode="expand", frameon=False,
            handlelength=1.1, handleheight=1.0, borderaxespad=0, fontsize=10.5,
        )  # fmt: skip
        return style.to_svg(figure, "bar", alternative)


def over_time(
    points: pd.DataFrame,
    requested: int,
    deadlines: Mapping[date, str],
    say: Speech,
    alternative: str,
) -> str:
    """Funded kronor day by day, towards the requested amount, with the deadlines.

    `points` has day and funded (see amounts.answers_over_time); `deadlines` their label by day.
    """
    first, last = points["day"].iloc[0].date(), points["day"].iloc[-1].date()
    right = max([last, *deadlines, first + timedelta(days=30)])
    span = (right - first).days
    with style.chart(3.0) as (figure, axes):
        axes.set_xlim(_number(first), _number(right) + 0.16 * span)
        axes.set_ylim(0, requested / MILLION * 1.16)
        axes.axhline(requested / MILLION, color=style.MUTED, linewidth=1.2, linestyle=(0, (4, 3)))
        axes.annotate(
            say("Önskat {amount}", amount=say.millions(requested)),
            (_number(first), requested / MILLION), (5, 4), textcoords="offset points",
        )  # fmt: skip
        for day, label in sorted(deadlines.items()):
            _deadline(axes, day, label, requested / MILLION, day == max(deadlines), say)
        days = [_number(day.date()) for day in points["day"]]
        funded = [amount / MILLION for amount in points["funded"].tolist()]
        axes.step(days, funded, where="post", color=style.FUNDED, linewidth=2.4)
        axes.plot(days[-1], funded[-1], "o", color=style.FUNDED, markersize=6)
        axes.annotate(
            say.millions(int(points["funded"].iloc[-1])), (days[-1], funded[-1]), (8, 0),
            textcoords="offset points", va="center", weight="bold", color=style.FUNDED,
        )  # fmt: skip
        _month_axis(axes, first, right, say)
        _amount_axis(axes.yaxis, say)
        return style.to_svg(figure, "time", alternative)


def _deadline(axes: Axes, day: date, label: str, requested: float, last: bool, say: Speech) -> None:
    """A line at a deadline, labelled where the curve is not.

    The curve runs from lower left to upper right, so the last label stands low to the right of its
    line and those before it high to the left of theirs.
    """
    axes.axvline(_number(day), ymax=requested / axes.get_ylim()[1], color=style.MUTED, lw=0.9)
    height, offset, side = (0.04, 5, "left") if last else (0.8, -5, "right")
    axes.annotate(
        f"{label}\n{say.short_date(day)}", (_number(day), height * requested), (offset, 0),
        textcoords="offset points", fontsize=9, color=style.MUTED, va="bottom", ha=side,
    )  # fmt: skip


def _month_axis(axes: Axes, first: date, last: date, say: Speech) -> None:
    months = [day.date() for day in pd.date_range(first, last, freq="MS")]
    step = max(1, -(-len(months) // 6))
    shown = months[::step]
    axes.set_xticks([_number(day) for day in shown], [say.month(day) for day in shown])


def _amount_axis(axis: Axis, say: Speech) -> None:
    axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(lambda value, _: say.in_millions(round(value * MILLION)))
    axis.set_label_text(say("mnkr per år"))


def by_part(tallies: Mapping[str, Tally], say: Speech, name: str, alternative: str) -> str:
    """One stacked bar for each part of the members, in kronor, the funded share beside it."""
    row = 0.24 if len(tallies) <= MANY else 0.185
    with style.chart(0.8 + row * len(tallies)) as (figure, axes):
        _stacked(axes, tallies, 0.72)
        longest = max(tally.requested for tally in tallies.values()) / MILLION
        axes.set_xlim(0, longest * 1.14)
        for place, tally in enumerate(tallies.values()):
            axes.annotate(
                say.percent(tally.funded_share), (tally.requested / MILLION, place), (5, 0),
                textcoords="offset points", va="center", color=style.FUNDED, weight="bold",
            )  # fmt: skip
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0, labelsize=10 if len(tallies) <= MANY else 9)
        axes.spines["left"].set_visible(False)
        axes.margins(y=0.01)
        _amount_axis(axes.xaxis, say)
        handles = [Patch(**_LOOK[part]) for part in _PARTS]
        figure.legend(
            handles, list(part_names(say).values()), loc="outside upper left", ncols=3,
            frameon=False, handlelength=1.1, handleheight=1.0, borderaxespad=0,
        )  # fmt: skip
        return style.to_svg(figure, name, alternative)


def _stacked(axes: Axes, tallies: Mapping[str, Tally], height: float) -> None:
    lefts = [0.0] * len(tallies)
    for part in _PARTS:
        widths = [getattr(tally, part) / MILLION for tally in tallies.values()]
        axes.barh(list(tallies), widths, height, lefts, linewidth=0.7, **_LOOK[part])
        lefts = [left + width for left, width in zip(lefts, widths, strict=True)]


def _number(day: date) -> float:
    """A day on matplotlib's date axis: days since 1970."""
    return float((day - date(1970, 1, 1)).days)
