"""Sheets as an Excel workbook whose bytes depend on nothing but the sheets and a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from helpers.sections.components.invoice_sheet import InvoiceSheet, SheetValueKind
from helpers.sections.components.invoice_sheet import SheetValue as Value
from helpers.system.spreadsheets import (
    TEXT_FORMAT,
    new_workbook,
    save_reproducibly,
    set_print_layout,
    set_text_cell,
)

_NUMBER_FORMATS: dict[SheetValueKind, str] = {"text": TEXT_FORMAT, "year": "0", "money": "#,##0"}
_DECIMAL_FORMAT = "#,##0.00"


def sheets_as_xlsx(sheets: Sequence[InvoiceSheet], as_of: date) -> bytes:
    """The sheets as .xlsx, the heading of each frozen, filtered and repeated on paper.

    Every text is a cell of text, marked as such by its type, its format and the quotation prefix:
    a text that begins like a formula stays text in Excel and LibreOffice, also when it is edited.
    The creation date of the workbook is `as_of`.
    """
    book = new_workbook(as_of)
    for sheet in sheets:
        _fill_worksheet(book.create_sheet(sheet.name), sheet)
    return save_reproducibly(book, as_of)


def _fill_worksheet(worksheet: Worksheet, sheet: InvoiceSheet) -> None:
    for column, field in enumerate(sheet.fields, start=1):
        heading = set_text_cell(worksheet.cell(1, column), field.heading)
        heading.font = Font(bold=True)
        heading.alignment = Alignment(wrap_text=True, vertical="top")
        worksheet.column_dimensions[get_column_letter(column)].width = field.width
    for row_number, row in enumerate([*sheet.rows, *sheet.totals], start=2):
        for column, (field, value) in enumerate(zip(sheet.fields, row, strict=True), start=1):
            _write_value(worksheet.cell(row_number, column), value, field.kind)
    for row_number in range(2 + len(sheet.rows), 2 + len(sheet.rows) + len(sheet.totals)):
        _emphasize_row(worksheet, row_number, first=row_number == 2 + len(sheet.rows))
    _set_view_and_print(worksheet, sheet)


def _set_view_and_print(worksheet: Worksheet, sheet: InvoiceSheet) -> None:
    """The heading stays in sight, columns can be filtered, and paper lies on its side."""
    worksheet.freeze_panes = "A2"
    last = get_column_letter(len(sheet.fields))
    worksheet.auto_filter.ref = f"A1:{last}{1 + len(sheet.rows)}"
    set_print_layout(worksheet, 1)


def _emphasize_row(worksheet: Worksheet, row_number: int, *, first: bool) -> None:
    for cell in worksheet[row_number]:
        cell.font = Font(bold=True)
        if first:
            cell.border = Border(top=Side(style="thin"))


def _write_value(cell: Cell | MergedCell, value: Value, kind: SheetValueKind) -> None:
    if isinstance(value, str):
        if value:
            set_text_cell(cell, value)
        return
    cell.value = value
    cell.number_format = _NUMBER_FORMATS[kind] if isinstance(value, int) else _DECIMAL_FORMAT
