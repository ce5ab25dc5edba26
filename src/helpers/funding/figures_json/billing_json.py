"""The key figures of the invoice basis and of the payments, by name, for figures.json."""

from __future__ import annotations

from typing import Any

from helpers.funding.billing.invoice_basis import InvoiceBasis
from helpers.funding.billing.receivables import (
    RECEIVABLE_SUMS,
    Receivable,
    ReceivablesLedger,
    ReceivableSums,
)
from helpers.funding.figures_json.json_values import units_from_hundredths


def invoice_figures(basis: InvoiceBasis) -> dict[str, Any]:
    """Return the number of invoices, their sums in currency units, and the missing details.

    Tax and amount to pay are null if the round states no rule for the tax.
    """
    return {
        "rows": len(basis.rows),
        "members": len({row.code for row in basis.rows}),
        "by_year": {str(year): sums.amount for year, sums in basis.by_year.items()},
        "vat_by_year": {
            str(year): units_from_hundredths(sums.vat) for year, sums in basis.by_year.items()
        },
        "amount": basis.total.amount,
        "vat": units_from_hundredths(basis.total.vat),
        "to_pay_by_year": {
            str(year): units_from_hundredths(sums.to_pay) for year, sums in basis.by_year.items()
        },
        "to_pay": units_from_hundredths(basis.total.to_pay),
        "requests": len(basis.requests),
        "missing_members": basis.missing_members,
        "missing_round": basis.missing,
    }


def payment_figures(ladder: ReceivablesLedger | None) -> dict[str, Any] | None:
    """Return the receivables in currency units, by year and in total; None without payments.csv.

    `positions` are the receivables that require an action, by member and year.
    """
    if ladder is None:
        return None
    return {
        "rows_known": ladder.rows_known,
        "rows_not_yet_known": ladder.rows_not_yet_known,
        "by_year": {
            str(year): _receivable_sum_figures(step) for year, step in ladder.by_year.items()
        },
        "all_years": _receivable_sum_figures(ladder.all_years),
        "uninvoiced": len(ladder.uninvoiced),
        "positions": [_receivable_figures(position) for position in ladder.to_act_on],
    }


def _receivable_sum_figures(step: ReceivableSums | Receivable) -> dict[str, int | float | None]:
    return {name: units_from_hundredths(getattr(step, name)) for name in RECEIVABLE_SUMS}


def _receivable_figures(position: Receivable) -> dict[str, Any]:
    return {
        "code": position.code,
        "name": position.name,
        "year": position.year,
        **_receivable_sum_figures(position),
        "credit_reason": position.credit_reason,
    }
