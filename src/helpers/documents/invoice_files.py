"""Write the invoice basis as a workbook for people and as CSV for a billing system."""

from __future__ import annotations

from datetime import date

from helpers.documents.invoice_workbook import sheets_as_xlsx
from helpers.model.localized_text import Language
from helpers.report.report_data import ReportData
from helpers.sections.board.account.invoice_sheets import build_invoice_sheets
from helpers.sections.board.account.payment_sheet import build_payment_sheet
from helpers.sections.components.invoice_sheet import InvoiceSheet
from helpers.sections.pricing.wording_choice import section_context
from helpers.system.spreadsheets import spreadsheet_csv


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
