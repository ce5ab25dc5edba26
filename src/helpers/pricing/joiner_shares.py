"""The fees of members that join later: at the price per unit of weight of a shared total."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from helpers.pricing.base import LimitReason, Prices
from helpers.pricing.fee_limits import FeeLimits
from helpers.rounding import round_half_up


def joiner_shares(
    prices: Prices, weights: Mapping[str, int], limits: FeeLimits, step: int
) -> Prices:
    """The fee of each joiner: its weight times the price of a unit, half up to a whole `step`.

    `prices` are those of the members that share the requested amount. A joiner with a fixed share
    pays that part of the requested amount; the highest and the lowest fee apply to the others. The
    `requested` of the result is what all joiners would pay in a whole year.
    """
    unit = price_per_weight(prices)
    lowest, highest = (bound * step for bound in limits.step_bounds(prices.requested, step))
    capped = limits.describe("highest") != ""
    fees: dict[str, int] = {}
    exact: dict[str, Fraction] = {}
    limited: dict[str, LimitReason] = {}
    for code, weight in weights.items():
        share = unit * weight
        if code in limits.fixed_percent:
            share, limited[code] = prices.requested * limits.fixed_percent[code] / 100, "fixed"
        elif share < lowest:
            share, limited[code] = Fraction(lowest), "lowest"
        elif capped and share > highest:
            share, limited[code] = Fraction(highest), "highest"
        exact[code] = Fraction(share)
        fees[code] = round_half_up(exact[code] / step) * step
    return Prices(sum(fees.values()), fees, exact, limited=limited)


def price_per_weight(prices: Prices) -> Fraction:
    """The exact price of a unit of weight: of a member that no limit stops.

    If limits stop all members, it is the requested amount over the weights of all of them.
    """
    for code, weight in prices.weights.items():
        if code not in prices.limited and weight:
            return prices.exact[code] / weight
    return Fraction(prices.requested) / sum(map(Fraction, prices.weights.values()), Fraction(0))
