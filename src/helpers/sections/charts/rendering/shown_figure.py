"""A figure that shows itself as the last line of a cell, in the project's typeface."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers.sections.charts.rendering.chart_typefaces import font_for

_SHARPNESS = 144  # dots an inch: twice what a notebook shows it in


class ShownFigure(Figure):
    """A figure of a section, which shows itself without pyplot."""

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """The picture and its size on the screen; its typeface is drawn, and need not be there."""
        out = BytesIO()
        self.savefig(out, format="png", dpi=_SHARPNESS, facecolor="white")
        width, height = (round(96 * float(inches)) for inches in self.get_size_inches())
        return out.getvalue(), {"width": width, "height": height}

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save the figure as matplotlib does, in the typefaces that have its characters."""
        for text in self.findobj(Text):
            if isinstance(text, Text):
                text.set_fontproperties(font_for(text.get_text(), text.get_fontproperties()))
        super().savefig(fname, **options)
