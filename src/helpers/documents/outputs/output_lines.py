"""Texts that a program printed, errors that a cell stopped at, and the lines that make one text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_tree import Node, preformatted, stand_in
from helpers.documents.outputs.output_limit import limited_text
from helpers.documents.reading.terminal_text import shown_text


def read_printed(text: str, source: CellSource) -> list[Node]:
    """Return what a program printed, as a terminal shows it at last; nothing if that is blank."""
    shown = limited_text(shown_text(text), source)
    return [preformatted(shown)] if shown.strip() else []


def read_failure(output: Mapping[str, Any], source: CellSource) -> list[Node]:
    """Return the sentence on the error that a cell stopped at, and warn."""
    name = output.get("ename", "")
    wrong = shown_text(_as_text(f"{name}: {output.get('evalue', '')}"))
    source.warn(
        f"the cell stopped at an error ({name}); the document has only its message",
        "Correct the cell, and run the notebook again.",
    )
    return [stand_in(source.loc("Cellen stannade på ett fel. {wrong}", wrong=wrong))]


def joined_forms(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return an output's forms by their kind, with the lines of its texts joined.

    A list in JSON is not a text, also where it contains only texts.
    """
    return {
        kind: content if kind.endswith("json") else joined_lines(content)
        for kind, content in data.items()
    }


def joined_lines(content: Any) -> Any:
    """Join a text that a notebook file stores as a list of lines."""
    if isinstance(content, list) and all(isinstance(line, str) for line in content):
        return "".join(content)
    return content


def _as_text(text: str) -> str:
    """Text that can be written to a file: half of a surrogate pair is replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
