"""Bars in three parts: what is funded, what may still come, and what has been declined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from helpers.figures import style
from helpers.figures.amount_axis import amount_axis
from helpers.formats import Speech
from helpers.funding.tally import Tally

PARTS = ("funded", "possible", "declined")
LOOK: dict[str, dict[str, Any]] = {
    "funded": {"facecolor": style.FUNDED, "edgecolor": style.FUNDED},
    "possible": {"facecolor": style.PAPER, "edgecolor": style.POSSIBLE, "hatch": style.HATCH},
    "declined": {"facecolor": style.DECLINED, "edgecolor": style.DECLINED},
}
_LETTERS = 27  # of a label on one line


def part_names(say: Speech) -> dict[str, str]:
    """What the three parts of the requested amount are called."""
    return {
        "funded": say("Säkrat"),
        "possible": say("Kan ännu komma"),
        "declined": say("Har sagt nej"),
    }


def by_part(
    tallies: Mapping[str, Tally], say: Speech, name: str, alternative: str, slim: bool
) -> str:
    """Two bars for each part of the members: kronor, with the share funded, and members."""
    labels = list(tallies) if slim else [fill(label, _LETTERS) for label in tallies]
    lines = 2 if slim else max(label.count("\n") + 1 for label in labels)
    height = 0.85 + len(labels) * (0.19 if lines == 1 else 0.36)
    with style.chart(height, slim=slim, panels=2) as (figure, (kronor, members)):
        _kronor(kronor, list(tallies.values()), say, 0.4 if slim else 0.74)
        _members(members, list(tallies.values()), say, 0.4 if slim else 0.74)
        kronor.set_ylim(len(labels) - 0.5, -0.85 if slim else -0.6)
        _label(kronor, labels, slim)
        _key(figure, say, slim)
        return style.to_svg(figure, f"{name}-slim" if slim else name, alternative)


def _kronor(axes: Axes, tallies: Sequence[Tally], say: Speech, height: float) -> None:
    amounts = {part: [getattr(t, part) / say.axis.units for t in tallies] for part in PARTS}
    stacked(axes, amounts, height)
    shares = [t.funded_share for t in tallies]
    _ends(axes, [t.requested / say.axis.units for t in tallies], shares, say)
    amount_axis(axes.xaxis, 3, say)


def _members(axes: Axes, tallies: Sequence[Tally], say: Speech, height: float) -> None:
    counts = {
        "funded": [float(t.yes) for t in tallies],
        "possible": [float(t.members - t.yes - t.no) for t in tallies],
        "declined": [float(t.no) for t in tallies],
    }
    stacked(axes, counts, height)
    shares = [t.yes_share for t in tallies]
    _ends(axes, [float(t.members) for t in tallies], shares, say)
    axes.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10], integer=True))
    axes.set_xlabel(say("antal kommuner"))


def stacked(axes: Axes, parts: Mapping[str, Sequence[float]], height: float) -> None:
    """Stacked bars, one a row: each of the three parts after the other."""
    lefts = [0.0] * len(parts["funded"])
    for part, widths in parts.items():
        axes.barh(range(len(lefts)), widths, height, lefts, linewidth=0.7, **LOOK[part])
        lefts = [left + width for left, width in zip(lefts, widths, strict=True)]


def _ends(
    axes: Axes, ends: Sequence[float], shares: Sequence[Fraction | None], say: Speech
) -> None:
    """The share of a bar that is funded, or has said yes, at the bar's end."""
    axes.set_xlim(0, max([*ends, 1e-6]) * 1.3)
    for row, (end, share) in enumerate(zip(ends, shares, strict=True)):
        if share is not None:
            axes.annotate(
                say.percent(share), (end, row), (4, 0), textcoords="offset points",
                va="center", color=style.FUNDED, weight="bold", fontsize=9,
            )  # fmt: skip


def _label(axes: Axes, labels: list[str], slim: bool) -> None:
    """The parts' names: left of the bars, or above them where there is no room."""
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


def _key(figure: Figure, say: Speech, slim: bool) -> None:
    figure.legend(
        [Patch(**LOOK[part]) for part in PARTS], list(part_names(say).values()),
        loc="outside upper left", ncols=3, frameon=False, borderaxespad=0,
        handlelength=1.1, handleheight=1.0, fontsize=9.5,
        columnspacing=1.0 if slim else 2.0, handletextpad=0.5,
    )  # fmt: skip
