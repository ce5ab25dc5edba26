from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.pricing.base import RaiseLimits
from helpers.pricing.bounded_shares import share_within_limits
from helpers.pricing.fee_limits import FeeLimits
from helpers.pricing.kinds.capped_rate import RateWithCeiling
from helpers.pricing.raised_fees import RaisedFees, raise_fees

FIVE = {"a": 50, "b": 25, "c": 15, "d": 8, "e": 2}


def raised(requested: int, limits: dict[str, object], *yes: str, step: int = 1) -> RaisedFees:
    """The fees of those that said yes if they share what is requested of the five."""
    made = FeeLimits.model_validate(limits, strict=True)
    prices = share_within_limits(requested, FIVE, made, step)
    before = {code: prices.fees[code] for code in yes}
    weights = {code: prices.sharing_weights[code] for code in yes}
    return raise_fees(requested, weights, before, prices.raise_limits)


def test_a_fixed_share_is_not_raised() -> None:
    # 2.5 % of 1 000 is 25 for b; c and d share the other 975 by 15 and 8: 635.87 and 339.13.
    found = raised(1_000, {"fixed_percent": {"b": "2.5"}}, "b", "c", "d")
    assert found.fees == {"b": 25, "c": 636, "d": 339}
    assert (found.remaining, found.stopped) == (0, {"b"})


def test_a_capped_fee_stays_at_its_cap() -> None:
    # 1 000 by 50, 25 and 15 would be 555.56, 277.78 and 166.67: a stops at 400, and 600 by 25 and
    # 15 is 375 and 225.
    found = raised(1_000, {"highest": 400}, "a", "b", "c")
    assert found.fees == {"a": 400, "b": 375, "c": 225}
    assert (found.remaining, found.stopped) == (0, {"a"})


def test_a_cap_in_percent_is_of_what_is_requested() -> None:
    # 40 % of 1 000, for each of a and b: 200 remain.
    found = raised(1_000, {"highest_percent": "40"}, "a", "b")
    assert found.fees == {"a": 400, "b": 400}
    assert (found.remaining, found.stopped) == (200, {"a", "b"})


def test_all_at_a_fixed_share_leave_the_rest_to_nobody() -> None:
    found = raised(1_000, {"fixed_percent": {"a": "10", "b": "2.5"}}, "a", "b")
    assert (found.fees, found.remaining) == ({"a": 100, "b": 25}, 875)


def test_a_floor_is_left_by_the_weight_and_not_by_the_fee() -> None:
    # Lifted to 60, e has a weight of 2 all the same: 1 000 by 15, 8 and 2 is 600, 320 and 80.
    found = raised(1_000, {"lowest": 60}, "c", "d", "e")
    assert found.fees == {"c": 600, "d": 320, "e": 80}
    # By 50, 25 and 2 e would pay 25.97, and keeps its 60: 940 by 50 and 25 is 626.67 and 313.33.
    found = raised(1_000, {"lowest": 60}, "a", "b", "e")
    assert found.fees == {"a": 627, "b": 313, "e": 60}


def test_fees_are_raised_in_the_rounds_own_steps() -> None:
    # 20 steps of 50 by 25 and 15: 12.5 and 7.5 steps; the tie goes to the lower code.
    assert raised(1_000, {}, "b", "c", step=50).fees == {"b": 650, "c": 350}


def test_a_stated_rate_is_not_raised() -> None:
    # 1.95 × 100 = 195 and × 10 = 19.5; the third says no.
    values = {"rule": "rate-with-ceiling", "population_year": 2018, "rate": "1.95"}
    rule = RateWithCeiling.model_validate({**values, "ceiling": 1_000}, strict=True)
    prices = rule.prices(None, {"population_2018": {"a": 100, "b": 10, "c": 1}}, [])
    found = raise_fees(
        prices.requested, {"a": 100, "b": 10}, {"a": 195, "b": 20}, prices.raise_limits
    )
    assert found.fees == {"a": 195, "b": 20}
    # 195 + 20 + 2 = 217 is requested.
    assert (found.remaining, found.stopped) == (2, {"a", "b"})


def test_a_member_without_weight_keeps_its_fee() -> None:
    found = raise_fees(10, {"a": 0, "b": 1}, {"a": 0, "b": 4})
    assert found == RaisedFees({"a": 0, "b": 10}, 0, frozenset())
    assert raise_fees(10, {"a": 0}, {"a": 0}).remaining == 10


def test_fees_that_exceed_the_amount_stay() -> None:
    assert raise_fees(5, {"a": 1, "b": 1}, {"a": 3, "b": 3}).fees == {"a": 3, "b": 3}


member = st.tuples(st.integers(1, 40), st.integers(0, 60), st.integers(0, 60) | st.none())


@settings(deadline=None)
@given(st.lists(member, min_size=1, max_size=8), st.integers(0, 300), st.sampled_from((1, 5)))
def test_fees_and_what_remains_add_up_within_the_bounds(
    members: list[tuple[int, int, int | None]], amount: int, step: int
) -> None:
    codes = [f"{n}" for n in range(len(members))]
    weights = dict(zip(codes, (Fraction(weight, 3) for weight, _, _ in members), strict=True))
    before = dict(zip(codes, (fee * step for _, fee, _ in members), strict=True))
    most = {
        code: (fee + room) * step
        for code, (_, fee, room) in zip(codes, members, strict=True)
        if room is not None
    }
    amount *= step
    found = raise_fees(amount, weights, before, RaiseLimits(most, step))
    assert sum(found.fees.values()) + found.remaining == max(amount, sum(before.values()))
    assert all(fee >= before[code] and fee % step == 0 for code, fee in found.fees.items())
    assert all(found.fees[code] <= highest for code, highest in most.items())
    if found.remaining:
        assert found.fees == most
