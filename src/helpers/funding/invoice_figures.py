"""The figures of the invoice basis and of the payment ladder, by name, for figures.json."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from helpers.funding.invoices import InvoiceBasis
from helpers.funding.payments import STEPS, Ladder, Position, Step


def invoice_figures(basis: InvoiceBasis) -> dict[str, Any]:
    """How many invoices, their sums in units of currency, and what is missing for them.

    Tax and what is to pay are null where no rule for the tax is stated.
    """
    return {
        "rows": len(basis.rows),
        "members": len({row.code for row in basis.rows}),
        "by_year": {str(year): sums.amount for year, sums in basis.by_year.items()},
        "vat_by_year": {str(year): _units(sums.vat) for year, sums in basis.by_year.items()},
        "amount": basis.total.amount,
        "vat": _units(basis.total.vat),
        "to_pay_by_year": {str(year): _units(sums.to_pay) for year, sums in basis.by_year.items()},
        "to_pay": _units(basis.total.to_pay),
        "requests": len(basis.requests),
        "missing_members": basis.missing_members,
        "missing_round": basis.missing,
    }


def payment_figures(ladder: Ladder | None) -> dict[str, Any] | None:
    """The ladder in units of currency, per year and over all years; None without payments.csv.

    `positions` are those to act on, by member and year.
    """
    if ladder is None:
        return None
    return {
        "rows_known": ladder.rows_known,
        "rows_not_yet_known": ladder.rows_not_yet_known,
        "by_year": {str(year): _step(step) for year, step in ladder.by_year.items()},
        "all_years": _step(ladder.all_years),
        "uninvoiced": len(ladder.uninvoiced),
        "positions": [_position(position) for position in ladder.to_act_on],
    }


def _step(step: Step | Position) -> dict[str, int | float | None]:
    return {name: _units(getattr(step, name)) for name in STEPS}


def _position(position: Position) -> dict[str, Any]:
    return {
        "code": position.code,
        "name": position.name,
        "year": position.year,
        **_step(position),
        "credit_reason": position.credit_reason,
    }


def _units(hundredths: int | None) -> int | float | None:
    """An amount in units: a whole number, or the JSON number nearest to its two decimals."""
    if hundredths is None or hundredths % 100 == 0:
        return None if hundredths is None else hundredths // 100
    return float(Fraction(hundredths, 100))
