"""Read from a sheet of an .ods what a person sees in addition to values; calamine leaves it out."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl.xml.functions import fromstring

from helpers.data.readers.workbooks.sheet_appearance import SheetAppearance
from helpers.data.readers.workbooks.workbook_archive import damaged_workbook_error

_CONTENT_PART = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_EXTENDED = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_HIDDEN_STATES = {"collapse", "filter"}
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
# A longer repetition is the blank rest of a sheet, stored as one row or cell that is repeated.
_MAX_REPEATED = 16_384


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
        with ZipFile(BytesIO(data)) as archive:
            root = fromstring(archive.read(_CONTENT_PART))
        [table] = [one for one in root.iter(f"{_TABLE}table") if one.get(f"{_TABLE}name") == sheet]
        return _read_table(table)
    except Exception:  # damage surfaces as any of a dozen exceptions
        raise damaged_workbook_error(file) from None


def _read_table(table: Any) -> tuple[SheetAppearance, dict[tuple[int, int], str]]:
    shown = SheetAppearance()
    errors: dict[tuple[int, int], str] = {}
    at = 1
    for column in table.iter(f"{_TABLE}table-column"):
        repeated = _repeated(column, "columns")
        if column.get(f"{_TABLE}visibility") in _HIDDEN_STATES:
            shown.hidden_columns |= _span(at, repeated)
        at += repeated
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        repeated = _repeated(row, "rows")
        if row.get(f"{_TABLE}visibility") in _HIDDEN_STATES:
            shown.hidden_rows |= _span(number, repeated)
        _read_cells(row, _span(number, repeated), shown, errors)
        number += repeated
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
            errors.update({(one, at): text for one in numbers for at in _span(position, repeated)})
        position += repeated


def _span(start: int, repeated: int) -> set[int]:
    return set(range(start, start + min(repeated, _MAX_REPEATED)))


def _repeated(item: Any, what: str) -> int:
    return int(item.get(f"{_TABLE}number-{what}-repeated", 1))


def _shown_text(item: Any) -> str:
    """Return the paragraphs of a cell or a comment; a cell's text excludes its comments."""
    paragraphs = (one for one in item if one.tag == f"{_TEXT}p")
    return " ".join(" ".join("".join(one.itertext()).split()) for one in paragraphs)
