"""The invoice basis as tables: what to invoice, and which details to request."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.billing.invoice_basis import InvoiceBasis
from helpers.i18n.localizer import Localizer
from helpers.sections.board.account.invoice_sheets import (
    build_invoice_sheets,
    not_an_invoice_text,
)
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.invoice_sheet import InvoiceSheet, SheetColumn, SheetValue
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import callout, paragraphs


def invoices(context: SectionContext, basis: InvoiceBasis) -> Block:
    """The basis for analysts: both tables, as in the files."""
    loc = context.loc
    rows, requests = build_invoice_sheets(context, basis)
    text = not_an_invoice_text(context)
    notice = [callout(text)] if text else []
    if not rows.rows:
        return paragraphs(loc("Ingen kommun har sagt ja: det finns inget att fakturera."))
    return stack(*notice, _sheet_table(rows, loc), _sheet_table(requests, loc))


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
    return loc.decimals(Fraction(cell), 2)
