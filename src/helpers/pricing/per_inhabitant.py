"""A price per inhabitant under a most in total: the arithmetic that two rules share."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from helpers.pricing.apportionment import Apportionment, apportion
from helpers.rounding import round_half_up


def fees_at_rate(rate: Fraction, inhabitants: Mapping[str, int], ceiling: int) -> Apportionment:
    """What members pay at `rate` units per inhabitant, and never more than `most` units together.

    While rate × inhabitants is below `most`, each pays just that, half up. From there on `most` is
    shared by inhabitants, and the fees add up to it exactly. Where it is so close that the
    roundings would carry past `most`, rate × all inhabitants, half up, is shared instead.
    """
    uncapped = rate * sum(inhabitants.values())
    if uncapped < ceiling:
        exact = {code: rate * number for code, number in inhabitants.items()}
        fees = {code: round_half_up(fee) for code, fee in exact.items()}
        if sum(fees.values()) <= ceiling:
            return Apportionment(exact, fees, equal_members_differ=False)
    return apportion(round_half_up(min(uncapped, Fraction(ceiling))), inhabitants)
