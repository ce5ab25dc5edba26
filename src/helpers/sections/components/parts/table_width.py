"""How wide a window must be for a table to need no scrolling, by the widths of its words.

A table that may scroll is a region that the Tab key reaches. The style sheet takes the region away
in windows where the table fits: a page has no script that could measure it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, inf

from helpers.sections.components.parts.section_parts import Column, TablePart
from helpers.system.typefaces.letter_widths import text_width

# As in report.css: the root font size is 15.2 px and 0.3 % of the window, within limits; the column
# of text is 46 rem wide, and its margins together 2 rem. A table of many columns grows by 10 rem.
_ROOT, _ROOT_GROWTH, _LEAST_ROOT, _MOST_ROOT = 15.2, 0.003, 17.0, 24.0
_COLUMN, _MARGINS, _GROWTH = 46, 2, 10
# px from which letters are larger, numbers are not broken, and those of many columns are larger.
_PHONE, _TABLET, _DESKTOP = 544, 768, 1024
_GAP = 0.8  # rem before text that follows numbers, whose end would else touch its beginning
_STEP, _LEAST, _WIDEST = 16, 256, 1920  # px: of the widths that have a rule
_BREAKS = re.compile(r"[ \t\n]+|(?<=[-–—/])")
LONG_WORD = 32  # characters without a space, from which a word may be broken
_CHUNK_CHARACTERS = 8  # of its characters
LONG_TEXT = 40  # characters of a cell, from which it is running text and needs a broad column


def fit_class(part: TablePart, many: bool) -> str:
    """The class of a table that fits in windows from some width; '' if it may never fit."""
    letters, padding = (0.875, 0.3) if many else (0.95, 0.6)
    window = _window_for(_needed_rem(part, 0.85, 0.2, narrow=True, whole=False), many)
    for least, whole in ((_PHONE, False), (_TABLET, True)):
        needed = _window_for(_needed_rem(part, letters, padding, whole=whole), many)
        window = max(window, needed) if needed > least else window
    if many:
        needed = _window_for(_needed_rem(part, 0.95, 0.6, whole=True), many)
        window = max(window, needed) if needed > _DESKTOP else window
    step = max(_LEAST, ceil(min(window, 2 * _WIDEST) / _STEP) * _STEP)
    return f"fits-{step}" if step <= _WIDEST else ""


def fit_rules() -> str:
    """The rules of the classes: a hidden region has no tab stop, and its table is shown."""
    return "".join(
        f"@media screen and (min-width: {width}px) {{ .fits-{width} {{ visibility: hidden; }} }}\n"
        for width in range(_LEAST, _WIDEST + 1, _STEP)
    )


def _window_for(rem: float, many: bool) -> float:
    """The width in px of the window in which a width in rem fits."""
    if rem <= _COLUMN:
        return _window_of(rem + _MARGINS)
    if many and rem <= _COLUMN + _GROWTH:
        return _window_of(2 * rem - _COLUMN + 2 * _MARGINS)
    return inf


def _window_of(rem: float) -> float:
    """The width in px of a window, whose root font size depends on it."""
    growing = rem * _ROOT / max(1 - rem * _ROOT_GROWTH, 1e-9)
    root = min(max(growing / rem, _LEAST_ROOT), _MOST_ROOT)
    return rem * root


def _needed_rem(
    part: TablePart, letters: float, padding: float, *, whole: bool, narrow: bool = False
) -> float:
    """The width of a table, with the size of its letters and its padding in rem.

    Numbers are kept `whole`, or broken; `narrow` is the style of phones.
    """
    cells_of = zip(*part.rows, strict=True) if part.rows else [()] * len(part.columns)
    widths = [
        _column_em(column, cells, whole=whole and at > 0) * letters
        for at, (column, cells) in enumerate(zip(part.columns, cells_of, strict=True))
    ]
    if narrow:
        least = _least_on_a_phone(part)
        widths = [max(width, one - 2 * padding) for width, one in zip(widths, least, strict=True)]
    gaps = _texts_after_numbers(part.columns) * max(_GAP - padding, 0)
    return sum(widths) + padding * 2 * (len(widths) - 1) + gaps


def _texts_after_numbers(columns: Sequence[Column]) -> int:
    """How many columns of text follow a column of numbers."""
    return sum(
        before.align == "right" and column.align == "left" for before, column in pairwise(columns)
    )


def _column_em(column: Column, cells: Sequence[str], *, whole: bool) -> float:
    """The width below which a column's longest word or number would not fit."""
    kept = whole and column.align == "right"
    texts = cells if kept else [word for cell in cells for word in _words(cell)]
    heading = max(
        (text_width(word, weight="Semibold") for word in _words(column.heading)), default=0
    )
    return max([heading, *(text_width(text, weight="Regular") for text in texts)])


def _least_on_a_phone(part: TablePart) -> list[float]:
    """The least width of each column that the style sheet gives it on a phone, in rem."""
    rows = zip(*part.rows, strict=True) if part.rows else [()] * len(part.columns)
    last = len(part.columns) - 1
    return [
        5.0
        if at == 0
        else 14.0
        if column.align == "left"
        and ((at == last and at > 1) or any(len(cell) > LONG_TEXT for cell in cells))
        else 0.0
        for at, (column, cells) in enumerate(zip(part.columns, rows, strict=True))
    ]


def _words(text: str) -> Iterator[str]:
    for word in _BREAKS.split(text):
        yield word[:_CHUNK_CHARACTERS] if len(word) >= LONG_WORD else word
