"""Writes tables as Excel sheets: text stays text, and the same tables give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

ExcelValue: TypeAlias = str | int | float | bool | Decimal | date | None

_WRAPPED_LENGTH = 80  # characters, from which a text takes several lines of its cell
_TEXT_FORMAT = "@"  # the number format of a text
_EARLIEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can state
_MODIFIED_TAG = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def bold_font(size: int = 11) -> Font:
    """The typeface of the other cells in bold: a font without a name would be another one."""
    return Font(name="Calibri", size=size, bold=True)


def new_workbook(as_of: date, title: str = "") -> Workbook:
    """Create a workbook without sheets whose date of creation is `as_of`."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    book.properties.creator = "funding-report"
    book.properties.created = datetime.combine(as_of, time.min)
    book.properties.title = title or None
    return book


def add_table_sheet(
    book: Workbook,
    name: str,
    headings: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[ExcelValue]],
    number_format: Callable[[int, ExcelValue], str] = lambda column, value: "General",
    *,
    lines_above: Sequence[str] = (),
    totals: Sequence[Sequence[ExcelValue]] = (),
) -> Worksheet:
    """Add a sheet: lines of text, totals in bold, a heading row, the rows; return the sheet.

    `headings` are texts with widths in characters. `number_format` gets a column, counted from 0,
    and a value other than text. The heading row is bold, stays visible when the sheet is scrolled,
    and is repeated on every page of paper.
    """
    sheet: Worksheet = book.create_sheet(name)
    for row, line in enumerate(lines_above, start=1):
        _set_text(sheet.cell(row, 1), line)
    for row, values in enumerate(totals, start=len(lines_above) + 1):
        _set_row(sheet, row, values, number_format)
        for cell in sheet[row]:
            cell.font = bold_font()
    heading_row = len(lines_above) + len(totals) + 1
    for column, (heading, width) in enumerate(headings, start=1):
        cell = _set_text(sheet.cell(heading_row, column), heading)
        cell.font = bold_font()
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, values in enumerate(rows, start=heading_row + 1):
        _set_row(sheet, row, values, number_format)
    sheet.freeze_panes = f"A{heading_row + 1}"
    _set_print_layout(sheet, heading_row)
    return sheet


def _set_row(
    sheet: Worksheet,
    row: int,
    values: Sequence[ExcelValue],
    number_format: Callable[[int, ExcelValue], str],
) -> None:
    for column, value in enumerate(values):
        cell = sheet.cell(row, column + 1)
        if not isinstance(value, str):
            cell.value = value
            cell.number_format = number_format(column, value)
        elif value:
            _set_text(cell, value)
            if len(value) > _WRAPPED_LENGTH:  # or the next column would cut it off
                cell.alignment = Alignment(wrap_text=True, vertical="top")


def workbook_bytes(book: Workbook, as_of: date) -> bytes:
    """Save the workbook; openpyxl would write the time of saving into it and into its zip file."""
    saved = BytesIO()
    book.save(saved)
    saved_on = f"{as_of.isoformat()}T00:00:00Z".encode()
    target = BytesIO()
    with ZipFile(saved) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED_TAG.sub(rb"\g<1>" + saved_on, content)
            new.writestr(ZipInfo(name, _EARLIEST_ZIP_DATE), content, ZIP_DEFLATED)
    return target.getvalue()


def _set_text(cell: Cell | MergedCell, text: str) -> Cell | MergedCell:
    """Write text as text: openpyxl would make a formula of a text that begins with =.

    Marked by type, format and quotation prefix, it stays text in Excel and LibreOffice, also when
    it is edited.
    """
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
    cell.data_type = "s"
    cell.number_format = _TEXT_FORMAT
    cell.quotePrefix = True
    return cell


def _set_print_layout(worksheet: Worksheet, heading_row: int) -> None:
    """Print in landscape, as wide as the page, with the heading on every page."""
    worksheet.print_title_rows = f"{heading_row}:{heading_row}"
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = "9"  # A4
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
