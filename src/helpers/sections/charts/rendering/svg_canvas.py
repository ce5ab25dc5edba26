"""A figure as SVG whose texts are measured once, in the typefaces that have their characters."""

from __future__ import annotations

from typing import Any, TextIO

from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.transforms import Bbox

from helpers.sections.charts.rendering.chart_typefaces import font_for
from helpers.sections.charts.rendering.text_measurer import POINTS_PER_INCH, text_size

_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


class _DocumentRenderer(RendererSVG):  # type: ignore[misc]  # matplotlib's renderers have no types
    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | str
    ) -> Any:
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        return text_size(s, prop)

    def draw_text(  # noqa: PLR0913 # as matplotlib calls it
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool | str = False,
        mtext: Any = None,
    ) -> None:
        super().draw_text(gc, x, y, s, font_for(s, prop), angle, ismath, mtext)


class SvgCanvas(FigureCanvasSVG):  # type: ignore[misc]  # nor have its canvases
    """matplotlib's canvas for SVG, with our renderer."""

    def print_svg(
        self, filename: TextIO, *, bbox_inches_restore: Any = None, metadata: Any = None
    ) -> None:
        """Write the figure, in points, as matplotlib's own canvas does."""
        figure, dpi = self.figure, self.figure.dpi
        figure.dpi = POINTS_PER_INCH
        width, height = map(float, figure.get_size_inches())
        points = (width * POINTS_PER_INCH, height * POINTS_PER_INCH)
        vector = _DocumentRenderer(*points, filename, image_dpi=dpi, metadata=metadata)
        renderer = MixedModeRenderer(
            figure, width, height, dpi, vector, bbox_inches_restore=bbox_inches_restore
        )
        figure.draw(renderer)
        renderer.finalize()


def write_svg(figure: Figure, out: TextIO, *, widened: bool) -> None:
    """Write a figure as matplotlib's SVG, perhaps widened to all that is drawn.

    `savefig` would draw it twice, first without a file for the layout, which the drawing makes too.
    """
    if widened:
        SvgCanvas(figure).print_figure(out, format="svg", bbox_inches="tight", metadata=_NO_METADATA)
        return
    canvas, dpi = figure.canvas, figure.dpi
    try:
        SvgCanvas(figure).print_svg(out, metadata=_NO_METADATA)
    finally:
        figure.set_canvas(canvas)
        figure.dpi = dpi
