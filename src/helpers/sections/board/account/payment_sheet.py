"""The sheet of the invoice basis that shows what has been invoiced and paid, member by member."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.billing.receivables import Receivable
from helpers.funding.billing.receivables_ledger import ReceivablesLedger, ReceivableSums
from helpers.i18n.localizer import Localizer
from helpers.model.currency import THOUSANDTHS_PER_UNIT
from helpers.sections.components.invoice_sheet import (
    InvoiceSheet,
    SheetColumn,
    SheetValue,
    units_to_sheet_value,
)
from helpers.sections.components.notices import sheet_opening
from helpers.sections.components.payment_texts import action_text
from helpers.sections.components.section_context import SectionContext

_ADVANCES = ("advance_in", "advance_out")


def build_payment_sheet(context: SectionContext, ledger: ReceivablesLedger) -> InvoiceSheet:
    """A row for each member and year with anything secured, invoiced or paid, and the sums.

    The column of what is still to be invoiced has the amounts of the basis's own rows. Advances
    have columns where there are any.
    """
    loc = context.loc
    example = [loc("EXEMPEL – ej faktura")] * context.statement.reconstructed
    labels = _amount_labels(ledger, loc)
    columns = [
        *([SheetColumn(loc("Obs"), width=26)] * len(example)),
        SheetColumn(loc("Kod"), width=8),
        SheetColumn(loc("Kommun"), width=22),
        SheetColumn(loc("År"), "year", 8),
        *(SheetColumn(label, "money", 20) for label in labels.values()),
        SheetColumn(loc("Att göra"), width=56),
    ]
    rows: list[list[SheetValue]] = [
        [*example, p.code, p.name, p.year, *_amounts(p, labels), action_text(p, loc)]
        for p in ledger.positions
    ]
    totals: list[list[SheetValue]] = [
        [*example, label, "", "", *_amounts(sums, labels), ""]
        for label, sums in _labelled_sums(ledger, loc)
    ]
    name = loc("Fakturerat och betalt")
    return InvoiceSheet(name, columns, rows, totals, sheet_opening(context, name))


def _amount_labels(ledger: ReceivablesLedger, loc: Localizer) -> dict[str, str]:
    labels = {
        "secured": loc("Säkrat, kr"),
        "invoiced": loc("Fakturerat, kr"),
        "paid": loc("Betalt, kr"),
        "advance_in": loc("Förskott från tidigare år, kr"),
        "advance_out": loc("Förskott till senare år, kr"),
        "overpaid": loc("Överbetalt, kr"),
        "paid_without_yes": loc("Betalt utan ja, kr"),
        "outstanding": loc("Utestående, kr"),
        "not_invoiced": loc("Kvar att fakturera, kr"),
        "credit_due": loc("Att kreditera, kr"),
    }
    has_advances = any(position.advance_in for position in ledger.positions)
    return {n: label for n, label in labels.items() if has_advances or n not in _ADVANCES}


def _labelled_sums(ledger: ReceivablesLedger, loc: Localizer) -> list[tuple[str, ReceivableSums]]:
    sums = [(loc("Summa {year}", year=str(year)), step) for year, step in ledger.by_year.items()]
    return sums if len(sums) == 1 else [*sums, (loc("Summa alla år"), ledger.all_years)]


def _amounts(step: Receivable | ReceivableSums, labels: dict[str, str]) -> list[SheetValue]:
    """Whole amounts as integers, others with their two or three decimals."""
    found = (Fraction(getattr(step, name), THOUSANDTHS_PER_UNIT) for name in labels)
    return [units_to_sheet_value(amount) for amount in found]
