"""Translate markdown cells, whose source is Swedish like every text of a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

import nbformat
from nbformat import NotebookNode

from helpers.documents.outputs.cell_visibility import is_cell_hidden
from helpers.i18n.localizer import Localizer
from helpers.model.currency import SEK
from helpers.model.localized_text import Language, WordReplacements


def translate_notebook(
    notebook: NotebookNode,
    language: Language,
    words: WordReplacements | None = None,
    currency: str = SEK,
) -> None:
    """Replace the markdown cells by their translations, if there are any, in place."""
    loc = Localizer(language, _without_markup(words or {}), currency)
    for cell in _visible_markdown_cells(notebook):
        cell.source = loc(cell.source)


def _without_markup(words: WordReplacements) -> WordReplacements:
    """A round's words such that no tag in them is read as HTML in a text cell."""
    return {
        language: {
            word: own.replace("&", "&amp;").replace("<", "&lt;") for word, own in by_word.items()
        }
        for language, by_word in words.items()
    }


def extract_messages(
    fileobj: IO[bytes], *_keywords_and_tags: Any, options: dict[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield a notebook's markdown cells as messages for `pybabel extract` (see babel.cfg)."""
    del options  # Babel passes the method's options of babel.cfg; there are none
    notebook = nbformat.reads(fileobj.read().decode(), as_version=4)
    for cell in _visible_markdown_cells(notebook):
        yield 1, "loc", cell.source, []


def _visible_markdown_cells(notebook: NotebookNode) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not is_cell_hidden(cell):
            yield cell
