"""A formula of a cell, with a warning where a document has to show its LaTeX."""

from __future__ import annotations

from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_tree import Element
from helpers.documents.content.formulas import problem_of


def formula(latex: str, source: CellSource, *, is_block: bool) -> Element:
    """Return a formula as an element."""
    shown_as_latex = [
        name for name, wrong in zip(("page", "PDF"), problem_of(latex), strict=True) if wrong
    ]
    if shown_as_latex:
        source.warn(
            f"the formula {latex[:60]!r} is LaTeX in the {' and the '.join(shown_as_latex)}",
            "Write it with commands that matplotlib's mathtext knows, or insert a picture of it.",
        )
    return Element("formula", [], {"latex": latex, "display": "block" if is_block else "inline"})
