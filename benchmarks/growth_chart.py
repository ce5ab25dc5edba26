"""Draws how processor time and memory grow, as a picture next to the page of benchmarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator

from table import picture_of


@dataclass(frozen=True)
class Curve:
    """Seconds of processor time of a command at each size, and megabytes where it was measured."""

    name: str
    sizes: Sequence[int]
    seconds: Sequence[float]
    megabytes: Sequence[float] = ()


def draw_growth(part: str, of_what: str, curves: Sequence[Curve]) -> None:
    """Write the picture of a part: time on the left, memory on the right if it was measured."""
    panels = {"Seconds of processor time": [curve.seconds for curve in curves]}
    if curves[0].megabytes:
        panels["Megabytes at the most"] = [curve.megabytes for curve in curves]
    with mpl.rc_context({"svg.hashsalt": "growth", "font.size": 8}):
        figure = Figure(figsize=(4.2 * len(panels), 2.6), layout="constrained")
        every = figure.subplots(1, len(panels), squeeze=False)[0]
        for axes, (title, lines) in zip(every, panels.items(), strict=True):
            _draw(axes, f"{title}, by {of_what}", curves, lines)
        figure.savefig(picture_of(part), metadata={"Date": None, "Creator": None})


def _draw(
    axes: Axes, title: str, curves: Sequence[Curve], lines: Sequence[Sequence[float]]
) -> None:
    """Draw one line a command, named at its end; both scales are logarithmic."""
    for curve, values in zip(curves, lines, strict=True):
        (line,) = axes.loglog(curve.sizes, values, marker="o", markersize=3)
        end, colour = (curve.sizes[-1], values[-1]), line.get_color()
        axes.annotate(
            curve.name, end, (5, 0), textcoords="offset points", va="center", color=colour
        )
    axes.set_title(title, loc="left", fontsize="medium")
    axes.set_xticks(curves[0].sizes)
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_minor_locator(NullLocator())
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axes.margins(x=0.25)
    axes.spines[["top", "right"]].set_visible(False)
