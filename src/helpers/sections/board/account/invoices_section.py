"""The invoice basis as tables: what to invoice, and which details to request."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.billing.invoice_basis import InvoiceBasis
from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.i18n.localizer import Localizer
from helpers.sections.board.account.invoice_sheets import build_invoice_sheets, not_an_invoice_text
from helpers.sections.board.account.payment_sheet import build_payment_sheet
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.invoice_sheet import InvoiceSheet, SheetColumn, SheetValue
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import callout, paragraphs


def invoices(
    context: SectionContext, basis: InvoiceBasis, ledger: ReceivablesLedger | None = None
) -> Block:
    """The basis for analysts: its tables, as the files have them."""
    loc = context.loc
    rows, requests = build_invoice_sheets(context, basis)
    text = not_an_invoice_text(context)
    notice = [callout(text)] if text else []
    paid = _payments_table(context, ledger)
    if not rows.rows:
        return stack(*notice, paragraphs(_nothing_left_text(context)), paid)
    return stack(*notice, _sheet_table(rows, loc), _sheet_table(requests, loc), paid)


def _nothing_left_text(context: SectionContext) -> str:
    if not context.statement.total.yes:
        return context.loc("Ingen kommun har sagt ja: det finns inget att fakturera.")
    return context.loc("Det finns inget kvar att fakturera.")


def _payments_table(context: SectionContext, ledger: ReceivablesLedger | None) -> Block:
    if ledger is None or not ledger.positions:
        return EMPTY_BLOCK
    return _sheet_table(build_payment_sheet(context, ledger), context.loc)


def _sheet_table(sheet: InvoiceSheet, loc: Localizer) -> Block:
    columns = [
        Column(f.heading, "right" if f.value_kind == "money" else "left") for f in sheet.columns
    ]
    lines = [*sheet.rows, *sheet.totals]
    cells = [
        [
            _format_sheet_value(cell, field, loc)
            for cell, field in zip(row, sheet.columns, strict=True)
        ]
        for row in lines
    ]
    total = cells.pop() if sheet.totals else None
    return table_block(sheet.name, columns, cells, total)


def _format_sheet_value(cell: SheetValue, field: SheetColumn, loc: Localizer) -> str:
    if isinstance(cell, str) or field.value_kind != "money":
        return str(cell)
    if isinstance(cell, int):
        return loc.count(cell)
    return loc.decimals(Fraction(cell), max(2, -int(cell.as_tuple().exponent)))
