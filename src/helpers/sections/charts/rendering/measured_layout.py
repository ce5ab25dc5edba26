"""The layout of a chart: margins as wide as its labels measure."""

from __future__ import annotations

from typing import cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import SubplotSpec
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from helpers.sections.charts.rendering.text_measurer import POINTS_PER_INCH, TextMeasurer

_MAX_PASSES = 3  # a label at a point of the data moves with the panel, and may stick out otherwise
_SETTLED = 0.1  # pixels
_EDGE = 12  # points: a legend as near to the figure's upper or lower edge has a margin there


class MeasuredLayout(ConstrainedLayoutEngine):
    """Margins for one panel, in a fraction of the time of matplotlib's constrained layout.

    That one solves equations for a grid of panels. A figure that has become one, with more panels,
    a colour bar, a title of all panels or a legend next to them, is left to it.
    """

    def execute(self, fig: Figure) -> None:
        """Place the panel so that what belongs to it is within the figure."""
        measurer = TextMeasurer(fig.dpi)
        pad = self.get()["h_pad"] * fig.dpi
        room = None if _is_grid(fig) else _room(fig, measurer, pad)
        if room is None:
            super().execute(fig)
            return
        [axes] = fig.axes
        before, placed = None, room
        for _ in range(_MAX_PASSES):
            _place(fig, placed)
            before, placed = placed, _inner_box(axes, measurer, room, placed)
            if np.allclose(before.extents, placed.extents, rtol=0, atol=_SETTLED):
                return
        _place(fig, placed)


def _is_grid(figure: Figure) -> bool:
    """Whether the figure has anything but one panel and a line at its foot."""
    return (
        len(figure.axes) != 1
        or figure.axes[0].get_subplotspec() is None
        or bool(figure.subfigs or figure.get_suptitle() or figure.get_supylabel())
    )


def _room(figure: Figure, measurer: TextMeasurer, pad: float) -> Bbox | None:
    """The room between the legends and the foot, in pixels; None with a legend elsewhere."""
    width, height = figure.bbox.size
    bottom, top = pad, height - pad
    foot = _foot_of(figure)
    if foot is not None:
        foot.set_position((foot.get_position()[0], pad / height))
        bottom += foot.get_window_extent(measurer).height + 2 * pad
    edge = _EDGE * figure.dpi / POINTS_PER_INCH
    for legend in figure.legends:
        box = legend.get_window_extent(measurer)
        if box.y1 > height - edge:
            top -= box.height + 2 * pad
        elif box.y0 < edge:
            bottom += box.height + 2 * pad
        else:
            return None
    return Bbox.from_extents(pad, bottom, width - pad, top)


def _foot_of(figure: Figure) -> Text | None:
    """The line below everything else, which is written as the label of all x axes."""
    words = figure.get_supxlabel()
    return next((text for text in figure.texts if words and text.get_text() == words), None)


def _inner_box(axes: Axes, measurer: TextMeasurer, room: Bbox, placed: Bbox) -> Bbox:
    """The box of a panel whose labels end where the room does, if they are as now."""
    drawn = axes.get_tightbbox(measurer, for_layout_only=True)
    if drawn is None:
        return placed
    x0 = room.x0 + max(0, placed.x0 - drawn.x0)
    y0 = room.y0 + max(0, placed.y0 - drawn.y0)
    x1 = room.x1 - max(0, drawn.x1 - placed.x1)
    y1 = room.y1 - max(0, drawn.y1 - placed.y1)
    return Bbox.from_extents(x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))


def _place(figure: Figure, box: Bbox) -> None:
    """Give the figure's panel a box in pixels, as `subplots_adjust` does without a layout."""
    [axes] = figure.axes
    x0, y0, x1, y1 = box.transformed(figure.transFigure.inverted()).extents
    figure.subplotpars.update(left=x0, bottom=y0, right=x1, top=y1)
    axes.set_subplotspec(cast(SubplotSpec, axes.get_subplotspec()))
