from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import ValidationError

from helpers.errors import ReportError
from helpers.pricing import Prices
from helpers.pricing.apportionment import apportion, membership_fee_weights
from helpers.pricing.fixed_total import Annex, ByWeight, Inhabitants, MembershipFee, TaxBase

SKL_2016 = MembershipFee(
    rule="membership-fee", population_year=2015, rebate_above=200_000, rebate_percent=10
)


@pytest.fixture(scope="module")
def prices_2016(inhabitants: dict[str, dict[str, int]]) -> Prices:
    return SKL_2016.prices(3_400_000, inhabitants, [])


def test_stockholm_pays_292_828_of_3_4_million(prices_2016: Prices) -> None:
    # docs/explanation/money.md, "Stockholm in 2016". By hand: 3 400 000 × 831 164.4 / 9 650 576.4,
    # where 831 164.4 is 90 % of 923 516, and 9 650 576.4 is 9 851 017 less 10 % of
    # 923 516 + 548 190 + 322 574 + 210 126.
    assert prices_2016.exact["0180"] == Fraction(3_400_000 * 8_311_644, 96_505_764)
    assert prices_2016.fees["0180"] == 292_828
    assert prices_2016.requested == sum(prices_2016.fees.values()) == 3_400_000


def test_the_2016_fees_are_those_of_the_membership_fee_principle_alone(
    prices_2016: Prices, inhabitants: dict[str, dict[str, int]]
) -> None:
    weights = membership_fee_weights(inhabitants["population_2015"], 200_000, 10)
    shares = apportion(3_400_000, weights)
    assert prices_2016.fees == shares.fees
    assert prices_2016.exact == shares.exact
    assert not prices_2016.equal_members_differ
    assert (prices_2016.rate, prices_2016.binding, prices_2016.limited) == (None, "", {})


def test_the_round_asks_for_its_own_years_inhabitants() -> None:
    assert SKL_2016.columns() == ["population_2015"]
    assert Inhabitants(rule="inhabitants", population_year=2018).columns() == ["population_2018"]
    assert TaxBase(rule="tax-base").columns() == ["tax_base"]
    assert ByWeight(rule="by-weight").columns() == ["weight"]
    assert Annex(rule="annex").columns() == ["fee"]


@pytest.mark.parametrize(
    ("pricing", "column"),
    [
        (Inhabitants(rule="inhabitants", population_year=2018), "population_2018"),
        (TaxBase(rule="tax-base"), "tax_base"),
        (ByWeight(rule="by-weight"), "weight"),
    ],
)
def test_the_key_alone_shares_the_total(
    pricing: Inhabitants | TaxBase | ByWeight, column: str
) -> None:
    # 10 × 1/6 = 1.67, 10 × 2/6 = 3.33, 10 × 3/6 = 5: one krona over, to the .67.
    prices = pricing.prices(10, {column: {"a": 1, "b": 2, "c": 3}}, ["a"])
    assert prices.fees == {"a": 2, "b": 3, "c": 5}


def test_inhabitants_alone_give_no_rebate() -> None:
    # 600 000 and 400 000 inhabitants: 60 and 40 of 100. With 10 % off those above 500 000 it is
    # 540 000 to 400 000: 100 × 54/94 = 57.4 and 42.6.
    amounts = {"population_2015": {"a": 600_000, "b": 400_000}}
    alike = Inhabitants(rule="inhabitants", population_year=2015)
    assert alike.prices(100, amounts, []).fees == {"a": 60, "b": 40}
    rebate = MembershipFee(
        rule="membership-fee", population_year=2015, rebate_above=500_000, rebate_percent=10
    )
    assert rebate.prices(100, amounts, []).fees == {"a": 57, "b": 43}


def test_fees_in_steps_of_a_hundred(inhabitants: dict[str, dict[str, int]]) -> None:
    # 292 828 in the nearest hundreds; 3 400 000 is 34 000 steps.
    stepped = SKL_2016.model_copy(update={"step": 100})
    prices = stepped.prices(3_400_000, inhabitants, [])
    assert prices.fees["0180"] == 292_800
    assert all(fee % 100 == 0 for fee in prices.fees.values())
    assert sum(prices.fees.values()) == 3_400_000


def test_a_total_is_needed_to_share_it() -> None:
    with pytest.raises(ReportError, match=r'"tax-base" shares a total.*Write requested ='):
        TaxBase(rule="tax-base").prices(None, {"tax_base": {"a": 1}}, [])


def test_a_member_without_a_tax_base_is_named() -> None:
    with pytest.raises(ReportError, match="column tax_base: below 1 for b"):
        TaxBase(rule="tax-base").prices(10, {"tax_base": {"a": 1, "b": 0}}, [])


@pytest.mark.parametrize("wrong", [{"step": 0}, {"rebate_percent": 100}, {"rebate_above": 0}])
def test_values_out_of_range_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        MembershipFee.model_validate({**SKL_2016.model_dump(), **wrong})


@pytest.mark.parametrize("stated", [None, 300])
def test_an_annex_is_taken_as_it_is(stated: int | None) -> None:
    prices = Annex(rule="annex").prices(stated, {"fee": {"a": 100, "b": 200, "c": 0}}, [])
    assert prices.requested == 300
    assert prices.fees == prices.exact == {"a": 100, "b": 200, "c": 0}
    assert not prices.equal_members_differ


def test_an_annex_that_adds_up_to_another_sum_is_refused() -> None:
    with pytest.raises(ReportError, match="requested is 310, but the sum of the column fee is 300"):
        Annex(rule="annex").prices(310, {"fee": {"a": 100, "b": 200}}, [])


def test_an_annex_lists_no_fee_below_zero() -> None:
    with pytest.raises(ReportError, match="column fee: below 0 for b"):
        Annex(rule="annex").prices(None, {"fee": {"a": 100, "b": -1}}, [])
