"""The invoice basis as tables: what to invoice, and which details to request."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from helpers.funding.billing.invoice_basis import InvoiceBasis
from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.i18n.localizer import Localizer
from helpers.sections.board.account.invoice_sheets import build_invoice_sheets, not_an_invoice_text
from helpers.sections.board.account.payment_sheet import build_payment_sheet
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.invoice_sheet import InvoiceSheet, SheetColumn, SheetValue
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record
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
    make = FieldMaker(loc)
    headings = [field.heading for field in sheet.columns]
    fields = [
        make.amount(f.heading, f.heading, "{currency}")
        if f.value_kind == "money"
        else make.text(f.heading, f.heading)
        for f in sheet.columns
    ]
    fields = [
        field.shown_as(partial(_format_sheet_value, column=column, loc=loc))
        for field, column in zip(fields, sheet.columns, strict=True)
    ]
    records = [dict(zip(headings, row, strict=True)) for row in (*sheet.rows, *sheet.totals)]
    total = records.pop() if sheet.totals else None
    return data_block(SectionTable.of(loc, sheet.name, fields, records, total=total))


def _format_sheet_value(record: Record, column: SheetColumn, loc: Localizer) -> str:
    cell: SheetValue = record[column.heading]
    if isinstance(cell, str) or column.value_kind != "money":
        return str(cell)
    if isinstance(cell, int):
        return loc.count(cell)
    return loc.decimals(Fraction(cell), max(2, -int(cell.as_tuple().exponent)))
