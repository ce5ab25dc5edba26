"""Texts next to bars: the names of the rows, and their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes
from matplotlib.transforms import offset_copy

from helpers.i18n.localizer import Localizer
from helpers.sections.components.parts.unset_texts import replace_unset
from helpers.system.typefaces.typeface_chain import can_draw

_NAME_WIDTH, _SLIM_NAME_WIDTH = 46, 40  # letters of a name on one line
SLIM_NAME_SIZE = 9.5  # points
NAME_GAP = 3.5  # points between a row's name and the axis


@dataclass(frozen=True)
class BarRows:
    """Rows of bars: the names, left of the bars or on phones above them, in as many lines."""

    names: list[str]
    slim: bool

    @classmethod
    def named(cls, names: Iterable[str], loc: Localizer, slim: bool) -> BarRows:
        """The rows with these names, which are broken where they are long."""
        width = _SLIM_NAME_WIDTH if slim else _NAME_WIDTH
        return cls([fill(replace_unset(name, loc, can_draw), width) for name in names], slim)

    @property
    def lines(self) -> int:
        """The lines of a row: those of its name, and on phones that of its bar."""
        return self.slim + max(name.count("\n") + 1 for name in self.names)

    @property
    def bar_height(self) -> float:
        """The height of a bar, as a share of its row."""
        return 0.8 / self.lines if self.slim else 0.72

    @property
    def name_rise(self) -> float:
        """How far above the middle of its bar a name is on phones, as a share of the row."""
        return 0.6 / self.lines

    def set_up(self, axes: Axes, size: float, gap: float = NAME_GAP, **look: Any) -> None:
        """Set the limits of the axes, hide its lines, and write the names, `size` points high."""
        top = 1 - 0.3 / self.lines if self.slim else 0.6
        axes.set_ylim(len(self.names) - 0.5, -top)
        hide_axes(axes)
        if self.slim:
            names = [(0, row - self.name_rise, name) for row, name in enumerate(self.names)]
            write_at_rows(axes, names, fontsize=SLIM_NAME_SIZE, linespacing=0.95)
        else:
            name_rows(axes, self.names, gap, fontsize=size, **look)


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
