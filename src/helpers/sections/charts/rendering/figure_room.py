"""Whether a figure has room for its texts: within its edge, and without overlaps."""

from __future__ import annotations

from itertools import combinations

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from helpers.sections.charts.rendering.text_measurer import POINTS_PER_INCH, TextMeasurer

_LEAST_PANEL = 0.7  # inches, below which nothing can be read in a panel
_COVERED = 0.1  # of the smaller text, from which two texts overlap


def fits(figure: Figure) -> bool:
    """Whether all that is drawn is within the figure, or at most a point beyond it."""
    measurer = _measured(figure)
    drawn, (width, height) = figure.get_tightbbox(measurer), figure.get_size_inches()
    beyond = max(-drawn.x0, -drawn.y0, drawn.x1 - width, drawn.y1 - height)
    return bool(beyond * POINTS_PER_INCH <= 1)


def count_overlaps(figure: Figure) -> int:
    """How many pairs of texts overlap, and how many panels are too narrow for anything."""
    measurer = _measured(figure)
    boxes = [
        artist.get_window_extent(measurer)
        for artist in figure.findobj(Text)
        if isinstance(artist, Text) and artist.get_visible() and artist.get_text().strip()
    ]
    panels = (axes.get_window_extent().width / figure.dpi for axes in figure.axes)
    narrow = sum(bool(width < _LEAST_PANEL) for width in panels)
    return narrow + sum(_overlap(one, other) for one, other in combinations(boxes, 2))


def _measured(figure: Figure) -> TextMeasurer:
    """Lay the figure out and let its texts be measured as they are in the documents."""
    measurer = TextMeasurer(figure.dpi)
    figure.draw(measurer)
    return measurer


def _overlap(one: Bbox, other: Bbox) -> bool:
    common = Bbox.intersection(one, other)
    if common is None:
        return False
    smaller = min(one.width * one.height, other.width * other.height)
    return bool(common.width * common.height > _COVERED * smaller)
