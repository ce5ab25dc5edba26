"""A figure as SVG whose texts are measured once, in the typefaces that have their characters."""

from __future__ import annotations

from codecs import getwriter
from typing import Any, TextIO

from matplotlib import cbook
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from helpers.sections.charts.rendering.chart_typefaces import font_for
from helpers.sections.charts.rendering.text_measurer import (
    POINTS_PER_INCH,
    TextSize,
    line_height,
    text_size,
)

_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


class _DocumentRenderer(RendererSVG):
    """matplotlib's renderer, which draws each text in the typefaces that have its characters."""

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | str
    ) -> TextSize:
        """The size of a text in points, which are the pixels of an SVG."""
        return text_size(s, prop, ismath)

    def _get_font_height_metrics(self, prop: FontProperties) -> Any:
        return line_height(prop, POINTS_PER_INCH)

    def draw_text(self, *placed_text: Any, **options: Any) -> None:
        """Draw a text, whose fifth argument is its font (see RendererBase.draw_text)."""
        graphics, x, y, text, font, *others = placed_text
        svg: Any = super()  # matplotlib's renderers have no types
        svg.draw_text(graphics, x, y, text, font_for(text, font), *others, **options)


_SVG_RENDERERS: tuple[Any, Any] = (_DocumentRenderer, MixedModeRenderer)


class SvgCanvas(FigureCanvasSVG):
    """matplotlib's canvas for SVG, with our renderer."""

    def print_svg(
        self, filename: Any, *, bbox_inches_restore: Any = None, metadata: Any = None, **_: Any
    ) -> None:
        """Write the figure, in points, as matplotlib's own canvas does, to text or bytes.

        `print_figure` gives a canvas that is not matplotlib's all its options, such as orientation.
        """
        out = filename if cbook.file_requires_unicode(filename) else getwriter("utf-8")(filename)
        figure, dpi = self.figure, self.figure.dpi
        figure.dpi = POINTS_PER_INCH
        width, height = map(float, figure.get_size_inches())
        points = (width * POINTS_PER_INCH, height * POINTS_PER_INCH)
        vector, mixed = _SVG_RENDERERS
        drawn = vector(*points, out, image_dpi=dpi, metadata=metadata)
        renderer = mixed(figure, width, height, dpi, drawn, bbox_inches_restore=bbox_inches_restore)
        figure.draw(renderer)
        renderer.finalize()


def write_svg(figure: Figure, out: TextIO, *, widened: bool) -> None:
    """Write a figure as matplotlib's SVG, perhaps widened to all that is drawn.

    `savefig` would draw it twice, first without a file for the layout, which the drawing makes too.
    """
    canvas, dpi = figure.canvas, figure.dpi
    try:
        ours = SvgCanvas(figure)
        if widened:
            ours.print_figure(out, format="svg", bbox_inches="tight", metadata=_NO_METADATA)
        else:
            ours.print_svg(out, metadata=_NO_METADATA)
    finally:
        figure.set_canvas(canvas)
        figure.dpi = dpi
