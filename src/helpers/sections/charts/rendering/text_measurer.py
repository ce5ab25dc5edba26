"""How large a chart's texts are, measured once a process, for the layout and for the drawing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from matplotlib.backend_bases import RendererBase
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from helpers.sections.charts.rendering.chart_typefaces import font_for

POINTS_PER_INCH = 72
TextSize = tuple[float, float, float]


def text_size(text: str, font: FontProperties) -> TextSize:
    """Width, height and descent of a line in points, in the typefaces that have its characters.

    The caller gives a font that nobody changes afterwards, as matplotlib's `Text` does.
    """
    return _measured(text, font_for(text, font))


@lru_cache(maxsize=8192)
def _measured(text: str, font: FontProperties) -> TextSize:
    """matplotlib forgets its sizes with each drawing; the languages and the phones' have most."""
    return text_to_path.get_text_width_height_descent(text, font, False)


class TextMeasurer(RendererBase):
    """A renderer that draws nothing and knows the size of texts as they are in the SVG."""

    def __init__(self, dpi: float) -> None:
        super().__init__()
        self._scale = dpi / POINTS_PER_INCH

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | str
    ) -> TextSize:
        """The size of a text in pixels."""
        sizes = (
            text_to_path.get_text_width_height_descent(s, prop, ismath)
            if ismath
            else text_size(s, prop)
        )
        width, height, descent = (size * self._scale for size in sizes)
        return width, height, descent

    def points_to_pixels(self, points: Any) -> Any:
        """As many pixels as points at the figure's resolution."""
        return points * self._scale

    def draw_path(self, *_: Any, **__: Any) -> None:
        """Draw nothing."""

    draw_image = draw_text = draw_tex = draw_path
    draw_markers = draw_path_collection = draw_quad_mesh = draw_gouraud_triangles = draw_path
