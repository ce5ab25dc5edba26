"""Sheets as an Excel workbook whose bytes depend on nothing but the sheets and a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from helpers.figures.invoices import Cell as Value
from helpers.figures.invoices import Kind, Sheet
from helpers.xlsx import TEXT, new_workbook, on_paper, packed, text_cell

_FORMATS: dict[Kind, str] = {"text": TEXT, "year": "0", "money": "#,##0"}
_WITH_DECIMALS = "#,##0.00"


def workbook_bytes(sheets: Sequence[Sheet], as_of: date) -> bytes:
    """The sheets as .xlsx, the heading of each frozen, filtered and repeated on paper.

    Every text is a cell of text, marked as such by its type, its format and the quotation prefix:
    one that begins like a formula stays text in Excel and LibreOffice, also when it is edited. The
    workbook says that it was made on `as_of`.
    """
    book = new_workbook(as_of)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    return packed(book, as_of)


def _fill(place: Worksheet, sheet: Sheet) -> None:
    for at, field in enumerate(sheet.fields, start=1):
        heading = text_cell(place.cell(1, at), field.heading)
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
    on_paper(place, 1)


def _set_off(place: Worksheet, line: int, *, first: bool) -> None:
    for cell in place[line]:
        cell.font = Font(bold=True)
        if first:
            cell.border = Border(top=Side(style="thin"))


def _put(cell: Cell | MergedCell, value: Value, kind: Kind) -> None:
    if isinstance(value, str):
        if value:
            text_cell(cell, value)
        return
    cell.value = value
    cell.number_format = _FORMATS[kind] if isinstance(value, int) else _WITH_DECIMALS
