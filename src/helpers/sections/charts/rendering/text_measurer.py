"""How large a chart's texts are, measured once a process, for the layout and for the drawing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from matplotlib import font_manager
from matplotlib.backend_bases import RendererBase
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from helpers.sections.charts.rendering.chart_typefaces import font_for

POINTS_PER_INCH = 72
TextSize = tuple[float, float, float]
_LINE_HEIGHTS: dict[tuple[int, float], TextSize | tuple[None, None, None]] = {}


def text_size(text: str, font: FontProperties, ismath: bool | str = False) -> TextSize:
    """Width, height and descent of a line in points, in the typefaces that have its characters.

    The caller gives a font that nobody changes afterwards, as matplotlib's `Text` does.
    """
    if ismath:
        return text_to_path.get_text_width_height_descent(text, font, cast(Any, ismath))
    return _measured(text, font_for(text, font))


@lru_cache(maxsize=8192)
def _measured(text: str, font: FontProperties) -> TextSize:
    """Matplotlib forgets its sizes with each drawing; the languages and the phones' have most."""
    return text_to_path.get_text_width_height_descent(text, font, False)


def line_height(font: FontProperties, dpi: float) -> TextSize | tuple[None, None, None]:
    """Ascent, descent and line gap of a font in pixels; without them, matplotlib measures letters.

    It asks the renderer for them, or finds the font and reads two of its tables for each text.
    """
    key = (hash(font), dpi)  # by the hash matplotlib compares fonts, which may change
    if key not in _LINE_HEIGHTS:
        face = font_manager.get_font(font_manager.findfont(font))
        table, units = face.get_sfnt_table("OS/2"), face.units_per_EM
        scale = 1 / units * font.get_size_in_points() * dpi / POINTS_PER_INCH
        _LINE_HEIGHTS[key] = (
            (None, None, None)
            if table is None
            else (
                table["sTypoAscender"] * scale,
                -table["sTypoDescender"] * scale,
                table["sTypoLineGap"] * scale,
            )
        )
    return _LINE_HEIGHTS[key]


class TextMeasurer(RendererBase):
    """A renderer that draws nothing and knows the size of texts as they are in the SVG."""

    def __init__(self, dpi: float) -> None:
        super().__init__()
        self._dpi, self._scale = dpi, dpi / POINTS_PER_INCH

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | str
    ) -> TextSize:
        """The size of a text in pixels."""
        width, height, descent = text_size(s, prop, ismath)
        return width * self._scale, height * self._scale, descent * self._scale

    def _get_font_height_metrics(self, prop: FontProperties) -> Any:
        return line_height(prop, self._dpi)

    def points_to_pixels(self, points: Any) -> Any:
        """As many pixels as points at the figure's resolution."""
        return points * self._scale

    def draw_path(self, *_: Any, **__: Any) -> None:
        """Draw nothing."""

    draw_image = draw_text = draw_tex = draw_path
    draw_markers = draw_path_collection = draw_quad_mesh = draw_gouraud_triangles = draw_path
