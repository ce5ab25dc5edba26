"""Load the invoices sent and the payments received, as the organiser's accounts list them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import pandas as pd

from helpers.data.cells.days import explain_invalid_day, parse_day
from helpers.data.cells.money_amounts import (
    ambiguous_amounts,
    parse_amount,
    round_amount,
    rounding_residue,
)
from helpers.data.readers.project_csv import read_project_csv
from helpers.errors import DataError, Problem
from helpers.model.currency import minor_digits
from helpers.model.funding_round import Round
from helpers.system.files import is_present

PAYMENTS_FILE = "payments.csv"
PAYMENTS_COLUMNS = ["code", "year", "invoiced_on", "amount", "paid_on", "paid"]
_AMOUNT_COLUMN_OF_DAY = {"invoiced_on": "amount", "paid_on": "paid"}
ROUNDING_COLUMNS = ["amount_rounding", "paid_rounding"]

# A fault in a row: the column, what is wrong with its cell, and what to do.
CellFault = tuple[str, str, str]


@dataclass(frozen=True)
class _PaymentRow:
    """The interpreted cells of a row; None for a cell that is blank or not understood."""

    code: str
    year: str
    invoiced_on: date | None
    amount: int
    paid_on: date | None
    paid: int
    amount_rounding: int
    paid_rounding: int


def load_payments(folder: Path, members: pd.DataFrame, round_: Round) -> pd.DataFrame | None:
    """Read payments.csv; returns None if the round has no such file.

    A row is an invoice, a payment, or both: code and year; invoiced_on and paid_on (datetime64[s],
    NaT if blank); amount and paid (int, thousandths of a currency unit, 0 if blank, without value
    added tax), rounded half up to the currency's minor unit; amount_rounding and paid_rounding,
    what that adds (int, millionths of a unit). A negative amount is a credit note, a negative
    payment a repayment. Raises DataError, with every problem at once, for an unknown code or year,
    an amount that is not a number or may be read in two ways, an amount without its day or a day
    without its amount, a day before the round began, a payment before its invoice, a repeated row,
    and more credited than invoiced.
    """
    path = folder / PAYMENTS_FILE
    if not is_present(path):
        return None
    text = read_project_csv(path, PAYMENTS_COLUMNS)[PAYMENTS_COLUMNS]
    digits = minor_digits(round_.currency)
    rows = {line: _parse_payment_row(cells, digits) for line, cells in _cells_by_line(text)}
    faults = [(line, fault) for line, fault in _find_faults(text, rows, members, round_)]
    if faults:
        raise DataError([_fault_to_problem(text, line, fault) for line, fault in sorted(faults)])
    columns = [*PAYMENTS_COLUMNS, *ROUNDING_COLUMNS]
    frame = pd.DataFrame(list(rows.values()), index=list(rows), columns=columns)
    numbers = ["year", *_AMOUNT_COLUMN_OF_DAY.values(), *ROUNDING_COLUMNS]
    frame = frame.astype({"code": "str", **dict.fromkeys(numbers, "int64")})
    return frame.astype(dict.fromkeys(_AMOUNT_COLUMN_OF_DAY, "datetime64[s]"))


def _cells_by_line(text: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    for line, cells in zip(text.index, text.to_dict("records"), strict=True):
        yield int(line), {str(name): str(cell) for name, cell in cells.items()}


def _parse_payment_row(cells: dict[str, str], digits: int) -> _PaymentRow:
    days = {name: parse_day(cells[name]) for name in _AMOUNT_COLUMN_OF_DAY}
    amount, paid = (parse_amount(cells[name]) or Fraction() for name in ("amount", "paid"))
    return _PaymentRow(
        code=cells["code"],
        year=cells["year"],
        amount=round_amount(amount, digits),
        paid=round_amount(paid, digits),
        amount_rounding=rounding_residue(amount, digits),
        paid_rounding=rounding_residue(paid, digits),
        **{name: date.fromisoformat(day) if day else None for name, day in days.items()},
    )


def _find_faults(
    text: pd.DataFrame, rows: dict[int, _PaymentRow], members: pd.DataFrame, round_: Round
) -> Iterator[tuple[int, CellFault]]:
    codes, years = set(members["code"]), {str(year) for year in round_.years}
    seen: set[tuple[object, ...]] = set()
    yield from _find_ambiguous_amounts(text)
    for line, cells in _cells_by_line(text):
        row = rows[line]
        if row.code not in codes:
            yield line, ("code", "is not a member of this round.", "Write it as members have it.")
        if row.year not in years:
            years_listed = ", ".join(sorted(years))
            yield line, ("year", "is not a year of the round.", f"Write one of {years_listed}.")
        yield from ((line, fault) for fault in _find_pair_faults(cells, row))
        yield from ((line, fault) for fault in _find_day_faults(row, round_.recommended_on))
        if (
            not row.amount
            and not row.paid
            and not any(cells[name] for name in PAYMENTS_COLUMNS[2:])
        ):
            yield line, ("amount", "is neither invoiced nor paid.", "Fill it in or delete the row.")
        if seen & (same := _identity_keys(row)):
            remedy = "Keep one; a row that is a further payment leaves amount blank."
            yield line, ("code", "occurs twice with the same invoice or payment.", remedy)
        seen |= same
    yield from _find_overdrafts(rows)


def _find_ambiguous_amounts(text: pd.DataFrame) -> Iterator[tuple[int, CellFault]]:
    """Yield the amounts that may be read with three decimals or in thousands."""
    names = list(_AMOUNT_COLUMN_OF_DAY.values())
    doubtful = ambiguous_amounts([cell for name in names for cell in text[name]])
    for line, cells in _cells_by_line(text):
        for name in names:
            if cells[name] in doubtful:
                whole = cells[name].replace(".", "").replace(",", "")
                remedy = f"Write {whole} or, for decimals, {cells[name]}0."
                yield line, (name, "may be thousands or three decimals.", remedy)


def _find_overdrafts(rows: dict[int, _PaymentRow]) -> Iterator[tuple[int, CellFault]]:
    """Yield rows whose credit note or repayment exceeds what was invoiced or paid before."""
    for amount, back in (("amount", "credited than invoiced"), ("paid", "repaid than paid")):
        sums: dict[tuple[str, str], int] = {}
        last: dict[tuple[str, str], int] = {}
        for line, row in rows.items():
            key = (row.code, row.year)
            sums[key] = sums.get(key, 0) + getattr(row, amount)
            if getattr(row, amount) < 0:
                last[key] = line
        for key, line in last.items():
            if sums[key] < 0:
                yield line, (amount, f"makes more {back} for the year.", "Check the amounts.")


def _identity_keys(row: _PaymentRow) -> set[tuple[object, ...]]:
    """Return what must be unique: an invoice of a day or, in a row without one, a payment of a day.

    A credit note may have the same day as an invoice.
    """
    if row.amount:
        return {(row.code, row.year, row.invoiced_on, row.amount > 0)}
    return {(row.code, row.year, row.paid_on, row.paid)} if row.paid else set()


def _find_pair_faults(cells: dict[str, str], row: _PaymentRow) -> Iterator[CellFault]:
    """Yield the faults of an amount and its day.

    Each must be valid, and one without the other is a fault.
    """
    for day, amount in _AMOUNT_COLUMN_OF_DAY.items():
        known, number = getattr(row, day), parse_amount(cells[amount])
        if cells[amount] and number is None:
            yield (amount, "is not an amount of money.", "Write it as 12345.50.")
        if cells[day] and known is None:
            yield (day, *explain_invalid_day(cells[day]))
        if number and not cells[day]:
            yield (
                day,
                f"leaves the day out although {amount} is given.",
                "Write the day as YYYY-MM-DD.",
            )
        if known and not number and (number == 0 or not cells[amount]):
            yield (amount, f"leaves the amount out although {day} is given.", "Write the amount.")


def _find_day_faults(row: _PaymentRow, begins_on: date) -> Iterator[CellFault]:
    for name in _AMOUNT_COLUMN_OF_DAY:
        day = getattr(row, name)
        if day and day < begins_on:
            yield (name, f"is before the round began on {begins_on}.", "Check the date.")
    if row.invoiced_on and row.paid_on and row.paid_on < row.invoiced_on:
        yield ("paid_on", "is before the invoice.", "Check both dates.")


def _fault_to_problem(text: pd.DataFrame, line: int, fault: CellFault) -> Problem:
    column, what, remedy = fault
    value = str(text[column][line])
    if not what.startswith(("'", '"')):  # a day's fault quotes the cell itself
        what = f"{value!r} {what}" if value else f"A blank cell {what}"
    return Problem(PAYMENTS_FILE, what, remedy, line, column, value)
