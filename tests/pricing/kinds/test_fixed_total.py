from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import ValidationError

from helpers.errors import ReportError
from helpers.pricing import Prices
from helpers.pricing.apportionment import apportion, membership_fee_weights
from helpers.pricing.decimals import ExactNumber
from helpers.pricing.kinds.fixed_total import Annex, ByWeight, Inhabitants, MembershipFee, TaxBase

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
    with pytest.raises(ReportError, match="column tax_base: not above 0 for b"):
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


def test_listed_fees_with_decimals_are_rounded_once_and_the_rest_is_stated() -> None:
    # 1 000.40 → 1 000, 600.50 → 601 and 0: 1 601 in place of 1 600.90.
    listed: dict[str, ExactNumber] = {"a": Fraction("1000.4"), "b": Fraction("600.5"), "c": 0}
    for stated in (None, 1_601):
        prices = Annex(rule="annex").prices(stated, {"fee": listed}, [])
        assert prices.fees == {"a": 1_000, "b": 601, "c": 0}
        assert (prices.requested, prices.rounding_difference) == (1_601, Fraction(1, 10))
    with pytest.raises(ReportError, match="requested is 1600, but the sum of the column fee is"):
        Annex(rule="annex").prices(1_600, {"fee": listed}, [])


def by_weight(requested: int, weights: dict[str, ExactNumber], **stated: object) -> Prices:
    rule = ByWeight.model_validate({"rule": "by-weight", **stated})
    groups = {"a": "small", "b": "small", "c": "large"}
    return rule.for_groups(groups).prices(requested, {"weight": weights}, [])


def test_each_share_is_rounded_by_itself_and_the_difference_stated() -> None:
    # B has 12.5 % of 100, exactly 12.5; A and C share 87.5 exactly: 43.75 → 44 each. 44 + 13 + 44.
    prices = by_weight(
        100, {"a": 1, "b": 0, "c": 1}, rounding="each", limits={"fixed_percent": {"b": "12.5"}}
    )
    assert prices.fees == {"a": 44, "b": 13, "c": 44}
    assert (prices.requested, prices.rounding_difference) == (101, 1)
    assert prices.exact["a"] == Fraction(175, 4)
    # Steps of 10: 33.33 is 3 steps, 66.67 is 7 steps.
    stepped = by_weight(100, {"a": 1, "b": 2}, rounding="each", step=10)
    assert stepped.fees == {"a": 30, "b": 70}
    assert stepped.rounding_difference == 0


def test_a_group_is_capped_and_the_stricter_of_two_caps_applies() -> None:
    # 10 % of 1 000 is 100 for a and b; c would pay 800 and pays the rest, 800, under its 900.
    limits = {"group_highest_percent": {"small": "10"}, "group_highest": {"small": 200}}
    prices = by_weight(1_000, {"a": 5, "b": 5, "c": 1}, limits={**limits, "highest": 900})
    assert prices.fees == {"a": 100, "b": 100, "c": 800}
    assert prices.limited == {"a": "highest", "b": "highest"}
    assert prices.capped_groups == {"a": "small", "b": "small"}
    assert prices.raise_limits.at_most == {"a": 100, "b": 100, "c": 900}
    # The highest of all is below that of the group: it is the one that stops b.
    common = by_weight(
        1_000, {"a": 1, "b": 7, "c": 2}, limits={"highest": 500, "group_highest": {"small": 600}}
    )
    assert (common.fees["b"], common.capped_groups) == (500, {})


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (
            {"group_highest": {"small": 100, "large": 200}},
            r"at group_highest\.small = 100 and group_highest\.large = 200, the 3 members .*"
            "pay at most 400, and 1000 is left",
        ),
        ({"group_highest": {"tiny": 100}}, "no member is in the group tiny"),
        (
            {"group_highest_percent": {"small": "5"}, "lowest": 60},
            'at lowest = 60 a member pays at least 60, at group_highest_percent.small = "5" at '
            "most 50",
        ),
        (
            {"group_highest": {"small": 100}, "fixed_percent": {"a": "20"}},
            'fixed_percent a = "20" goes past group_highest.small = 100',
        ),
    ],
)
def test_caps_of_groups_that_clash_are_named(limits: dict[str, object], message: str) -> None:
    with pytest.raises(ReportError, match=message):
        by_weight(1_000, {"a": 1, "b": 1, "c": 1}, limits=limits)


def test_an_annex_that_adds_up_to_another_sum_is_refused() -> None:
    with pytest.raises(ReportError, match="requested is 310, but the sum of the column fee is 300"):
        Annex(rule="annex").prices(310, {"fee": {"a": 100, "b": 200}}, [])


def test_an_annex_lists_no_fee_below_zero() -> None:
    with pytest.raises(ReportError, match="column fee: below 0 for b"):
        Annex(rule="annex").prices(None, {"fee": {"a": 100, "b": -1}}, [])
