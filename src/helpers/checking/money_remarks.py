"""Remarks of the `check` command on money: rounded amounts, and payments without a yes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pandas as pd

from helpers.data.round.payments_file import PAYMENTS_FILE
from helpers.errors import Problem
from helpers.funding.billing.receivables import Receivable
from helpers.funding.billing.receivables_ledger import build_receivables_ledger
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.currency import MILLIONTHS_PER_UNIT, THOUSANDTHS_PER_UNIT, minor_digits
from helpers.model.funding_round import Round
from helpers.pricing.decimals import decimal_text


def find_rounded_requests(round_: Round) -> list[Problem]:
    """A repair for each requested amount that is stated with decimals."""
    years: dict[Fraction, list[int]] = {}
    for year, amount in sorted(round_.requested_as_stated.items()):
        years.setdefault(amount, []).append(year)
    return [
        Problem(
            "round.toml",
            f"{decimal_text(amount)} for {', '.join(map(str, of_amount))} is rounded to whole "
            f"units, which changes it by {_signed(round_.requested_rounding[of_amount[0]])}.",
            "The report states the difference.",
            column="requested",
            value=decimal_text(amount),
            severity="repair",
        )
        for amount, of_amount in years.items()
    ]


def find_payment_remarks(
    round_: Round,
    members: pd.DataFrame,
    register: Register,
    payments: pd.DataFrame | None,
    today: date | None,
) -> list[Problem]:
    """The amounts that are rounded, by column, and each member and year paid without a yes.

    Payments until `today` count; without it, all of them.
    """
    if payments is None or payments.empty:
        return []
    return [
        *_rounded_amounts(payments, minor_digits(round_.currency), round_.currency),
        *_money_without_yes(round_, members, register, payments, today),
    ]


def _rounded_amounts(payments: pd.DataFrame, digits: int, currency: str) -> list[Problem]:
    """A repair for each column with amounts that have more decimals than the currency."""
    found = []
    for column in ("amount", "paid"):
        residues = payments[f"{column}_rounding"]
        rounded = residues[residues != 0]
        if rounded.empty:
            continue
        found.append(
            Problem(
                PAYMENTS_FILE,
                _rounded_text(rounded, digits, currency),
                "The report states the difference.",
                int(str(rounded.index[0])),
                column,
                severity="repair",
            )
        )
    return found


def _rounded_text(residues: pd.Series[int], digits: int, currency: str) -> str:
    total = _signed(Fraction(int(residues.sum()), MILLIONTHS_PER_UNIT))
    if len(residues) == 1:
        return (
            f"An amount has more decimals than the {digits} of {currency}. It is rounded once, "
            f"which changes it by {total}."
        )
    return (
        f"{len(residues)} of the amounts have more decimals than the {digits} of {currency}; the "
        f"first is in this row. Each is rounded once, which changes their sum by {total}."
    )


def _money_without_yes(
    round_: Round,
    members: pd.DataFrame,
    register: Register,
    payments: pd.DataFrame,
    today: date | None,
) -> list[Problem]:
    """A warning for each member and year with money that no yes covers."""
    days = [day.date() for day in payments["paid_on"].dropna()]
    last = max(filter(None, (round_.recommended_on, register.latest, *days)))
    day = last if today is None else min(last, max(today, round_.recommended_on))
    statement = compute_statement(round_, members, register, [], day, day)
    ledger = build_receivables_ledger(statement, payments)
    names = dict(zip(members["code"], members["name"], strict=True))
    return [
        _without_yes(position, names[position.code], round_.currency)
        for position in ledger.positions
        if position.paid_without_yes >= THOUSANDTHS_PER_UNIT
    ]


def _without_yes(position: Receivable, name: str, currency: str) -> Problem:
    amount = decimal_text(Fraction(position.paid_without_yes, THOUSANDTHS_PER_UNIT))
    return Problem(
        PAYMENTS_FILE,
        f"{position.code} {name} has paid {amount} {currency} for {position.year}, which no yes "
        "covers.",
        "The money is not counted as secured: ask the member, or repay it.",
        value=position.code,
        severity="warning",
    )


def _signed(number: Fraction) -> str:
    sign = "-" if number < 0 else "+" if number else ""
    return f"{sign}{decimal_text(abs(number))}"
