"""Shares a fixed total by weight within limits, in whole steps that add up to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from helpers.errors import ReportError
from helpers.pricing.apportionment import Apportionment, apportion
from helpers.pricing.base import LimitReason, Prices, RaiseLimits, list_codes
from helpers.pricing.decimals import ExactNumber, decimal_text, whole_or_fraction
from helpers.pricing.fee_limits import NO_GROUPS, FeeLimits, StepLimits, limits_error, step_limits
from helpers.rounding import round_half_up


def share_within_limits(
    requested: int,
    weights: Mapping[str, ExactNumber],
    limits: FeeLimits,
    step: int = 1,
    groups: Mapping[str, str] = NO_GROUPS,
    *,
    round_each: bool = False,
) -> Prices:
    """Share `requested` units by weight, in multiples of `step`, within limits.

    The order is that of docs/reference/pricing.md; a rebate is already in the weights. The limits
    are whole steps and the shares by weight strictly between them, so rounding keeps within them.
    `groups` has each member's group, for caps of groups. With `round_each` every share is rounded
    half up by itself, and the sum of the fees is requested.

    Raises ReportError if `requested` is not a multiple of `step` or the limits have no solution.
    """
    steps = _requested_in_steps(requested, step)
    bounds = step_limits(requested, step, weights, limits, groups)
    fixed = _fixed_shares_in_steps(steps, weights, limits, bounds)
    fees = {code: round_half_up(share) for code, share in fixed.items()}
    unfixed = {code: weight for code, weight in weights.items() if code not in fixed}
    remaining = steps - sum((fixed if round_each else fees).values())
    _check_solvable(remaining, unfixed, limits, bounds, step)
    at_limit = members_at_limits(remaining, unfixed, bounds.lowest, bounds.highest)
    shares = _share_rest(remaining, unfixed, at_limit, round_each=round_each)
    fees, exact = fees | shares.fees, fixed | shares.exact
    limited = _limit_reasons(fixed, at_limit, bounds.highest)
    return Prices(
        sum(fees.values()) * step,
        {code: fees[code] * step for code in weights},
        {code: exact[code] * step for code in weights},
        shares.equal_members_differ,
        limited=limited,
        capped_groups=_capped_groups(limited, bounds),
        rounding_difference=sum(fees.values()) * step - requested,
        weights=weights,
        raise_limits=RaiseLimits(_highest_fees(fees, fixed, limits, bounds, step), step),
    )


def _capped_groups(limited: Mapping[str, LimitReason], bounds: StepLimits) -> dict[str, str]:
    """The group whose cap is a member's fee, by code."""
    return {
        code: bounds.of_group[code] for code in bounds.of_group if limited.get(code) == "highest"
    }


def _share_rest(
    steps: ExactNumber,
    weights: Mapping[str, ExactNumber],
    at_limit: dict[str, int],
    *,
    round_each: bool,
) -> Apportionment:
    """The shares of the members at a limit, and of the others by weight."""
    rest = {code: weight for code, weight in weights.items() if code not in at_limit}
    left = steps - sum(at_limit.values())
    shares = _share_by_weight(left, rest, round_each=round_each)
    exact = {code: Fraction(fee) for code, fee in at_limit.items()} | shares.exact
    return Apportionment(exact, at_limit | shares.fees, shares.equal_members_differ)


def _share_by_weight(
    steps: ExactNumber, weights: Mapping[str, ExactNumber], *, round_each: bool
) -> Apportionment:
    if not weights:
        return Apportionment({}, {}, False)
    if not round_each:
        return apportion(int(steps), weights)
    price = Fraction(steps) / sum(map(Fraction, weights.values()))
    exact = {code: price * weight for code, weight in weights.items()}
    return Apportionment(
        exact, {code: round_half_up(share) for code, share in exact.items()}, False
    )


def _highest_fees(
    fees: Mapping[str, int],
    fixed: Collection[str],
    limits: FeeLimits,
    bounds: StepLimits,
    step: int,
) -> dict[str, int]:
    """The most that each limited member may pay in units: its fixed share, else the highest."""
    has_cap = bool(limits.describe("highest"))
    return {
        code: (fee if code in fixed else bounds.highest[code]) * step
        for code, fee in fees.items()
        if code in fixed or has_cap or code in bounds.of_group
    }


def members_at_limits(
    total: ExactNumber,
    weights: Mapping[str, ExactNumber],
    lowest: int,
    highest: Mapping[str, int],
) -> dict[str, int]:
    """The members that pay the lowest or the highest when `total` is shared, with their fees.

    A fee is a common price times the weight, kept within the limits. Each pass shares what is left
    among the members that are not yet settled. If keeping all of them within the limits would
    collect too much, the common price must be lower, so the members at or below the lowest fee are
    settled at it. If it would collect too little, the members at or above the highest are settled;
    if exactly enough, both, and the loop ends. Each pass but the last settles at least one member,
    so there are at most one more passes than members. The caller ensures that `lowest` × members ≤
    total ≤ the sum of `highest`, by code (see _check_solvable), so members are left until the last
    pass.
    """
    settled: dict[str, int] = {}
    while True:
        rest = {code: weight for code, weight in weights.items() if code not in settled}
        price = Fraction(total - sum(settled.values())) / sum(map(Fraction, rest.values()))
        below = {code: lowest for code, weight in rest.items() if price * weight <= lowest}
        above = {code: highest[code] for code in rest if price * rest[code] >= highest[code]}
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
    fixed: Collection[str], at_limit: Mapping[str, int], highest: Mapping[str, int]
) -> dict[str, LimitReason]:
    """The limit of each member that does not share by weight, by code."""
    why: dict[str, LimitReason] = dict.fromkeys(fixed, "fixed")
    for code, fee in at_limit.items():
        why[code] = "highest" if fee == highest[code] else "lowest"
    return why


def _fixed_shares_in_steps(
    steps: int, members: Collection[str], limits: FeeLimits, bounds: StepLimits
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
        ("lowest", [code for code, share in shares.items() if share < bounds.lowest]),
        ("highest", [code for code, share in shares.items() if share > bounds.highest[code]]),
    ):
        if outside:
            percents = [
                f'{code} = "{decimal_text(limits.fixed_percent[code])}"' for code in outside
            ]
            raise limits_error(
                f"fixed_percent {list_codes(percents)} goes past {limits.describe_all(name)}",
                "Change the limit or the fixed share.",
            )
    return shares


def _check_solvable(
    steps: ExactNumber,
    members: Collection[str],
    limits: FeeLimits,
    bounds: StepLimits,
    step: int,
) -> None:
    """Raise if members without a fixed share cannot pay `steps`, what is left to pay."""
    remaining = whole_or_fraction(Fraction(steps * step))
    least = bounds.lowest * len(members) * step
    most = sum(bounds.highest[code] for code in members) * step
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
            f"at {limits.describe_all('highest')}, {who} pay at most {most}, "
            f"and {remaining} is left to pay",
            "Raise the highest fee or the fixed shares.",
        )
