"""The fees of members that join later: at the price per unit of weight of a shared total."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from helpers.pricing.base import LimitReason, Prices
from helpers.pricing.decimals import ExactNumber
from helpers.pricing.fee_limits import NO_GROUPS, FeeLimits
from helpers.rounding import round_half_up


def joiner_shares(
    prices: Prices,
    weights: Mapping[str, ExactNumber],
    limits: FeeLimits,
    step: int,
    groups: Mapping[str, str] = NO_GROUPS,
) -> Prices:
    """The fee of each joiner: its weight times the price of a unit, half up to a whole `step`.

    `prices` are those of the members that share the requested amount. A joiner with a fixed share
    pays that part of the requested amount; the highest and the lowest fee, and the cap of its group
    (`groups`, by code), apply to the others. The `requested` of the result is what all joiners
    would pay in a whole year.
    """
    unit = price_per_weight(prices)
    bounds = limits.step_bounds(prices.requested, step)
    lowest, highest = (bound * step for bound in bounds)
    by_group = limits.group_highest_steps(prices.requested, step, bounds[0])
    capped = limits.describe("highest") != ""
    fees: dict[str, int] = {}
    exact: dict[str, Fraction] = {}
    limited: dict[str, LimitReason] = {}
    for code, weight in weights.items():
        share = Fraction(unit * weight)
        of_group = by_group.get(groups.get(code, ""))
        most = [highest] if capped else []
        most += [] if of_group is None else [of_group * step]
        if code in limits.fixed_percent:
            share, limited[code] = prices.requested * limits.fixed_percent[code] / 100, "fixed"
        elif share < lowest:
            share, limited[code] = Fraction(lowest), "lowest"
        elif most and share > min(most):
            share, limited[code] = Fraction(min(most)), "highest"
        exact[code] = share
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
