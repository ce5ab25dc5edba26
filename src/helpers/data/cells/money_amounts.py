"""Amounts of money in cells: read exactly, and rounded once to the currency's minor unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from helpers.model.currency import MILLIONTHS_PER_UNIT, THOUSANDTHS_PER_UNIT
from helpers.rounding import round_half_up

_AMOUNT_TEXT = re.compile(r"(-?)([0-9]{1,12})(?:([.,])([0-9]{1,6}))?")
_SPACE_BETWEEN_THOUSANDS = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3})")
_MAY_BE_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")


def parse_amount(text: str) -> Fraction | None:
    """An amount of money below 10**12 with at most six decimals, exactly; None if it is not one.

    '1 234,5' is 1234.5. In thousandths, 9,000 of them sum to less than 2**63.
    """
    found = _match_amount(text)
    if not found:
        return None
    sign, whole, _, decimals = found.groups()
    return Fraction(f"{sign}{whole}.{decimals or 0}")


def round_amount(amount: Fraction, digits: int) -> int:
    """An amount rounded half up, once, to a number of decimals; in thousandths of a unit.

    A negative amount is rounded as the same positive one, so that the two cancel out.
    """
    thousandths = (1000, 100, 10, 1)[digits]  # in the currency's minor unit
    rounded = round_half_up(abs(amount) * 10**digits) * thousandths
    return -rounded if amount < 0 else rounded


def rounding_residue(amount: Fraction, digits: int) -> int:
    """What rounding adds to an amount, in millionths of a unit."""
    rounded = Fraction(round_amount(amount, digits), THOUSANDTHS_PER_UNIT)
    return int((rounded - amount) * MILLIONTHS_PER_UNIT)


def ambiguous_amounts(texts: Iterable[str]) -> set[str]:
    """The texts whose three digits after a separator may be decimals or thousands: 1.234.

    They are decimals if the same separator has decimals elsewhere that cannot be thousands, as in
    1234.567, 0.125 or 1.5. A currency of three decimals decides nothing: 1,234 dinars is either.
    """
    amounts = {text: _match_amount(text) for text in texts}
    doubtful = {text for text in amounts if _MAY_BE_THOUSANDS.fullmatch(text)}
    others = [found for text, found in amounts.items() if found and text not in doubtful]
    decimal_points = {found[3] for found in others}
    return {text for text in doubtful if not decimal_points & set(text)}


def _match_amount(text: str) -> re.Match[str] | None:
    return _AMOUNT_TEXT.fullmatch(_SPACE_BETWEEN_THOUSANDS.sub("", text))
