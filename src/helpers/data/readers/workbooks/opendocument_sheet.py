"""Read from a sheet of an .ods what a person sees in addition to values; calamine leaves it out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from openpyxl.xml.functions import iterparse

from helpers.data.cells.read_budget import MAX_ROWS
from helpers.data.readers.workbooks.sheet_appearance import SheetAppearance
from helpers.data.readers.workbooks.workbook_archive import (
    KEEP_REGISTER_SHEET,
    damaged_workbook_error,
    workbook_error,
)
from helpers.errors import DataError

_CONTENT_PART = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_EXTENDED = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_HIDDEN_STATES = {"collapse", "filter"}
_COLUMN, _ROW = f"{_TABLE}table-column", f"{_TABLE}table-row"
_COLUMN_AND_ROW = {_COLUMN, _ROW}
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
# A longer repetition is the blank rest of a sheet, stored as one row or cell that is repeated.
_MAX_REPEATED = 16_384
_MAX_ERRORS = 1_000_000


def is_opendocument(data: bytes) -> bool:
    """Return whether a zip archive is an OpenDocument file."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _CONTENT_PART in archive.namelist()
    except BadZipFile:
        return False


def read_opendocument_sheet(
    data: bytes, sheet: str, file: str
) -> tuple[SheetAppearance, dict[tuple[int, int], str]]:
    """Return a sheet's appearance, and the text of its error cells by (row, column) from 1."""
    try:
        with ZipFile(BytesIO(data)) as archive, archive.open(_CONTENT_PART) as content:
            return _read_table(_parts_of_table(content, sheet), file)
    except DataError:
        raise
    except Exception:  # damage surfaces as any of a dozen exceptions
        raise damaged_workbook_error(file) from None


def _parts_of_table(content: IO[bytes], sheet: str) -> Iterator[Any]:
    """Yield the columns and rows of the only table of that name; each is forgotten afterwards.

    The tree of a large sheet would take some thirty times as much memory as its text.
    """
    found, inside = 0, False
    for event, item in iterparse(content, events=("start", "end")):
        if item.tag == f"{_TABLE}table":
            inside = event == "start" and item.get(f"{_TABLE}name") == sheet
            found += inside
        elif event == "end" and item.tag in _COLUMN_AND_ROW:
            if inside:
                yield item
            item.clear()
    if found != 1:
        raise ValueError(sheet)


def _read_table(
    parts: Iterator[Any], file: str
) -> tuple[SheetAppearance, dict[tuple[int, int], str]]:
    shown = SheetAppearance()
    errors: dict[tuple[int, int], str] = {}
    column = row = 1
    for part in parts:
        hidden = part.get(f"{_TABLE}visibility") in _HIDDEN_STATES
        if part.tag == _COLUMN:
            repeated = _repeated(part, "columns")
            if hidden:
                shown.hidden_columns |= _span(column, repeated)
            column += repeated
        elif row <= MAX_ROWS:  # of the rows beyond it none is read
            repeated = _repeated(part, "rows")
            if hidden:
                shown.hidden_rows |= _span(row, repeated)
            _read_cells(part, _span(row, repeated), shown, errors)
            row += repeated
        if len(errors) > _MAX_ERRORS:
            what = f"has more than {_MAX_ERRORS:,} cells with an error."
            raise workbook_error(file, what, KEEP_REGISTER_SHEET)
    return shown, errors


def _read_cells(
    row: Any, numbers: set[int], shown: SheetAppearance, errors: dict[tuple[int, int], str]
) -> None:
    """Add the marks and errors of a row's cells; the row is repeated at each of `numbers`."""
    position = 1
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        repeated = _repeated(cell, "columns")
        rows = int(cell.get(f"{_TABLE}number-rows-spanned", 1))
        columns = int(cell.get(f"{_TABLE}number-columns-spanned", 1))
        top = min(numbers)
        if rows > 1 or columns > 1:
            shown.merged.append((top, top + rows - 1, position, position + columns - 1))
        for comment in cell.iter(f"{_OFFICE}annotation"):
            shown.comments[top, position] = _shown_text(comment)
        if cell.get(f"{_EXTENDED}value-type") == "error":
            text = _shown_text(cell)
            cells = ((one, at) for one in numbers for at in _span(position, repeated))
            errors.update(dict.fromkeys(islice(cells, _MAX_ERRORS + 1), text))
        position += repeated


def _span(start: int, repeated: int) -> set[int]:
    return set(range(start, start + min(repeated, _MAX_REPEATED)))


def _repeated(item: Any, what: str) -> int:
    return int(item.get(f"{_TABLE}number-{what}-repeated", 1))


def _shown_text(item: Any) -> str:
    """Return the paragraphs of a cell or a comment; a cell's text excludes its comments."""
    paragraphs = (one for one in item if one.tag == f"{_TEXT}p")
    return " ".join(" ".join("".join(one.itertext()).split()) for one in paragraphs)
