"""A line of a formula as a drawing, by matplotlib."""

from __future__ import annotations

from io import StringIO

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from helpers.documents.content.labelled_drawing import read_drawing

_SIZE = 11.0  # points, as the text around it


def draw_formula(line: str) -> tuple[str, float, float] | None:
    """Return a line of LaTeX that mathtext knows as SVG, with its width and its depth in points.

    The depth is what is below the line of the text. None if it cannot be drawn.
    """
    font = FontProperties(size=_SIZE)
    try:
        with rc_context({"mathtext.fontset": "stix", "svg.hashsalt": "formula"}):
            width, height, depth, *_ = MathTextParser("path").parse(f"${line}$", 72, font)
            figure = Figure(figsize=((width + 1) / 72, (height + 1) / 72))
            figure.text(0, (depth + 0.5) / (height + 1), f"${line}$", fontproperties=font)
            made = StringIO()
            figure.savefig(made, format="svg", metadata={"Date": None}, transparent=True)
    except (ValueError, RuntimeError, ZeroDivisionError, IndexError):
        return None
    svg = read_drawing(made.getvalue().encode())
    return (svg.decode(), width + 1, depth + 0.5) if svg else None
