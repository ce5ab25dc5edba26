from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from helpers.errors import ReportError
from helpers.pricing import Prices
from helpers.pricing.kinds.shared_cost import SharedCost

# 2.50 × 400 = 1 000: the four with 500 inhabitants can cover the cost, not all must.
FOUR = {"a": 100, "b": 200, "c": 150, "d": 50}

# Who has joined; what each pays or would pay; the rate; and what binds.
CASES = {
    # Each alone: 2.50 × its inhabitants.
    "nobody": ("", {"a": 250, "b": 500, "c": 375, "d": 125}, Fraction(5, 2), "maximum-rate"),
    # 2.50 × 100 = 250. With any other it is still at most 2.50 × 300 = 750.
    "one": ("a", {"a": 250, "b": 500, "c": 375, "d": 125}, Fraction(5, 2), "maximum-rate"),
    # 2.50 × 300 = 750. With c it is 450 inhabitants, 1 000 / 450 × 150 = 333.33; with d 350, and
    # 2.50 × 350 = 875 is still less than the cost.
    "two": ("ab", {"a": 250, "b": 500, "c": 333, "d": 125}, Fraction(5, 2), "maximum-rate"),
    # 2.50 × 400 = 1 000, the cost. With a it is 1 000 / 500 = 2 each.
    "just enough": ("bcd", {"a": 200, "b": 500, "c": 375, "d": 125}, Fraction(5, 2), ""),
    # 1 000 / 450 = 2.22: 222.22, 444.44 and 333.33; the whole parts are 999, one krona over, to the
    # .44. With d it is 2 each.
    "three": ("abc", {"a": 222, "b": 445, "c": 333, "d": 100}, Fraction(20, 9), ""),
    # 1 000 / 500 = 2.
    "all": ("abcd", {"a": 200, "b": 400, "c": 300, "d": 100}, Fraction(2), ""),
}


def rule(cost: int, highest_rate: str) -> SharedCost:
    values = {"rule": "shared-cost", "population_year": 2019, "cost": cost}
    return SharedCost.model_validate({**values, "highest_rate": highest_rate}, strict=True)


def priced(
    cost: int, highest_rate: str, inhabitants: dict[str, int], joined: Collection[str]
) -> Prices:
    return rule(cost, highest_rate).prices(None, {"population_2019": inhabitants}, joined)


@pytest.mark.parametrize(("joined", "fees", "rate", "binding"), CASES.values(), ids=CASES)
def test_what_each_pays_by_who_has_joined(
    joined: str, fees: dict[str, int], rate: Fraction, binding: str
) -> None:
    prices = priced(1_000, "2.50", FOUR, list(joined))
    assert prices.fees == fees
    assert (prices.rate, prices.highest_rate) == (rate, Fraction(5, 2))
    assert (prices.requested, prices.binding) == (1_000, binding)


def test_the_exact_fees_are_kept() -> None:
    exact = priced(1_000, "2.50", FOUR, "ab").exact
    assert exact == {"a": 250, "b": 500, "c": Fraction(1_000, 3), "d": 125}
    assert priced(1_000, "2.50", FOUR, "abc").exact["b"] == Fraction(4_000, 9)


def test_roundings_never_collect_more_than_the_cost() -> None:
    # 0.50 × 1 three times is 1.50, less than 2, but half up it would be 3; 1.50 is 2 half up.
    prices = priced(2, "0.50", {"a": 1, "b": 1, "c": 1}, "abc")
    assert prices.fees == {"a": 1, "b": 1, "c": 0}
    assert prices.equal_members_differ
    assert prices.binding == "maximum-rate"


def test_the_rate_falls_from_the_break_even_on() -> None:
    # 1 000 / 2.50 = 400. Then 1 000 / 401.
    pricing = rule(1_000, "2.50")
    assert pricing.break_even_inhabitants() == 400
    assert [pricing.rate_at(number) for number in (0, 399, 400)] == [Fraction(5, 2)] * 3
    assert pricing.rate_at(401) == Fraction(1_000, 401)


def test_a_break_even_between_two_numbers_is_the_upper() -> None:
    # 1 000 / 3 = 333.33: 3 × 333 = 999 does not cover the cost, 1 000 / 334 each does.
    pricing = rule(1_000, "3")
    assert pricing.break_even_inhabitants() == 334
    assert (pricing.rate_at(333), pricing.rate_at(334)) == (3, Fraction(1_000, 334))


def test_the_curve_has_its_corner() -> None:
    # A hundred even steps where nobody says how many; 0, 250 and 500, and the break-even of 400.
    assert [n for n, _ in rule(1_000, "2.50").rate_curve(1_000)] == list(range(0, 1_001, 10))
    curve = rule(1_000, "2.50").rate_curve(500, points=2)
    half = Fraction(5, 2)
    assert curve == [(0, half), (250, half), (400, half), (500, Fraction(2))]


def test_a_curve_that_never_covers_the_cost_is_flat() -> None:
    curve = rule(1_000, "2.50").rate_curve(300, points=3)
    assert curve == [(number, Fraction(5, 2)) for number in (0, 100, 200, 300)]


def test_yrkesresan_on_an_estimated_cost(inhabitants: dict[str, dict[str, int]]) -> None:
    # The maximum assumes 60 % of the country's inhabitants (data/rounds.md). Of 10 327 589 at the
    # end of 2019 that is 6 196 553.4, × 2.28 = 14 128 141.75 a year. 14 128 142 / 2.28 =
    # 6 196 553.51. If all join: 14 128 142 / 10 327 589 = 1.37 each.
    total = sum(inhabitants["population_2019"].values())
    assert total == 10_327_589
    pricing = rule(14_128_142, "2.28")
    assert pricing.break_even_inhabitants() == 6_196_554
    everybody = pricing.prices(None, inhabitants, list(inhabitants["population_2019"]))
    assert everybody.rate == Fraction(14_128_142, total)
    assert sum(everybody.fees.values()) == 14_128_142
    # Stockholm alone, 974 073 × 2.28 = 2 220 886.44, is far from covering it.
    assert pricing.prices(None, inhabitants, ["0180"]).fees["0180"] == 2_220_886


def test_what_round_toml_states_has_to_be_the_cost() -> None:
    amounts = {"population_2019": FOUR}
    assert rule(1_000, "2.50").prices(1_000, amounts, []).requested == 1_000
    with pytest.raises(ReportError, match="requested is 999, but the cost that is shared is 1000"):
        rule(1_000, "2.50").prices(999, amounts, [])


def test_a_cost_is_the_organisers_own_unless_said_to_be_estimated() -> None:
    assert not rule(1_000, "2.50").estimated
    with pytest.raises(ValidationError, match="cost"):
        rule(0, "2.50")


many = st.dictionaries(st.integers(1, 60).map(str), st.integers(1, 9_999), min_size=1, max_size=20)


@settings(deadline=None)
@given(st.integers(1, 30_000), st.integers(1, 999), many, st.data())
def test_the_cost_is_never_exceeded_and_is_met_once_the_rate_falls(
    cost: int, cents: int, members: dict[str, int], data: st.DataObject
) -> None:
    joined = data.draw(st.sets(st.sampled_from(sorted(members))))
    prices = priced(cost, f"{cents / 100:.2f}", members, joined)
    paid = sum(prices.fees[code] for code in joined)
    assert paid <= cost
    together = sum(members[code] for code in joined)
    assert (prices.binding == "") == (together >= ceil(Fraction(cost * 100, cents)))
    if prices.binding == "":
        assert paid == cost
    for code, number in members.items():
        # Never above the highest rate, but for rounding.
        assert prices.fees[code] <= Fraction(cents * number, 100) + Fraction(3, 2)


@settings(deadline=None)
@given(st.integers(1, 30_000), st.integers(1, 999), many, st.data())
def test_the_fee_told_to_one_outside_is_the_one_it_gets_but_for_a_unit(
    cost: int, cents: int, members: dict[str, int], data: st.DataObject
) -> None:
    joined = data.draw(st.sets(st.sampled_from(sorted(members))))
    rate = f"{cents / 100:.2f}"
    described = priced(cost, rate, members, joined).fees
    for code in set(members) - joined:
        assert abs(priced(cost, rate, members, joined | {code}).fees[code] - described[code]) <= 1


@settings(deadline=None)
@given(st.integers(1, 30_000), st.integers(1, 999), st.integers(1, 100_000))
def test_the_curve_never_rises(cost: int, cents: int, most: int) -> None:
    curve = rule(cost, f"{cents / 100:.2f}").rate_curve(most, points=20)
    assert curve[0][0] == 0
    assert curve[-1][0] == most
    for (fewer, dearer), (more, cheaper) in pairwise(curve):
        assert fewer < more
        assert dearer >= cheaper > 0
