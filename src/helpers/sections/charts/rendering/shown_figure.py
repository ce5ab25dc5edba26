"""A figure that a notebook shows as the last line of a cell, in the project's typeface."""

from __future__ import annotations

from io import BytesIO

from matplotlib.figure import Figure

_SHARPNESS = 144  # dots an inch: twice what a notebook shows it in


class ShownFigure(Figure):
    """A figure of a section, which shows itself without pyplot."""

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """The picture and its size on the screen; its typeface is drawn, and need not be there."""
        out = BytesIO()
        self.savefig(out, format="png", dpi=_SHARPNESS, facecolor="white")
        width, height = (round(96 * float(inches)) for inches in self.get_size_inches())
        return out.getvalue(), {"width": width, "height": height}
