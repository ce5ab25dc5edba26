"""Markdown cells in another language: they are written in Swedish, like every text of a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

import nbformat
from nbformat import NotebookNode

from helpers.currency import SEK
from helpers.formats import Speech
from helpers.terms import Language, Words

# Cells with this tag speak to the analyst and are left out of documents (nbconvert's own word).
HIDDEN = "remove-cell"


def translate(
    notebook: NotebookNode, language: Language, words: Words | None = None, currency: str = SEK
) -> None:
    """Put the markdown cells that have a translation into the language, in place."""
    say = Speech(language, words, currency)
    for cell in _shown_markdown(notebook):
        cell.source = say(cell.source)


def extract(
    fileobj: IO[bytes], *_keywords_and_tags: Any, options: dict[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """The markdown cells of a notebook as messages, for `pybabel extract` (see babel.cfg)."""
    del options  # Babel passes what babel.cfg says of the method: nothing
    notebook = nbformat.reads(fileobj.read().decode(), as_version=4)
    for cell in _shown_markdown(notebook):
        yield 1, "say", cell.source, []


def _shown_markdown(notebook: NotebookNode) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and HIDDEN not in cell.metadata.get("tags", []):
            yield cell
