"""What holds for any total, weights and limits."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.pricing.apportionment import apportion
from helpers.pricing.bounded_shares import members_at_limits, share_within_limits
from helpers.pricing.fee_limits import FeeLimits

codes = st.integers(1, 60).map(str)
many = st.dictionaries(codes, st.integers(1, 60), min_size=1, max_size=20)


@st.composite
def solvable(draw: st.DrawFn) -> tuple[int, dict[str, int], int, int]:
    """A total in steps, weights, and limits of which members × lowest ≤ total ≤ × highest."""
    weights, steps = draw(many), draw(st.integers(1, 5_000))
    lowest = draw(st.integers(0, steps // len(weights)))
    highest = draw(st.integers(max(1, lowest, -(-steps // len(weights))), steps + 1))
    return steps, weights, lowest, highest


@settings(deadline=None)
@given(solvable())
def test_members_at_limits_all_lie_beyond_one_common_price(
    case: tuple[int, dict[str, int], int, int],
) -> None:
    # What makes the fees the only ones: one price times the weight, held within the limits.
    total, weights, lowest, highest = case
    stopped = members_at_limits(total, weights, lowest, dict.fromkeys(weights, highest))
    rest = {code: weight for code, weight in weights.items() if code not in stopped}
    left = total - sum(stopped.values())
    least = max(
        (Fraction(fee, weights[c]) for c, fee in stopped.items() if fee == highest),
        default=Fraction(0),
    )
    most = min(
        (Fraction(fee, weights[c]) for c, fee in stopped.items() if fee == lowest), default=None
    )
    if rest:
        price = Fraction(left, sum(rest.values()))
        assert all(lowest < price * weight < highest for weight in rest.values())
        assert least <= price
        assert most is None or price <= most
    else:
        assert left == 0
        assert lowest == highest or most is None or least <= most


@settings(deadline=None)
@given(solvable(), st.sampled_from([1, 7, 100]))
def test_the_sum_is_exact_and_no_fee_beyond_a_limit(
    case: tuple[int, dict[str, int], int, int], step: int
) -> None:
    steps, weights, lowest, highest = case
    limits = FeeLimits(lowest=lowest * step or None, highest=highest * step)
    prices = share_within_limits(steps * step, weights, limits, step)
    assert sum(prices.fees.values()) == sum(prices.exact.values()) == steps * step
    for code, fee in prices.fees.items():
        assert lowest * step <= fee <= highest * step
        assert fee % step == 0
        assert abs(fee - prices.exact[code]) <= step


@settings(deadline=None)
@given(solvable())
def test_a_larger_weight_never_pays_less_and_an_equal_one_pays_alike(
    case: tuple[int, dict[str, int], int, int],
) -> None:
    steps, weights, lowest, highest = case
    prices = share_within_limits(steps, weights, FeeLimits(lowest=lowest or None, highest=highest))
    for one, weight in weights.items():
        for other, larger in weights.items():
            if weight < larger:
                assert prices.exact[one] <= prices.exact[other]
                # Rounding whole blocks of equals may turn two apart by less than a unit: apportion.
                assert prices.fees[one] <= prices.fees[other] + 1
            if weight == larger and not prices.equal_members_differ:
                assert prices.fees[one] == prices.fees[other]


@settings(deadline=None)
@given(solvable(), st.randoms(use_true_random=False))
def test_the_order_of_the_members_makes_no_difference(
    case: tuple[int, dict[str, int], int, int], random: Random
) -> None:
    steps, weights, lowest, highest = case
    limits = FeeLimits(lowest=lowest or None, highest=highest)
    shuffled = list(weights.items())
    random.shuffle(shuffled)
    assert share_within_limits(steps, dict(shuffled), limits) == share_within_limits(
        steps, weights, limits
    )


@settings(deadline=None)
@given(many, st.integers(1, 5_000))
def test_without_limits_it_is_apportion_alone(weights: dict[str, int], requested: int) -> None:
    prices, shares = (
        share_within_limits(requested, weights, FeeLimits()),
        apportion(requested, weights),
    )
    assert (prices.fees, prices.exact) == (shares.fees, shares.exact)
    assert (prices.equal_members_differ, prices.limited) == (shares.equal_members_differ, {})


@settings(deadline=None)
@given(many.filter(lambda members: len(members) > 1), st.integers(100, 5_000), st.data())
def test_a_fixed_share_is_paid_to_the_unit_and_the_others_share_the_rest(
    weights: dict[str, int], requested: int, data: st.DataObject
) -> None:
    fixed = data.draw(st.sampled_from(sorted(weights)))
    percent = data.draw(st.integers(1, 98))
    stated = FeeLimits.model_validate({"fixed_percent": {fixed: percent}})
    prices = share_within_limits(requested, weights, stated)
    fee = (2 * requested * percent + 100) // 200
    assert prices.fees[fixed] == fee
    others = {code: weight for code, weight in weights.items() if code != fixed}
    assert prices.fees == {fixed: fee, **apportion(requested - fee, others).fees}
