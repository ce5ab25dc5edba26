"""Write sheets as an Excel workbook; its bytes depend only on the sheets and a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl.styles import Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from helpers.sections.components.invoice_sheet import InvoiceSheet, SheetValueKind
from helpers.system.workbook_writer import ExcelValue, add_table_sheet, new_workbook, workbook_bytes

_NUMBER_FORMATS: dict[SheetValueKind, str] = {"text": "@", "year": "0", "money": "#,##0"}
_DECIMAL_FORMAT, _THREE_DECIMALS_FORMAT = "#,##0.00", "#,##0.000"


def sheets_as_xlsx(sheets: Sequence[InvoiceSheet], as_of: date) -> bytes:
    """Write the sheets as .xlsx; each heading is frozen, filtered and repeated on paper.

    A text that begins like a formula stays text in Excel and LibreOffice, also after editing.
    `as_of` is the workbook's date.
    """
    book = new_workbook(as_of)
    for sheet in sheets:
        _add_invoice_sheet(book, sheet)
    return workbook_bytes(book, as_of)


def _add_invoice_sheet(book: Workbook, sheet: InvoiceSheet) -> None:
    """Add the rows, with a filter, and the totals in bold below a line."""

    def number_format(column: int, value: ExcelValue) -> str:
        if isinstance(value, int):
            return _NUMBER_FORMATS[sheet.columns[column].value_kind]
        three = len(str(value).partition(".")[2]) == 3
        return _THREE_DECIMALS_FORMAT if three else _DECIMAL_FORMAT

    headings = [(field.heading, field.width) for field in sheet.columns]
    worksheet = add_table_sheet(
        book, sheet.name, headings, [*sheet.rows, *sheet.totals], number_format
    )
    last_row = 1 + len(sheet.rows)
    worksheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{last_row}"
    for row in range(last_row + 1, last_row + 1 + len(sheet.totals)):
        for cell in worksheet[row]:
            cell.font = Font(bold=True)
            if row == last_row + 1:
                cell.border = Border(top=Side(style="thin"))
