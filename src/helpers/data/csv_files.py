"""Reads CSV as spreadsheets write it: any usual encoding and separator, titles above the table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import takewhile

from helpers.data.cells import as_text
from helpers.data.headings import is_heading_row
from helpers.errors import DataError, Problem

# Rows as every reader gives them: the row's number in its source, and its cells as stripped text.
Rows = list[tuple[int, list[str]]]

HEADING_WITHIN = 20  # rows in which the heading is looked for

# In the order in which they are preferred, with what a person calls them.
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
# Excel writes and obeys such a first line; it is a line of the file, but not of the table.
_DECLARED = re.compile(r"sep=([,;\t])[,;\t]*(?:[\r\n]|$)", re.IGNORECASE)
_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


def read_rows(data: bytes, file: str) -> tuple[Rows, list[str]]:
    """The rows of a CSV file from its heading on, and how it was decoded if not as UTF-8.

    UTF-8, UTF-16 with a byte order mark, or else Windows-1252, as Swedish Excel writes. For the
    rest see `rows_of`. `file` is the name to show in messages.
    """
    text, notes = _decoded(data, file)
    return rows_of(text, file), notes


def rows_of(text: str, file: str) -> Rows:
    """The rows of a CSV text from its heading on, numbered by the line on which each begins.

    Cells are separated by comma, semicolon or tab, whichever reads the heading. Blank cells beyond
    the heading are no error; nor are too few cells: Excel leaves out trailing separators where 16
    rows in a run end blank, so what is missing is blank. Raises DataError for a text that is not
    CSV or has no heading, and for every row that holds something beyond the heading.
    """
    if "\0" in text:
        raise unreadable(file, "it holds NUL characters")
    separator = _separator(text, file)
    rows = from_heading(list(_lines(text, separator, file)))
    if not rows:
        raise unreadable(file, "it has no heading row")
    _check_lengths(rows, separator, file)
    return rows


def raw_rows(data: bytes, file: str) -> tuple[str, Rows]:
    """The separator and every row of a CSV file, blank ones and those above the heading too."""
    text, _ = _decoded(data, file)
    separator = _separator(text, file)
    return separator, list(_lines(text, separator, file))


def heading_at(rows: Rows) -> int | None:
    """The position of the row that is recognised as a register's heading; None if there is none.

    It must stand within the first HEADING_WITHIN rows of the source.
    """
    early = takewhile(lambda row: row[0] <= HEADING_WITHIN, rows)
    return next((at for at, (_, cells) in enumerate(early) if is_heading_row(cells)), None)


def from_heading(rows: Rows) -> Rows:
    """The rows from the heading on: the one that is recognised, else the first that is not blank.

    So that what is missing in a heading that is not recognised can be named. Empty if all is blank.
    """
    at = heading_at(rows)
    if at is None:
        at = next((at for at, (_, cells) in enumerate(rows) if any(cells)), len(rows))
    return rows[at:]


def unreadable(file: str, why: str, row: int | None = None) -> DataError:
    """The error for a file that is not CSV."""
    remedy = "Save it as comma-separated UTF-8 with a heading row."
    return DataError([Problem(file, f"cannot be read as CSV: {why}.", remedy, row)])


def _decoded(data: bytes, file: str) -> tuple[str, list[str]]:
    marked = next((code for mark, code in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    try:
        if marked:
            return data.decode(marked), ["Read as UTF-16."] if marked == "utf-16" else []
        try:
            return data.decode("utf-8"), []
        except UnicodeDecodeError:
            # Any bytes but five are Windows-1252: it can only be the last one tried.
            return data.decode("cp1252"), ["Read as Windows-1252."]
    except UnicodeDecodeError:
        raise unreadable(file, "it is neither UTF-8, UTF-16 nor Windows-1252") from None


def _separator(text: str, file: str) -> str:
    declared = _DECLARED.match(text)
    return declared[1] if declared else max(_SEPARATORS, key=lambda one: _fit(text, one, file))


def _fit(text: str, separator: str, file: str) -> tuple[bool, int]:
    """How well a separator reads the heading: whether it is recognised, and its cells."""
    rows = []
    try:
        for row in _lines(text, separator, file):
            if row[0] > HEADING_WITHIN:
                break
            rows.append(row)
    except DataError:
        # Quotation marks end where another separator would have to follow: what came before
        # still says whether this is the right one.
        pass
    head = from_heading(rows) or rows
    return heading_at(rows) is not None, len(head[0][1]) if head else 0


def _lines(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on: a quoted cell may run over several."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    declared = _DECLARED.match(text)
    try:
        for cells in reader:
            if not (declared and begins == 1):
                yield begins, [as_text(cell) for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise unreadable(file, str(error), begins) from None


def _check_lengths(rows: Rows, separator: str, file: str) -> None:
    """Cells beyond the heading have been pushed there by a separator that should be quoted."""
    width = _filled(rows[0][1])
    problems = [
        Problem(
            file,
            f"has {_filled(cells)} cells but the heading has {width}.",
            f"Put a cell that holds a {_SEPARATORS[separator]} in quotation marks.",
            row=line,
        )
        for line, cells in rows
        if len(cells) > width and _filled(cells) > width
    ]
    if problems:
        raise DataError(problems)


def _filled(cells: list[str]) -> int:
    """How many cells there are up to the last one that holds something."""
    return max((count for count, cell in enumerate(cells, start=1) if cell), default=0)
