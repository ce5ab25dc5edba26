"""A price per inhabitant with a ceiling on the sum, for two of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from helpers.pricing.apportionment import Apportionment, apportion
from helpers.rounding import round_half_up


def fees_at_rate(rate: Fraction, inhabitants: Mapping[str, int], ceiling: int) -> Apportionment:
    """The fees at `rate` units per inhabitant, together at most `ceiling` units a year.

    While rate × all inhabitants is below `ceiling`, a fee is rate × inhabitants, half up. Otherwise
    `ceiling` is shared by inhabitants, and the fees add up to it exactly. If rounding alone would
    take the sum above `ceiling`, rate × all inhabitants, half up, is shared instead.
    """
    uncapped = rate * sum(inhabitants.values())
    if uncapped < ceiling:
        exact = {code: rate * number for code, number in inhabitants.items()}
        fees = {code: round_half_up(fee) for code, fee in exact.items()}
        if sum(fees.values()) <= ceiling:
            return Apportionment(exact, fees, equal_members_differ=False)
    return apportion(round_half_up(min(uncapped, Fraction(ceiling))), inhabitants)
