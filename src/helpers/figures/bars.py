"""Bars in three parts: what is funded, what may still come, and what has been declined."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from helpers.currency import MILLIONS, THOUSANDS, Scale, axis_scale
from helpers.figures import style
from helpers.figures.amount_axis import amount_axis
from helpers.formats import Speech
from helpers.funding.statement import Statement
from helpers.funding.tally import Tally, in_inhabitants

LOOK: dict[str, dict[str, Any]] = {
    "funded": {"facecolor": style.FUNDED, "edgecolor": style.FUNDED},
    "possible": {"facecolor": style.PAPER, "edgecolor": style.POSSIBLE, "hatch": style.HATCH},
    "declined": {"facecolor": style.DECLINED, "edgecolor": style.DECLINED},
}
_LETTERS = 27  # of a label on one line


@dataclass(frozen=True)
class Unit:
    """What a bar is measured in: its name, what its parts are called, an amount in words, its axis.

    A part that is not among `names` is not known, and not drawn.
    """

    measure: str
    names: Mapping[str, str]
    written: Callable[[int], str]
    scale: Scale
    axis: str


def unit_of(statement: Statement, say: Speech) -> Unit:
    """Kronor a year; inhabitants where they share a cost, since kronor then depend on who joins."""
    names = {
        "funded": say("Säkrat"),
        "possible": say("Kan ännu komma"),
        "declined": say("Har sagt nej"),
    }
    unit = Unit(say("kronor"), names, say.kr, say.axis, say.axis_unit())
    if statement.price:
        names["funded"] = say("Bor i anslutna kommuner")
        scale = axis_scale(statement.total.population)
        unit = Unit(say("invånare"), names, say.count, scale, _people(scale, say))
    if not statement.round.answers.declined_known:
        del names["declined"]
    return unit


def _people(scale: Scale, say: Speech) -> str:
    if scale == MILLIONS:
        return say("miljoner invånare")
    return say("tusen invånare") if scale == THOUSANDS else say("antal invånare")


def measured(statement: Statement, tally: Tally) -> Tally:
    """A tally whose amounts are in the unit that the statement's bars are measured in."""
    return in_inhabitants(tally) if statement.price else tally


def by_part(
    tallies: Mapping[str, Tally], unit: Unit, say: Speech, name: str, alternative: str, slim: bool
) -> str:
    """Two bars for each part of the members: amount, with the share funded, and members.

    The tallies' amounts are in the unit (see measured).
    """
    labels = list(tallies) if slim else [fill(label, _LETTERS) for label in tallies]
    lines = 2 if slim else max(label.count("\n") + 1 for label in labels)
    height = 0.85 + len(labels) * (0.19 if lines == 1 else 0.36)
    with style.chart(height, slim=slim, panels=2) as (figure, (kronor, members)):
        _amounts(kronor, list(tallies.values()), unit, say, 0.4 if slim else 0.74)
        _members(members, list(tallies.values()), unit, say, 0.4 if slim else 0.74)
        kronor.set_ylim(len(labels) - 0.5, -0.85 if slim else -0.6)
        _label(kronor, labels, slim)
        _key(figure, unit, slim)
        return style.to_svg(figure, f"{name}-slim" if slim else name, alternative)


def _amounts(axes: Axes, tallies: Sequence[Tally], unit: Unit, say: Speech, height: float) -> None:
    size = unit.scale.units
    stacked(axes, {part: [getattr(t, part) / size for t in tallies] for part in unit.names}, height)
    _ends(axes, [t.requested / size for t in tallies], [t.funded_share for t in tallies], say)
    amount_axis(axes.xaxis, 3, say, unit.scale, unit.axis)


def _members(axes: Axes, tallies: Sequence[Tally], unit: Unit, say: Speech, height: float) -> None:
    counts = {
        "funded": [float(t.yes) for t in tallies],
        "possible": [float(t.members - t.yes - t.no) for t in tallies],
        "declined": [float(t.no) for t in tallies],
    }
    stacked(axes, {part: counts[part] for part in unit.names}, height)
    shares = [t.yes_share for t in tallies]
    _ends(axes, [float(t.members) for t in tallies], shares, say)
    axes.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10], integer=True))
    axes.set_xlabel(say("antal kommuner"))


def stacked(axes: Axes, parts: Mapping[str, Sequence[float]], height: float) -> None:
    """Stacked bars, one a row: each of the three parts after the other."""
    lefts = [0.0] * len(parts["funded"])
    for part, widths in parts.items():
        edges = [0.7 if width else 0 for width in widths]  # or what is nothing would be a line
        axes.barh(range(len(lefts)), widths, height, lefts, linewidth=edges, **LOOK[part])
        lefts = [left + width for left, width in zip(lefts, widths, strict=True)]


def _ends(
    axes: Axes, ends: Sequence[float], shares: Sequence[Fraction | None], say: Speech
) -> None:
    """The share of a bar that is funded, or has said yes, at the bar's end."""
    axes.set_xlim(0, max([*ends, 1e-6]) * 1.3)
    for row, (end, share) in enumerate(zip(ends, shares, strict=True)):
        if share is not None:
            axes.annotate(
                say.percent(share, short=True), (end, row), (4, 0), textcoords="offset points",
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


def _key(figure: Figure, unit: Unit, slim: bool) -> None:
    figure.legend(
        [Patch(**LOOK[part]) for part in unit.names], list(unit.names.values()),
        loc="outside upper left", ncols=3, frameon=False, borderaxespad=0,
        handlelength=1.1, handleheight=1.0, fontsize=9.5,
        columnspacing=1.0 if slim else 2.0, handletextpad=0.5,
    )  # fmt: skip
