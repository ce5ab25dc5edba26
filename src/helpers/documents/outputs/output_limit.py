"""The limit on a printed text in a document: what is longer is cut in the middle, with a word."""

from __future__ import annotations

from helpers.documents.content.cell_source import CellSource

MAX_LINES = 2_000
MAX_OUTPUT_CHARACTERS = 200_000  # in a text of few and long lines


def limited_text(text: str, source: CellSource) -> str:
    """Return a text with its first and last lines, and between them how much is left out.

    Logs a warning with the cell if something is. The time is linear in the length of the text.
    """
    if text.count("\n") >= MAX_LINES:
        text = _without_middle_lines(text, source)
    if len(text) > MAX_OUTPUT_CHARACTERS:
        half = MAX_OUTPUT_CHARACTERS // 2
        left_out = len(text) - MAX_OUTPUT_CHARACTERS
        word = source.loc.plural(
            "… Ett tecken är utelämnat. Hela texten finns i anteckningsboken. …",
            "… {n} tecken är utelämnade. Hela texten finns i anteckningsboken. …",
            left_out,
        )
        _warn(source, f"{left_out} of {len(text)} characters")
        return f"{text[:half]}\n{word}\n{text[-half:]}"
    return text


def _without_middle_lines(text: str, source: CellSource) -> str:
    lines = text.split("\n")
    half, number = MAX_LINES // 2, len(lines) - (lines[-1] == "")
    if number <= MAX_LINES:
        return text
    left_out = number - MAX_LINES
    word = source.loc.plural(
        "… En rad är utelämnad. Hela texten finns i anteckningsboken. …",
        "… {n} rader är utelämnade. Hela texten finns i anteckningsboken. …",
        left_out,
    )
    _warn(source, f"{left_out} of {number} lines")
    return "\n".join([*lines[:half], word, *lines[number - half :]])


def _warn(source: CellSource, what: str) -> None:
    problem = f"{what} of its output are left out of the document"
    source.warn(problem, "Print less, or show a summary.")
