"""Refuse a Typst source that loads anything, or that would take too much time and memory to set."""

from __future__ import annotations

import re

from helpers.errors import NotebookError

# Outside its strings a source has calls of ours. Typst took 4 kB of memory for each of their
# characters, and 50 ms of time for a thousand: some 60,000 rows of a table, or 1,400 pages.
MAX_CALL_CHARACTERS = 500_000
MAX_TEXT_CHARACTERS = 5_000_000

# Pictures, which take no pages: numbers, or the text of a drawing, also of a chart of ours.
_PICTURE_BYTES = re.compile(r"bytes\(\([0-9, ]*\)\)")
_DRAWING = re.compile(
    r'(?:(?<=bytes\()|(?<=chart\(svg: ))"(?:\s|\\[nr])*<(?:[^"\\]|\\.)*"', re.DOTALL
)
_COMMENT_OR_STRING = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:[^"\\]|\\.)*"', re.DOTALL)
# Typst downloads a package that is imported; the others read a file or run text as code.
_LOADS = re.compile(
    r"\b(?:import|include|plugin|eval|read|csv|cbor|json|toml|xml|yaml|bibliography)\b"
)


def check_source(source: str) -> None:
    """Raise NotebookError for a source that loads a package or a file, or is too long.

    A text of a notebook or a register is always within a string, which loads nothing.
    """
    without_pictures = _PICTURE_BYTES.sub("", source)
    calls = _COMMENT_OR_STRING.sub("", without_pictures)
    found = _LOADS.search(calls)
    if found:
        raise NotebookError(f"The PDF is not made: its source has a call of {found[0]}.")
    texts = _DRAWING.sub("", without_pictures)
    if len(calls) > MAX_CALL_CHARACTERS or len(texts) > MAX_TEXT_CHARACTERS:
        raise NotebookError(
            "The PDF would have more than a thousand pages. Show less in the notebook, for "
            "instance the first rows of a table: df.head(50)."
        )
