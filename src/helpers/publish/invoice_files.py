"""The invoice basis as files: a workbook for people, CSV for a billing system; the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

from helpers.figures.invoices import Cell, Sheet, basis_sheets
from helpers.formats import Speech
from helpers.formulas import harmless
from helpers.publish.workbook import workbook_bytes
from helpers.report import BoardReport
from helpers.terms import Language


def invoice_files(report: BoardReport, language: Language = "sv") -> dict[str, bytes]:
    """The invoice basis of a report, by file name: invoices.xlsx and invoices.csv.

    It covers every yes of the day. The same report gives the same bytes.
    """
    say = Speech.of(report.statement.round, language)
    rows, requests = basis_sheets(report.statement, report.invoice_basis, say)
    return basis_files(rows, requests, report.statement.as_of)


def basis_files(rows: Sheet, requests: Sheet, as_of: date) -> dict[str, bytes]:
    """The two sheets as files, by name; the CSV has the rows alone."""
    return {
        "invoices.xlsx": workbook_bytes([rows, requests], as_of),
        "invoices.csv": csv_bytes(rows),
    }


def csv_bytes(sheet: Sheet) -> bytes:
    """The rows as CSV that Swedish Excel opens as it is, without the totals.

    UTF-8 with a byte order mark, semicolons, decimal commas and Windows line ends. A text that a
    spreadsheet would take for a formula gets an apostrophe before it. No totals: a billing system
    would take them for invoices.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(field.heading) for field in sheet.fields])
    writer.writerows(_line(row) for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _line(row: Sequence[Cell]) -> list[str]:
    return [harmless(cell) if isinstance(cell, str) else _number(cell) for cell in row]


def _number(number: int | Decimal) -> str:
    return str(number).replace(".", ",")
