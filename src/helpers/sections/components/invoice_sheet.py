"""The types of a sheet of the invoice basis: its columns and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from helpers.i18n.money_units import number_digits, round_to_decimals

SheetValueKind = Literal["text", "year", "money"]


SheetValue = str | int | Decimal


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: its heading, its content, and its width in characters."""

    heading: str
    value_kind: SheetValueKind = "text"
    width: int = 14


@dataclass(frozen=True)
class InvoiceSheet:
    """A sheet of text and numbers; money is in currency units, exact, or blank.

    `above` are the sheet's title, its day and a notice, if there are any; `totals` are separate
    rows, which come before the others.
    """

    name: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[SheetValue]]
    totals: Sequence[Sequence[SheetValue]] = ()
    above: Sequence[str] = ()


def units_to_sheet_value(amount: int | Fraction) -> int | Decimal:
    """An amount in currency units: a whole one as an integer, others with two or more decimals."""
    digits = number_digits(amount)
    return round_to_decimals(Fraction(amount), digits) if digits else int(amount)
