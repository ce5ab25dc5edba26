"""An analyst's own matplotlib figure with a text alternative for readers who cannot see it."""

from __future__ import annotations

import sys
from hashlib import sha256

import matplotlib as mpl
from matplotlib.figure import Figure

from helpers.errors import ReportError
from helpers.sections.charts import style
from helpers.sections.components.block import Block
from helpers.sections.components.parts.section_parts import ChartPart


def described(figure: Figure, alternative: str, finding: str = "") -> Block:
    """Return a matplotlib figure for export, with its text alternative and a finding above it.

    Make it the last line of a cell; the figure is then shown once. Raises ReportError if the
    alternative is blank.

    >>> from matplotlib.figure import Figure
    >>> from helpers import described
    >>> figure = Figure()
    >>> _ = figure.subplots().plot([1, 3])
    >>> described(figure, "A line that rises from 1 to 3.", finding="It rises")
    It rises
    A line that rises from 1 to 3.
    """
    if not isinstance(figure, Figure):
        hint = "its .figure" if hasattr(figure, "figure") else "a matplotlib figure"
        raise ReportError(f"described() takes a matplotlib figure. Give {hint}.")
    if not isinstance(alternative, str) or not alternative.strip():
        raise ReportError(
            "The text alternative is blank. Say in a sentence or two what the figure shows: "
            'described(figure, "…").'
        )
    svg = _figure_svg(figure, alternative)
    return Block((ChartPart(finding=finding, alternative=alternative, broad=svg),))


def _figure_svg(figure: Figure, alternative: str) -> str:
    """Return the figure as one `<svg>`.

    Its texts are paths, because the documents embed only the project's typeface.
    """
    name = f"own-{sha256(alternative.encode()).hexdigest()[:8]}"
    # Keep the analyst's axis; only the format of its numbers is changed.
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": name}):
        svg = style.to_svg(figure, name, alternative, whole=True)
    # Otherwise Jupyter would show the figure again below the cell.
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(figure)
    return svg
