"""Sheets as an Excel workbook whose bytes depend on nothing but the sheets and a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from helpers.figures.invoices import Cell as Value
from helpers.figures.invoices import Kind, Sheet

_FORMATS: dict[Kind, str] = {"text": "@", "year": "0", "money": "#,##0"}
_WITH_DECIMALS = "#,##0.00"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def workbook_bytes(sheets: Sequence[Sheet], as_of: date) -> bytes:
    """The sheets as .xlsx, the heading of each frozen, filtered and repeated on paper.

    Every text is a cell of text, marked as such by its type, its format and the quotation prefix:
    one that begins like a formula stays text in Excel and LibreOffice, also when it is edited. The
    workbook says that it was made on `as_of`.
    """
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    book.properties.creator = "funding-report"
    book.properties.created = datetime.combine(as_of, time.min)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    target = BytesIO()
    book.save(target)
    return _timeless(target.getvalue(), as_of)


def _fill(place: Worksheet, sheet: Sheet) -> None:
    for at, field in enumerate(sheet.fields, start=1):
        heading = _text(place.cell(1, at), field.heading)
        heading.font = Font(bold=True)
        heading.alignment = Alignment(wrap_text=True, vertical="top")
        place.column_dimensions[get_column_letter(at)].width = field.width
    for line, row in enumerate([*sheet.rows, *sheet.totals], start=2):
        for at, (field, value) in enumerate(zip(sheet.fields, row, strict=True), start=1):
            _put(place.cell(line, at), value, field.kind)
    for line in range(2 + len(sheet.rows), 2 + len(sheet.rows) + len(sheet.totals)):
        _set_off(place, line, first=line == 2 + len(sheet.rows))
    _for_reading(place, sheet)


def _for_reading(place: Worksheet, sheet: Sheet) -> None:
    """The heading stays in sight, columns can be filtered, and paper lies on its side."""
    place.freeze_panes = "A2"
    last = get_column_letter(len(sheet.fields))
    place.auto_filter.ref = f"A1:{last}{1 + len(sheet.rows)}"
    place.print_title_rows = "1:1"
    place.page_setup.orientation = "landscape"
    place.page_setup.paperSize = "9"  # A4
    place.page_setup.fitToHeight = 0
    place.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]


def _set_off(place: Worksheet, line: int, *, first: bool) -> None:
    for cell in place[line]:
        cell.font = Font(bold=True)
        if first:
            cell.border = Border(top=Side(style="thin"))


def _put(cell: Cell | MergedCell, value: Value, kind: Kind) -> None:
    if isinstance(value, str):
        if value:
            _text(cell, value)
        return
    cell.value = value
    cell.number_format = _FORMATS[kind] if isinstance(value, int) else _WITH_DECIMALS


def _text(cell: Cell | MergedCell, text: str) -> Cell | MergedCell:
    """Text as text: openpyxl would make a formula of what begins with an equals sign."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
    cell.data_type = "s"
    cell.number_format = _FORMATS["text"]
    cell.quotePrefix = True
    return cell


def _timeless(data: bytes, as_of: date) -> bytes:
    """The workbook packed anew: openpyxl writes the time of saving into it and its zip file."""
    saved_on = f"{as_of.isoformat()}T00:00:00Z".encode()
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + saved_on, content)
            new.writestr(ZipInfo(name, _FIRST_DAY), content, ZIP_DEFLATED)
    return target.getvalue()
