"""Markdown cells in another language: they are written in Swedish, like every text of a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

import nbformat
from nbformat import NotebookNode

from helpers.i18n.localizer import Localizer
from helpers.model.currency import SEK
from helpers.model.localized_text import Language, WordReplacements

# Cells with this tag speak to the analyst and are left out of documents (nbconvert's own word).
REMOVE_CELL_TAG = "remove-cell"


def translate_notebook(
    notebook: NotebookNode,
    language: Language,
    words: WordReplacements | None = None,
    currency: str = SEK,
) -> None:
    """Put the markdown cells that have a translation into the language, in place."""
    loc = Localizer(language, words, currency)
    for cell in _visible_markdown_cells(notebook):
        cell.source = loc(cell.source)


def extract_messages(
    fileobj: IO[bytes], *_keywords_and_tags: Any, options: dict[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """The markdown cells of a notebook as messages, for `pybabel extract` (see babel.cfg)."""
    del options  # Babel passes what babel.cfg says of the method: nothing
    notebook = nbformat.reads(fileobj.read().decode(), as_version=4)
    for cell in _visible_markdown_cells(notebook):
        yield 1, "loc", cell.source, []


def _visible_markdown_cells(notebook: NotebookNode) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and REMOVE_CELL_TAG not in cell.metadata.get("tags", []):
            yield cell
