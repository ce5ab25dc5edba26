"""Texts next to bars: the names of the rows, and their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matplotlib.axes import Axes
from matplotlib.transforms import offset_copy

NAME_GAP = 3.5  # points between a row's name and the axis


def write_at_rows(
    axes: Axes, texts: Iterable[tuple[float, float, str]], shift: float = 0, **look: Any
) -> None:
    """Write texts at (x, row), moved to the right by `shift` points; they are in no margin.

    Plain texts: as a tick or an annotation each would take several times as long.
    """
    place = offset_copy(axes.transData, axes.get_figure(root=True), shift, units="points")
    for x, row, text in texts:
        axes.text(x, row, text, transform=place, **look).set_in_layout(False)


def name_rows(axes: Axes, names: Iterable[str], gap: float = NAME_GAP, **look: Any) -> None:
    """Write the names of the rows left of the axis, `gap` points from it, in its margin."""
    left, figure = axes.get_yaxis_transform(), axes.get_figure(root=True)
    look |= {"ha": "right", "va": "center_baseline"}
    look |= {"transform": offset_copy(left, figure, -gap, units="points")}
    for row, name in enumerate(names):
        axes.text(0, row, name, **look)


def hide_axes(axes: Axes) -> None:
    """Leave out the axes' lines and ticks."""
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
