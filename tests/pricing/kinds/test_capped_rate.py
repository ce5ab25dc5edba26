from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import ReportError
from helpers.pricing import Prices
from helpers.pricing.kinds.capped_rate import RateWithCeiling

THREE = {"a": 100, "b": 10, "c": 1}


def rule(rate: str, ceiling: int) -> RateWithCeiling:
    values = {"rule": "rate-with-ceiling", "population_year": 2018, "rate": rate}
    values |= {"ceiling": ceiling, "ceiling_on": "all-members"}
    return RateWithCeiling.model_validate(values, strict=True)


def priced(
    rate: str, ceiling: int, inhabitants: dict[str, int], requested: int | None = None
) -> Prices:
    return rule(rate, ceiling).prices(requested, {"population_2018": inhabitants}, [])


def test_below_the_ceiling_each_pays_the_rate_half_up() -> None:
    # 1.95 × 100 = 195, × 10 = 19.5, × 1 = 1.95; together 195 + 20 + 2 = 217.
    prices = priced("1.95", 1_000, THREE)
    assert prices.fees == {"a": 195, "b": 20, "c": 2}
    assert prices.exact == {"a": 195, "b": Fraction(39, 2), "c": Fraction(195, 100)}
    assert prices.requested == 217
    assert prices.rate == prices.highest_rate == Fraction(195, 100)
    assert prices.binding == ""


def test_a_binding_ceiling_is_what_is_requested_and_every_fee_falls_alike() -> None:
    # 1.95 × 111 = 216.45 > 200. 200 × 100/111 = 180.18, × 10/111 = 18.02, × 1/111 = 1.80: the
    # whole parts are 199, one krona over, to the .80.
    prices = priced("1.95", 200, THREE)
    assert prices.fees == {"a": 180, "b": 18, "c": 2}
    assert prices.requested == 200
    assert (prices.rate, prices.highest_rate) == (Fraction(200, 111), Fraction(195, 100))
    assert prices.binding == "ceiling"


def test_a_ceiling_that_is_just_reached_does_not_bind() -> None:
    # 2 × 3 + 2 × 2 = 10.
    prices = priced("2", 10, {"a": 3, "b": 2})
    assert (prices.fees, prices.rate, prices.binding) == ({"a": 6, "b": 4}, 2, "")


def test_a_ceiling_that_is_just_reached_is_met_to_the_krona() -> None:
    # 0.05 × 9, 7 and 4 is 0.45, 0.35 and 0.20, together 1; half up it would be nothing.
    prices = priced("0.05", 1, {"a": 9, "b": 7, "c": 4})
    assert (prices.fees, prices.requested) == ({"a": 1, "b": 0, "c": 0}, 1)


def test_roundings_may_come_to_the_ceiling_itself() -> None:
    # 0.50 × 1 twice is half up 1 and 1: 2, which is the ceiling and not past it.
    prices = priced("0.50", 2, {"a": 1, "b": 1})
    assert (prices.fees, prices.requested) == ({"a": 1, "b": 1}, 2)
    assert not prices.equal_members_differ


def test_roundings_never_carry_past_the_ceiling() -> None:
    # 0.50 × 1 three times is 1.50, below the ceiling of 2, but half up it would be 3. So 1.50, half
    # up 2, is shared by three, of whom the last cannot pay as the others.
    prices = priced("0.50", 2, {"a": 1, "b": 1, "c": 1})
    assert prices.fees == {"a": 1, "b": 1, "c": 0}
    assert prices.equal_members_differ
    assert (prices.requested, prices.rate, prices.binding) == (2, Fraction(1, 2), "")


def test_the_ceiling_of_19_5_million_binds_on_the_population_of_2018(
    inhabitants: dict[str, dict[str, int]],
) -> None:
    # 10 230 185 × 1.95 = 19 948 860.75. Stockholm has 962 154 inhabitants: 19 500 000 × 962 154 /
    # 10 230 185 = 1 833 984.72, where 1.95 each would be 1 876 200.30.
    prices = rule("1.95", 19_500_000).prices(None, inhabitants, [])
    assert sum(inhabitants["population_2018"].values()) == 10_230_185
    assert prices.binding == "ceiling"
    assert prices.requested == sum(prices.fees.values()) == 19_500_000
    assert prices.rate == Fraction(19_500_000, 10_230_185)
    assert prices.exact["0180"] == Fraction(19_500_000 * 962_154, 10_230_185)
    assert prices.fees["0180"] == 1_833_985


def test_a_ceiling_of_20_million_would_not(inhabitants: dict[str, dict[str, int]]) -> None:
    # 1.95 × 962 154 = 1 876 200.30.
    prices = rule("1.95", 20_000_000).prices(None, inhabitants, [])
    assert (prices.binding, prices.fees["0180"]) == ("", 1_876_200)
    # Each is at most half a krona from 19 948 860.75 / 290.
    assert abs(prices.requested - Fraction(1_994_886_075, 100)) <= 145


def test_what_round_toml_states_has_to_be_what_the_rule_comes_to() -> None:
    assert priced("1.95", 200, THREE, requested=200).requested == 200
    with pytest.raises(
        ReportError, match="is 217, but the sum of the fees by rate and ceiling is 200"
    ):
        priced("1.95", 200, THREE, requested=217)


many = st.dictionaries(st.integers(1, 60).map(str), st.integers(1, 9_999), min_size=1, max_size=30)


@settings(deadline=None)
@given(st.integers(1, 999), st.integers(1, 20_000), many)
def test_the_ceiling_holds_and_fees_are_near_the_rate(
    cents: int, ceiling: int, inhabitants: dict[str, int]
) -> None:
    prices = priced(f"{cents / 100:.2f}", ceiling, inhabitants)
    assert sum(prices.fees.values()) == prices.requested <= ceiling
    full = Fraction(cents * sum(inhabitants.values()), 100)
    assert (prices.binding == "ceiling") == (full > ceiling)
    if full >= ceiling:
        assert prices.requested == ceiling
    rate = prices.rate
    assert rate is not None
    for code, number in inhabitants.items():
        # A krona for rounding to the sum, and half a one where the sum itself is rounded.
        assert abs(prices.fees[code] - rate * number) <= Fraction(3, 2)


def collected(inhabitants: dict[str, int], rate: str, ceiling: int) -> Prices:
    values = {"rule": "rate-with-ceiling", "population_year": 2018, "rate": rate}
    made = RateWithCeiling.model_validate({**values, "ceiling": ceiling}, strict=True)
    return made.prices(None, {"population_2018": inhabitants}, [])


def test_a_ceiling_on_what_is_collected_leaves_every_fee_at_the_rate() -> None:
    # 195 + 20 + 2 = 217, of which 200 is requested.
    prices = collected(THREE, "1.95", 200)
    assert prices.fees == {"a": 195, "b": 20, "c": 2}
    assert (prices.requested, prices.rate, prices.binding) == (200, Fraction(195, 100), "")


def test_in_2019_stockholm_paid_1_95_an_inhabitant(inhabitants: dict[str, dict[str, int]]) -> None:
    # 962 154 × 1.95 = 1 876 200.30; all 10 230 185 at 1.95 would be 19 948 860.75.
    prices = collected(inhabitants["population_2018"], "1.95", 19_500_000)
    assert prices.fees["0180"] == 1_876_200
    assert prices.requested == 19_500_000
    assert abs(sum(prices.fees.values()) - Fraction(1_994_886_075, 100)) <= 145
