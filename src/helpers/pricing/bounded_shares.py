"""Shares a fixed total by weight within limits, in whole steps that add up to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from helpers.errors import ReportError
from helpers.pricing.apportionment import Apportionment, apportion
from helpers.pricing.base import LimitReason, Prices, RaiseLimits, list_codes
from helpers.pricing.decimals import decimal_text
from helpers.pricing.fee_limits import FeeLimits, limits_error
from helpers.rounding import round_half_up


def share_within_limits(
    requested: int, weights: Mapping[str, int], limits: FeeLimits, step: int = 1
) -> Prices:
    """Share `requested` units by weight, in multiples of `step`, within limits.

    The steps are those of docs/reference/pricing.md, "The order": fixed shares, each rounded half
    up; then the members at a limit, until no further member reaches one; then the rest by weight,
    rounded so that the sum is exact and equal weights pay equally (see apportion). A rebate is
    already in the weights. The limits are whole steps and the remaining shares lie strictly
    between them, so rounding keeps within the limits. A larger weight never has a smaller exact
    share.

    Raises ReportError if `requested` is not a multiple of `step` or the limits have no solution.
    """
    steps = _requested_in_steps(requested, step)
    bounds = limits.step_bounds(requested, step)
    fixed = _fixed_shares_in_steps(steps, weights, limits, bounds)
    fees = {code: round_half_up(share) for code, share in fixed.items()}
    unfixed = {code: weight for code, weight in weights.items() if code not in fixed}
    remaining = steps - sum(fees.values())
    _check_solvable(remaining * step, unfixed, limits, (bounds[0] * step, bounds[1] * step))
    at_limit = members_at_limits(remaining, unfixed, *bounds)
    rest = {code: weight for code, weight in unfixed.items() if code not in at_limit}
    remaining -= sum(at_limit.values())
    shares = apportion(remaining, rest) if rest else Apportionment({}, {}, False)
    fees |= at_limit | shares.fees
    exact = {code: Fraction(fee) for code, fee in at_limit.items()} | fixed | shares.exact
    return Prices(
        requested,
        {code: fees[code] * step for code in weights},
        {code: exact[code] * step for code in weights},
        shares.equal_members_differ,
        limited=_limit_reasons(fixed, at_limit, bounds[1]),
        weights=weights,
        raise_limits=RaiseLimits(_highest_fees(fees, fixed, limits, bounds[1], step), step),
    )


def _highest_fees(
    fees: Mapping[str, int],
    fixed: Collection[str],
    limits: FeeLimits,
    highest: int,
    step: int,
) -> dict[str, int]:
    """The most that each limited member may pay in units: its fixed share, else the highest."""
    has_cap = bool(limits.describe("highest"))
    return {
        code: (fee if code in fixed else highest) * step
        for code, fee in fees.items()
        if code in fixed or has_cap
    }


def members_at_limits(
    total: int, weights: Mapping[str, int], lowest: int, highest: int
) -> dict[str, int]:
    """The members that pay the lowest or the highest when `total` is shared, with their fees.

    A fee is a common price times the weight, kept within the limits. Each pass shares what is left
    among the members that are not yet settled. If keeping all of them within the limits would
    collect too much, the common price must be lower, so the members at or below the lowest fee are
    settled at it. If it would collect too little, the members at or above the highest are settled;
    if exactly enough, both, and the loop ends. Each pass but the last settles at least one member,
    so there are at most one more passes than members. The caller ensures that `lowest` × members ≤
    total ≤ `highest` × members (see _check_solvable), so members are left until the last pass.
    """
    settled: dict[str, int] = {}
    while True:
        rest = {code: weight for code, weight in weights.items() if code not in settled}
        price = Fraction(total - sum(settled.values()), sum(rest.values()))
        below = {code: lowest for code, weight in rest.items() if price * weight <= lowest}
        above = {code: highest for code, weight in rest.items() if price * weight >= highest}
        settled_now = {**below, **above}
        excess = sum(fee - price * rest[code] for code, fee in settled_now.items())
        if excess == 0:
            return settled | settled_now
        settled |= below if excess > 0 else above


def _requested_in_steps(requested: int, step: int) -> int:
    if requested % step:
        raise ReportError(
            f"round.toml: requested is {requested}, which is not a multiple of step = {step}. "
            "Change one of them."
        )
    return requested // step


def _limit_reasons(
    fixed: Collection[str], at_limit: Mapping[str, int], highest: int
) -> dict[str, LimitReason]:
    """The limit of each member that does not share by weight, by code."""
    why: dict[str, LimitReason] = dict.fromkeys(fixed, "fixed")
    for code, fee in at_limit.items():
        why[code] = "highest" if fee == highest else "lowest"
    return why


def _fixed_shares_in_steps(
    steps: int, members: Collection[str], limits: FeeLimits, bounds: tuple[int, int]
) -> dict[str, Fraction]:
    """The fixed shares in steps, before rounding, by code."""
    shares = {code: steps * percent / 100 for code, percent in limits.fixed_percent.items()}
    unknown = [code for code in shares if code not in members]
    if unknown:
        raise limits_error(
            f"fixed_percent names no member: {list_codes(unknown)}", "Correct the codes."
        )
    if len(shares) == len(members):
        raise limits_error(
            "fixed_percent names every member, and does not add up to 100",
            'Leave some out, or list all fees by the rule "annex".',
        )
    for name, outside in (
        ("lowest", [code for code, share in shares.items() if share < bounds[0]]),
        ("highest", [code for code, share in shares.items() if share > bounds[1]]),
    ):
        if outside:
            percents = [
                f'{code} = "{decimal_text(limits.fixed_percent[code])}"' for code in outside
            ]
            raise limits_error(
                f"fixed_percent {list_codes(percents)} goes past {limits.describe(name)}",
                "Change the limit or the fixed share.",
            )
    return shares


def _check_solvable(
    remaining: int, members: Collection[str], limits: FeeLimits, bounds: tuple[int, int]
) -> None:
    """Raise if members without a fixed share cannot pay `remaining`; bounds in units a year."""
    least, most = (bound * len(members) for bound in bounds)
    who = f"the {len(members)} members without a fixed share ({list_codes(members)})"
    if remaining <= 0:
        raise limits_error(
            f"the fixed shares, rounded, leave {remaining} for the others", "Lower the shares."
        )
    if remaining < least:
        raise limits_error(
            f"at {limits.describe('lowest')}, {who} pay at least {least}, "
            f"and {remaining} is left to pay",
            "Lower the lowest fee or the fixed shares.",
        )
    if remaining > most:
        raise limits_error(
            f"at {limits.describe('highest')}, {who} pay at most {most}, "
            f"and {remaining} is left to pay",
            "Raise the highest fee or the fixed shares.",
        )
