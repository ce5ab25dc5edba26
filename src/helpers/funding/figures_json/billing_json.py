"""The key figures of the invoice basis and of the payments, by name, for figures.json."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from helpers.funding.billing.invoice_basis import InvoiceBasis
from helpers.funding.billing.payment_counts import PaymentCounts, payment_state
from helpers.funding.billing.receivables import Receivable
from helpers.funding.billing.receivables_ledger import (
    RECEIVABLE_SUMS,
    ReceivablesLedger,
    ReceivableSums,
    sum_receivables,
)
from helpers.funding.figures_json.json_values import json_number, units_from_thousandths
from helpers.model.currency import MILLIONTHS_PER_UNIT, THOUSANDTHS_PER_UNIT
from helpers.pricing.decimals import whole_or_fraction


def invoice_figures(basis: InvoiceBasis) -> dict[str, Any]:
    """How many invoices are left, their sums in units of currency, and what is missing for them.

    Tax and amount to pay are null if the round states no rule for the tax.
    """
    return {
        "rows": len(basis.rows),
        "members": len({row.code for row in basis.rows}),
        "by_year": {str(year): _units(sums.amount) for year, sums in basis.by_year.items()},
        "vat_by_year": {
            str(year): units_from_thousandths(sums.vat) for year, sums in basis.by_year.items()
        },
        "amount": _units(basis.total.amount),
        "vat": units_from_thousandths(basis.total.vat),
        "to_pay_by_year": {
            str(year): units_from_thousandths(sums.to_pay) for year, sums in basis.by_year.items()
        },
        "to_pay": units_from_thousandths(basis.total.to_pay),
        "requests": len(basis.requests),
        "missing_members": basis.missing_members,
        "missing_round": basis.missing,
    }


def _units(amount: int | Fraction) -> int | float | None:
    return units_from_thousandths(int(amount * THOUSANDTHS_PER_UNIT))


def payment_figures(ladder: ReceivablesLedger | None) -> dict[str, Any] | None:
    """Return the receivables in currency units, by year and in total; None without payments.csv.

    `positions` are the receivables that require an action, by member and year.
    """
    if ladder is None:
        return None
    return {
        "rows_known": ladder.rows_known,
        "rows_not_yet_known": ladder.rows_not_yet_known,
        "amounts_rounded": ladder.amounts_rounded,
        "rounding_invoiced": _from_millionths(ladder.rounding[0]),
        "rounding_paid": _from_millionths(ladder.rounding[1]),
        "overpaid_rule": "advance" if ladder.keeps_overpaid else "repaid",
        "by_year": {
            str(year): _ladder_figures(sums, ladder.counts_by_year[year])
            for year, sums in ladder.by_year.items()
        },
        "all_years": _ladder_figures(ladder.all_years, ladder.counts),
        "uninvoiced": len(ladder.uninvoiced),
        "positions": [_receivable_figures(position) for position in ladder.to_act_on],
    }


def _from_millionths(millionths: int) -> int | float | None:
    return json_number(whole_or_fraction(Fraction(millionths, MILLIONTHS_PER_UNIT)))


def member_payment_figures(positions: Sequence[Receivable], years: Sequence[int]) -> dict[str, Any]:
    """The ladder of one member, per year and over all years, and what it has paid in a word."""
    by_year = {year: [p for p in positions if p.year == year] for year in sorted(years)}
    return {
        "by_year": {str(year): _sum_figures(sum_receivables(own)) for year, own in by_year.items()},
        "all_years": _sum_figures(sum_receivables(list(positions))),
        "state": payment_state(positions),
    }


def _ladder_figures(sums: ReceivableSums, counts: PaymentCounts) -> dict[str, Any]:
    return {
        **_sum_figures(sums),
        "paid_share": json_number(sums.paid_share),
        **{f"members_{name}": number for name, number in asdict(counts).items()},
    }


def _sum_figures(step: ReceivableSums | Receivable) -> dict[str, int | float | None]:
    return {name: units_from_thousandths(getattr(step, name)) for name in RECEIVABLE_SUMS}


def _receivable_figures(position: Receivable) -> dict[str, Any]:
    return {
        "code": position.code,
        "name": position.name,
        "year": position.year,
        **_sum_figures(position),
        "credit_reason": position.credit_reason,
    }
