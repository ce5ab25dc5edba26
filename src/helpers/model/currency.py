"""Which currencies there are, in which unit amounts are written, and what a currency is called."""

from __future__ import annotations

import re
from typing import Annotated

from babel.numbers import is_currency
from pydantic import AfterValidator

SEK = "SEK"


def validate_currency(code: str) -> str:
    """The code itself; ValueError if it is not a currency of ISO 4217 (as Babel lists them)."""
    if not re.fullmatch(r"[A-Z]{3}", code) or not is_currency(code):
        raise ValueError(
            f"{code!r} is not a currency: write its code of ISO 4217 in capitals, as SEK or EUR"
        )
    return code


Currency = Annotated[str, AfterValidator(validate_currency)]
