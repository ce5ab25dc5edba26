"""Write the invoice basis as a workbook for people and as CSV for a billing system."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

from helpers.documents.invoice_workbook import sheets_as_xlsx
from helpers.model.localized_text import Language
from helpers.report.board_report import BoardReport
from helpers.sections.board.account.invoice_sheets import build_invoice_sheets
from helpers.sections.board.account.payment_sheet import build_payment_sheet
from helpers.sections.components.invoice_sheet import InvoiceSheet, SheetValue
from helpers.sections.pricing.wording_choice import section_context
from helpers.system.spreadsheets import escape_formula


def invoice_files(report: BoardReport, language: Language = "sv") -> dict[str, bytes]:
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


def spreadsheet_csv(rows: Iterable[Sequence[SheetValue]]) -> bytes:
    """Return rows as CSV that Swedish Excel opens without an import dialog.

    UTF-8 with a byte order mark, semicolons, decimal commas and Windows line ends. A text that a
    spreadsheet would read as a formula gets a leading apostrophe.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows(_csv_row(row) for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _csv_row(row: Sequence[SheetValue]) -> list[str]:
    return [escape_formula(cell) if isinstance(cell, str) else _decimal_comma(cell) for cell in row]


def _decimal_comma(number: int | Decimal) -> str:
    return str(number).replace(".", ",")
