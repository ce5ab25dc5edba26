"""Write the invoice basis as a workbook for people and as CSV for a billing system.

The bytes of a workbook depend only on its sheets and a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from helpers.model.localized_text import Language
from helpers.report.report_data import ReportData
from helpers.sections.board.account.invoice_sheets import build_invoice_sheets
from helpers.sections.board.account.payment_sheet import build_payment_sheet
from helpers.sections.components.invoice_sheet import InvoiceSheet, SheetValueKind
from helpers.sections.pricing.wording_choice import section_context
from helpers.system.spreadsheets import spreadsheet_csv
from helpers.system.workbook_writer import (
    ExcelValue,
    add_table_sheet,
    bold_font,
    new_workbook,
    workbook_bytes,
)

_NUMBER_FORMATS: dict[SheetValueKind, str] = {"text": "@", "year": "0", "money": "#,##0"}
_DECIMAL_FORMAT, _THREE_DECIMALS_FORMAT = "#,##0.00", "#,##0.000"


def invoice_files(report: ReportData, language: Language = "sv") -> dict[str, bytes]:
    """Return the invoice basis of a report by file name: invoices.xlsx and invoices.csv.

    It covers what is left to invoice of every yes of the day. The same report gives the same
    bytes.
    """
    context = section_context(report.statement, language)
    rows, requests = build_invoice_sheets(context, report.invoice_basis)
    ledger = report.receivables
    paid = () if ledger is None else (build_payment_sheet(context, ledger),)
    return basis_files(rows, requests, report.statement.as_of, *paid)


def basis_files(
    rows: InvoiceSheet, requests: InvoiceSheet, as_of: date, *others: InvoiceSheet
) -> dict[str, bytes]:
    """The sheets as files, by name; the CSV has the rows alone."""
    return {
        "invoices.xlsx": sheets_as_xlsx([rows, requests, *others], as_of),
        "invoices.csv": invoice_csv(rows),
    }


def invoice_csv(sheet: InvoiceSheet) -> bytes:
    """Return the rows as CSV (see `spreadsheet_csv`).

    The totals are left out, because a billing system would read them as invoices.
    """
    return spreadsheet_csv([[field.heading for field in sheet.columns], *sheet.rows])


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
