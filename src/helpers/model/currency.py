"""Which currencies there are, in which unit amounts are written, and what a currency is called."""

from __future__ import annotations

import re
from typing import Annotated

from babel.numbers import is_currency
from pydantic import AfterValidator

SEK = "SEK"
THOUSANDTHS_PER_UNIT = 1000  # the unit of payments: every currency's minor unit fits in it
MILLIONTHS_PER_UNIT = 1_000_000  # the unit of what rounding a payment adds

# The currencies of ISO 4217 (list one, "minor unit") that are not divided into hundredths.
_WITHOUT_MINOR_UNIT = re.compile(
    "BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|XAF|XOF|XPF"
)
_IN_THOUSANDTHS = re.compile("BHD|IQD|JOD|KWD|LYD|OMR|TND")


def minor_digits(currency: str) -> int:
    """How many decimals an amount of a currency has: 0, 2 or 3."""
    if _WITHOUT_MINOR_UNIT.fullmatch(currency):
        return 0
    return 3 if _IN_THOUSANDTHS.fullmatch(currency) else 2


def validate_currency(code: str) -> str:
    """The code itself; ValueError if it is not a currency of ISO 4217 (as Babel lists them)."""
    if not re.fullmatch(r"[A-Z]{3}", code) or not is_currency(code):
        raise ValueError(
            f"{code!r} is not a currency: write its code of ISO 4217 in capitals, as SEK or EUR"
        )
    return code


Currency = Annotated[str, AfterValidator(validate_currency)]
