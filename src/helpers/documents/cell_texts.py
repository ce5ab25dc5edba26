"""What an author wrote in a notebook: text cells, raw cells, and the texts of other tools."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from nbformat import NotebookNode

from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_tree import Element, Node, preformatted, stand_in
from helpers.documents.outputs.cell_outputs import DocumentPart
from helpers.documents.reading.html_cleaner import read_content
from helpers.documents.reading.markdown_content import read_markdown
from helpers.i18n.localizer import Localizer

_DATABRICKS_TEXT = re.compile(r"\s*%md(?:-sandbox)?(?:[ \t]+|\n|$)")
_FRONT_MATTER = re.compile(r"\s*---\n.*\n---\s*", re.DOTALL)
_TITLE_SETTING = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE)
_DATABRICKS_CELL = "application/vnd.databricks.v1+cell"

_logger = logging.getLogger("funding-report")


def read_text(cell: NotebookNode, source: CellSource, *, is_first: bool) -> list[Node]:
    """Return what the author wrote in a cell for readers; [] for code."""
    text = str(cell.source)
    if cell.cell_type == "markdown":
        return read_markdown(text, source)
    if cell.cell_type == "raw":
        return _raw_cell(text, cell, source, is_first=is_first)
    found = _DATABRICKS_TEXT.match(text)
    if found:
        return [*_own_title(cell), *read_markdown(text[found.end() :], source)]
    return _own_title(cell)


def title_in_settings(notebook: NotebookNode) -> str:
    """The title in the settings with which Quarto and jupytext let a notebook begin, or ''."""
    first = notebook.cells[0] if notebook.cells else None
    if first is None or first.cell_type != "raw" or not _FRONT_MATTER.fullmatch(first.source):
        return ""
    found = _TITLE_SETTING.search(first.source)
    return found[1].strip().strip("\"'") if found else ""


def warn_if_not_run(notebook: NotebookNode, loc: Localizer) -> Iterator[DocumentPart]:
    """Yield a callout if the notebook has code and no cell of it has been run, and warn."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    if not code or any(cell.get("execution_count") or cell.get("outputs") for cell in code):
        return
    if all(_DATABRICKS_TEXT.match(cell.source) for cell in code):
        return
    _logger.warning(
        "The notebook has not been run: none of its %d code cells has an output. "
        "Run it, then export it.",
        len(code),
    )
    sentence = loc("Anteckningsboken har inte körts, så resultaten saknas.")
    yield DocumentPart([stand_in(sentence)], is_output=True)


def _raw_cell(text: str, cell: NotebookNode, source: CellSource, *, is_first: bool) -> list[Node]:
    """A raw cell by its declared format, otherwise unchanged; not a file's settings."""
    if not text.strip() or (is_first and _FRONT_MATTER.fullmatch(text)):
        return []
    metadata = cell.metadata
    kind = str(metadata.get("raw_mimetype") or metadata.get("format") or "")
    if kind == "text/markdown":
        return read_markdown(text, source)
    if kind == "text/html":
        return read_content(text, source)
    return [preformatted(text)]


def _own_title(cell: NotebookNode) -> list[Node]:
    """The title that Databricks shows above a cell."""
    about = cell.metadata.get(_DATABRICKS_CELL, {})
    title = about.get("title") if isinstance(about, dict) and about.get("showTitle") else ""
    return [Element("p", [Element("strong", [str(title)])])] if title else []
