"""Rates and percentages as round.toml writes them: decimal text, read exactly."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field

_DECIMAL_TEXT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def parse_fraction(value: object) -> Fraction:
    """A decimal number in text, or a whole number, as a fraction; ValueError for other values.

    A TOML number with decimals is read as a float, and a float cannot be exactly 1.95.
    """
    if type(value) is int:
        return Fraction(value)
    if isinstance(value, str) and _DECIMAL_TEXT.fullmatch(value):
        return Fraction(value)
    raise ValueError('write it in quotes and with a decimal point, as "1.95"')


def decimal_text(value: Fraction) -> str:
    """A fraction from `parse_fraction` as decimal text."""
    return f"{(Decimal(value.numerator) / value.denominator).normalize():f}"


# A price per inhabitant, in units of currency a year.
RatePerInhabitant = Annotated[Fraction, BeforeValidator(parse_fraction), Field(gt=0)]
Percent = Annotated[Fraction, BeforeValidator(parse_fraction), Field(gt=0, le=100)]
