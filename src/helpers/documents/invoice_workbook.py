"""Write sheets as an Excel workbook; its bytes depend only on the sheets and a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from helpers.sections.components.invoice_sheet import InvoiceSheet, SheetValueKind
from helpers.system.workbook_writer import (
    ExcelValue,
    add_table_sheet,
    bold_font,
    new_workbook,
    workbook_bytes,
)

_NUMBER_FORMATS: dict[SheetValueKind, str] = {"text": "@", "year": "0", "money": "#,##0"}
_DECIMAL_FORMAT, _THREE_DECIMALS_FORMAT = "#,##0.00", "#,##0.000"


def sheets_as_xlsx(sheets: Sequence[InvoiceSheet], as_of: date) -> bytes:
    """Write the sheets as .xlsx: title, day, notice and totals above the heading and the rows.

    All that is above the rows stays visible when a sheet is scrolled; its heading is repeated on
    paper. A text that begins like a formula stays text in Excel and LibreOffice, also after
    editing. `as_of` is the workbook's date.
    """
    book = new_workbook(as_of, sheets[0].above[0] if sheets[0].above else "")
    for sheet in sheets:
        _add_invoice_sheet(book, sheet)
    return workbook_bytes(book, as_of)


def _add_invoice_sheet(book: Workbook, sheet: InvoiceSheet) -> None:
    """Add what is above the rows, the totals in bold, and the rows with a filter."""

    def number_format(column: int, value: ExcelValue) -> str:
        if isinstance(value, int):
            return _NUMBER_FORMATS[sheet.columns[column].value_kind]
        three = len(str(value).partition(".")[2]) == 3
        return _THREE_DECIMALS_FORMAT if three else _DECIMAL_FORMAT

    worksheet = add_table_sheet(
        book,
        sheet.name,
        [(field.heading, field.width) for field in sheet.columns],
        sheet.rows,
        number_format,
        lines_above=sheet.above,
        totals=sheet.totals,
    )
    if sheet.above:
        worksheet["A1"].font = bold_font(14)
    heading_row = 1 + len(sheet.above) + len(sheet.totals)
    last_cell = f"{get_column_letter(len(sheet.columns))}{heading_row + len(sheet.rows)}"
    worksheet.auto_filter.ref = f"A{heading_row}:{last_cell}"
