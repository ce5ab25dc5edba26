"""Raises fees so that some members pay an amount, within the limits of the pricing rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from helpers.pricing.apportionment import apportion
from helpers.pricing.base import NO_RAISE_LIMITS, RaiseLimits


@dataclass(frozen=True)
class RaisedFees:
    """The fees by code, whole units a year, and the part that no member may pay.

    `stopped` are the codes whose share would be above the most that the rule allows them.
    """

    fees: dict[str, int]
    remaining: int
    stopped: frozenset[str]


@dataclass(frozen=True)
class _StepBounds:
    """The least and the most steps of each member, by code, and how many steps they share."""

    total: int
    lowest: dict[str, int]
    highest: dict[str, int]


def raise_fees(
    amount: int,
    weights: Mapping[str, int | Fraction],
    before: Mapping[str, int],
    raise_limits: RaiseLimits = NO_RAISE_LIMITS,
) -> RaisedFees:
    """Share `amount` units by weight, from each fee before to the most that `raise_limits` allow.

    `weights` and `before` have the members that share, by code. The fees are
    a common price per unit of weight, kept within each member's bounds, so that they add up to the
    amount. Fees strictly within their bounds are rounded as in apportion, so that the sum is exact.
    If all members are at the most that they may pay, the rest of the amount remains. A member
    without weight keeps its fee. If the fees before exceed the amount, they are unchanged.
    """
    steps = _bounds_in_steps(amount, weights, before, raise_limits)
    held, price = _members_at_bounds(steps, weights)
    rest = {code: weight for code, weight in weights.items() if code not in held}
    shares = apportion(steps.total - sum(held.values()), rest).fees if rest else {}
    in_steps = held | shares
    fees = {code: in_steps[code] * raise_limits.step for code in weights}
    # Without a price, all members are at their highest fee: a limit has stopped them.
    return RaisedFees(
        fees,
        remaining=max(0, amount - sum(fees.values())),
        stopped=frozenset(
            code
            for code in held
            if code in raise_limits.at_most
            and held[code] == steps.highest[code]
            and (price is None or price * weights[code] > held[code])
        ),
    )


def _bounds_in_steps(
    amount: int,
    weights: Mapping[str, int | Fraction],
    before: Mapping[str, int],
    raise_limits: RaiseLimits,
) -> _StepBounds:
    total = amount // raise_limits.step
    lowest = {code: before[code] // raise_limits.step for code in weights}
    out_of_reach = max(total, *lowest.values(), 0) + 1
    highest = {
        code: lowest[code]
        if weight == 0
        else max(
            lowest[code],
            raise_limits.at_most.get(code, out_of_reach * raise_limits.step) // raise_limits.step,
        )
        for code, weight in weights.items()
    }
    return _StepBounds(total, lowest, highest)


def _members_at_bounds(
    steps: _StepBounds, weights: Mapping[str, int | Fraction]
) -> tuple[dict[str, int], Fraction | None]:
    """The members that pay their lowest or highest, and the price per unit of weight.

    The price is None if all are at their highest. Each round settles members as
    bounded_shares.members_at_limits does, with bounds of each member in place of common ones.
    """
    if sum(steps.highest.values()) <= steps.total:
        return dict(steps.highest), None
    if sum(steps.lowest.values()) >= steps.total:
        return dict(steps.lowest), Fraction(0)
    settled = {code: steps.lowest[code] for code, weight in weights.items() if weight == 0}
    while True:
        rest = {code: weight for code, weight in weights.items() if code not in settled}
        left = steps.total - sum(settled.values())
        price = left / sum(map(Fraction, rest.values()), Fraction(0))
        shares = {code: price * weight for code, weight in rest.items()}
        below = {c: steps.lowest[c] for c in rest if shares[c] <= steps.lowest[c]}
        above = {c: steps.highest[c] for c in rest if shares[c] >= steps.highest[c]}
        held = below | above
        excess = sum(fee - shares[code] for code, fee in held.items())
        if excess == 0:
            return settled | held, price
        settled |= below if excess > 0 else above
