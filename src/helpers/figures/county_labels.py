"""The counties' names in the margins of the map, each with a line to its circles."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.figures import style

_SIZE = 9.0
_LINE = 11.5  # from one name to the next


def short_name(county: str) -> str:
    """A county without "län": "Västra Götalands län" is Västra Götaland, "Skåne län" is Skåne.

    The genitive's s goes with it; no Swedish county has an s of its own there.
    """
    name = county.removesuffix(" län")
    return county if name == county else name.removesuffix("s")


def county_labels(at: pd.DataFrame, width: float) -> str:
    """Every county's name as SVG, left or right of the map, in the order from north to south.

    `at` has county, x, y and radius in units of the drawing.
    """
    centres = at.groupby("county")[["x", "y"]].mean()
    # The country leans: what lies west or east is judged along its own axis.
    slope = centres["x"].cov(centres["y"]) / centres["y"].var()
    middle = centres["x"].mean() + slope * (centres["y"] - centres["y"].mean())
    sides = (centres["x"] < middle).map({True: "left", False: "right"})
    written = [
        _side(at, list(centres[sides == side].sort_values("y").index), side, width)
        for side in ("left", "right")
    ]
    return f'<g font-size="{_SIZE:g}" fill="{style.INK}">{"".join(written)}</g>'


def _side(at: pd.DataFrame, counties: list[str], side: str, width: float) -> str:
    """The names on one side: each as near its county's height as the others allow."""
    ends = [_end(at[at["county"] == county], side) for county in counties]
    heights = _spread([y for _, y in ends])
    x, anchor, inwards = (2.0, "start", 1) if side == "left" else (width - 2, "end", -1)
    labels = []
    for county, (end_x, end_y), height in zip(counties, ends, heights, strict=True):
        name = short_name(county)
        from_x = x + inwards * (len(name) * _SIZE * 0.5 + 3)
        labels.append(
            f'<path d="M{from_x:.1f} {height:.1f}L{end_x:.1f} {end_y:.1f}" fill="none" '
            f'stroke="{style.MUTED}" stroke-width="0.5"/>'
        )
        labels.append(
            Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
                x, height + 3, anchor, name
            )
        )
    return "".join(labels)


def _end(members: pd.DataFrame, side: str) -> tuple[float, float]:
    """Where a county's line ends: at the edge of its outermost circle."""
    sign = -1 if side == "left" else 1
    edges = sign * members["x"] + members["radius"]
    outermost = edges.argmax()
    return float(sign * edges.iloc[outermost]), float(members["y"].iloc[outermost])


def _spread(wanted: list[float]) -> list[float]:
    """Heights in order, each a line from the next, together as near the wanted ones as can be."""
    heights = list(wanted)
    for _ in range(200):
        for i in range(len(heights) - 1):
            short = _LINE - (heights[i + 1] - heights[i])
            if short > 0:
                heights[i] -= short / 2
                heights[i + 1] += short / 2
    return heights
