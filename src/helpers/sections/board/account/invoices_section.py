"""The invoice basis as tables: what to invoice, and what to ask for, in the reader's language."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.billing.invoice_basis import InvoiceBasis
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.sections.board.account.invoice_sheets import build_invoice_sheets
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.invoice_sheet import InvoiceSheet, SheetColumn, SheetValue
from helpers.sections.components.text import callout, paragraphs


def invoices(statement: Statement, basis: InvoiceBasis, say: Localizer) -> Block:
    """The basis for analysts: both tables, as the files have them."""
    rows, requests = build_invoice_sheets(statement, basis, say)
    notice = [callout(say("EXEMPEL – ej faktura"))] if statement.reconstructed else []
    if not rows.rows:
        return paragraphs(say("Ingen kommun har sagt ja: det finns inget att fakturera."))
    return stack(*notice, _sheet_table(rows, say), _sheet_table(requests, say))


def _sheet_table(sheet: InvoiceSheet, say: Localizer) -> Block:
    columns = [Column(f.heading, "right" if f.kind == "money" else "left") for f in sheet.fields]
    lines = [*sheet.rows, *sheet.totals]
    shown = [
        [
            _format_sheet_value(cell, field, say)
            for cell, field in zip(row, sheet.fields, strict=True)
        ]
        for row in lines
    ]
    total = shown.pop() if sheet.totals else None
    return table_block(sheet.name, columns, shown, total)


def _format_sheet_value(cell: SheetValue, field: SheetColumn, say: Localizer) -> str:
    if isinstance(cell, str) or field.kind != "money":
        return str(cell)
    if isinstance(cell, int):
        return say.count(cell)
    return say.decimals(Fraction(cell), 2)
