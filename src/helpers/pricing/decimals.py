"""Rates, percentages and amounts as a round's files write them, read exactly."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

# An exact number: a whole one, or a fraction; never a float.
ExactNumber: TypeAlias = int | Fraction

_DECIMAL_TEXT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def parse_fraction(value: object) -> Fraction:
    """A decimal number, or one in text, as a fraction; ValueError for other values.

    A float is refused, as it cannot be exactly 1.95; toml_entries reads numbers as decimals.
    """
    return Fraction(parse_decimal(value))


def parse_decimal(value: object) -> int | Decimal:
    """The same with the decimals as they are written: 89.60 has two. A whole number stays one."""
    if type(value) is int:
        return value
    text = f"{value:f}" if isinstance(value, Decimal) else value
    if isinstance(text, str) and _DECIMAL_TEXT.fullmatch(text):
        return Decimal(text)
    raise ValueError('write it in quotes and with a decimal point, as "1.95"')


def whole_or_fraction(value: Fraction | Decimal | int) -> ExactNumber:
    """An exact number: a whole one as int, so that it is written without decimals."""
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else exact


def decimal_places(number: Fraction | int) -> int:
    """How many decimals a number has, at most nine."""
    return next((n for n in range(9) if (number * 10**n).denominator == 1), 9)


def decimal_text(value: Fraction) -> str:
    """A fraction from `parse_fraction` as decimal text."""
    return f"{(Decimal(value.numerator) / value.denominator).normalize():f}"


# A price per inhabitant, in units of currency a year.
RatePerInhabitant = Annotated[Fraction, BeforeValidator(parse_fraction), Field(gt=0)]
Percent = Annotated[Fraction, BeforeValidator(parse_fraction), Field(gt=0, le=100)]
# A number with the decimals that it is written with.
WrittenNumber = Annotated[int | Decimal, BeforeValidator(parse_decimal)]
