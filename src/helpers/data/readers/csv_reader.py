"""Read CSV as spreadsheets write it: any usual encoding and separator, titles above the table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from helpers.data.cells.cell_values import cell_text
from helpers.data.cells.read_budget import ReadBudget
from helpers.data.readers.csv_suspicions import find_shifted_rows, find_swallowed_rows
from helpers.data.readers.numbered_rows import (
    ANY_HEADING,
    HEADING_SEARCH_ROWS,
    HeadingSearch,
    NumberedRows,
    find_headings,
    refuse_answers_above,
    rows_from_heading,
)
from helpers.data.readers.text_decoding import decode_text
from helpers.errors import DataError, Problem

# In order of preference, with the name for messages.
SEPARATOR_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# Excel writes and obeys a first line "sep=;". It counts in line numbers, but is not a row.
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])[,;\t|]*(?:[\r\n]|$)", re.IGNORECASE)

_QUOTATION_REMEDY = (
    "Remove the stray quotation mark. In a cell that is in quotation marks, write one as two."
)
# What Python's parser says, and what it means.
_PARSER_MESSAGES = [
    ("unexpected end of data", "a quotation mark opens a cell that is never closed",
     _QUOTATION_REMEDY),
    ("expected after", "text follows a quotation mark that closes a cell", _QUOTATION_REMEDY),
    ("field larger than", "a cell is longer than 131,072 characters",
     "A quotation mark is probably not closed. Remove it, or shorten the cell."),
]  # fmt: skip


def parse_csv_rows(text: str, file: str, search: HeadingSearch = ANY_HEADING) -> NumberedRows:
    """Return the rows of a CSV text from its heading on, numbered by the line on which each begins.

    The separator is the comma, semicolon, tab or vertical bar with which the heading is recognised.
    Blank cells beyond the heading are not an error. Missing cells at the end of a row are read as
    blank, because Excel leaves out trailing separators if 16 consecutive rows end blank. Raises
    DataError for a text that is not CSV or has no heading, for every row with a value beyond the
    heading, and for rows that csv_suspicions finds.
    """
    if "\0" in text:
        raise csv_error(file, "it contains NUL characters")
    separator = detect_separator(text, file, search)
    every: NumberedRows = []
    padded: dict[int, list[str]] = {}  # the cells of rows of which some had blanks to strip
    for number, cells in ReadBudget(file).rows(raw_rows(text, separator, file)):
        stripped = [cell_text(cell) for cell in cells]
        every.append((number, stripped))
        if stripped != cells:
            padded[number] = cells
    rows = rows_from_heading(every, search)
    if not rows:
        raise csv_error(file, "it has no heading row")
    refuse_answers_above(every, rows[0][0], file)
    _check_rows(every, padded, rows, separator, file)
    return rows


def read_raw_csv_rows(data: bytes, file: str) -> tuple[str, NumberedRows]:
    """Return the separator and every row of a CSV file, including those above the heading."""
    text, _ = decode_text(data, file)
    separator = detect_separator(text, file)
    return separator, list(ReadBudget(file).rows(_parse_rows(text, separator, file)))


def csv_error(file: str, why: str, row: int | None = None) -> DataError:
    """Return the error for a file that is not CSV."""
    remedy = "Save it as comma-separated UTF-8 with a heading row."
    return DataError([Problem(file, f"cannot be read as CSV: {why}.", remedy, row)])


def detect_separator(text: str, file: str, search: HeadingSearch = ANY_HEADING) -> str:
    """Return the separator that a text declares, or with which its heading is recognised."""
    declared = _SEPARATOR_LINE.match(text)
    if declared:
        return declared[1]
    absent = [separator for separator in SEPARATOR_NAMES if separator not in text]
    # All that a text has nowhere fit equally: the first stands for them.
    candidates = [separator for separator in SEPARATOR_NAMES if separator not in absent[1:]]
    return max(candidates, key=lambda candidate: _heading_fit(text, candidate, file, search))


def _heading_fit(text: str, separator: str, file: str, search: HeadingSearch) -> tuple[bool, int]:
    """Return whether the heading is recognised with a separator, and its number of cells."""
    rows = []
    try:
        for row in _parse_rows(text, separator, file):
            if row[0] > HEADING_SEARCH_ROWS:
                break
            rows.append(row)
    except DataError:
        # Quotation marks end where another separator would have to follow: what came before
        # still says whether this is the right one.
        pass
    if found := find_headings(rows, search):
        return True, len(found[1])
    filled = (cells for _, cells in rows if any(cells))
    return False, len(next(filled, rows[0][1] if rows else []))


def _parse_rows(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    for number, cells in raw_rows(text, separator, file):
        yield number, [cell_text(cell) for cell in cells]


def raw_rows(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line on which it begins: a quoted cell may span several lines."""
    lines = (found[0] for found in _LINE.finditer(text))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    begins = 1
    declared = _SEPARATOR_LINE.match(text)
    try:
        for cells in reader:
            if not (declared and begins == 1):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _quotation_error(file, str(error), begins) from None


def _quotation_error(file: str, message: str, row: int) -> DataError:
    """Return the error for a parser's message on a row, in the project's words."""
    why, remedy = next(
        (found for sign, *found in _PARSER_MESSAGES if sign in message),
        ("a quotation mark is missing or stray", _QUOTATION_REMEDY),
    )
    return DataError([Problem(file, f"cannot be read as CSV: {why}.", remedy, row)])


def _check_rows(
    every: NumberedRows,
    padded: dict[int, list[str]],
    rows: NumberedRows,
    separator: str,
    file: str,
) -> None:
    """Raise DataError for rows that differ from what a person sees: swallowed, pushed or shifted.

    `every` has all rows, also those above the heading; `padded` the cells as they are in the
    file; `rows` the rows from the heading on.
    """
    swallowed = list(find_swallowed_rows(every, padded, separator, file))
    wide = _wide_rows(rows, separator, file)
    known = {problem.row for problem in [*swallowed, *wide] if problem.row is not None}
    shifted = find_shifted_rows(rows, padded, SEPARATOR_NAMES[separator], file, known)
    problems = sorted([*swallowed, *wide, *shifted], key=lambda problem: problem.row or 0)
    if problems:
        raise DataError(problems)


def _wide_rows(rows: NumberedRows, separator: str, file: str) -> list[Problem]:
    """Return a problem for each row with cells beyond the heading: a separator is not quoted."""
    width = filled_width(rows[0][1])
    return [
        Problem(
            file,
            f"has {filled_width(cells)} cells but the heading has {width}.",
            f"Put a cell that holds a {SEPARATOR_NAMES[separator]} in quotation marks.",
            row=line,
        )
        for line, cells in rows
        if len(cells) > width and filled_width(cells) > width
    ]


def filled_width(cells: list[str]) -> int:
    """Return the number of cells up to the last cell that is not blank."""
    return max((count for count, cell in enumerate(cells, start=1) if cell), default=0)
