from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from tomllib import loads
from typing import Any, Literal, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from helpers.errors import ReportError
from helpers.pricing import PRICING_RULES, AnyPricing, Prices, Pricing, discriminated_union
from helpers.pricing.base import MemberColumns, list_codes, required_column, resolve_requested

# Each rule as [pricing] in round.toml states it, and what is requested where that is up to it.
STATED = {
    "membership-fee": ("population_year = 2015\nrebate_above = 20\nrebate_percent = 10", 100),
    "inhabitants": ("population_year = 2015", 100),
    "tax-base": ("step = 10", 100),
    "by-weight": ('[limits]\nhighest_percent = "60.5"', 100),
    "annex": ("", None),
    "rate-with-ceiling": ('population_year = 2015\nrate = "1.95"\nceiling = 118', None),
    "shared-cost": ('population_year = 2015\ncost = 100\nhighest_rate = "2.28"', None),
}
NUMBERS = {"0001": 10, "0002": 20, "0003": 30}
AMOUNTS = dict.fromkeys(["population_2015", "tax_base", "weight", "fee"], NUMBERS)


def read(rule: str) -> Pricing:
    """A rule read as a round is: from TOML, strictly."""
    values = {"rule": rule, **loads(STATED[rule][0])}
    return TypeAdapter(AnyPricing).validate_python(values, strict=True)


def test_every_rule_is_registered_by_a_name_of_its_own() -> None:
    names = [get_args(rule.model_fields["rule"].annotation)[0] for rule in PRICING_RULES]
    assert names == [*STATED, "pledges"]  # whose amounts are in the register: no fees to compute


@pytest.mark.parametrize("rule", STATED)
def test_every_rule_prices_all_members_from_the_columns_it_asks_for(rule: str) -> None:
    pricing, requested = read(rule), STATED[rule][1]
    asked = {name: AMOUNTS[name] for name in pricing.columns()}
    prices = pricing.prices(requested, asked, list(NUMBERS))
    assert list(prices.fees) == list(prices.exact) == list(NUMBERS)
    assert all(type(fee) is int for fee in prices.fees.values())
    # When all have joined, what they pay is what is requested, whichever the rule.
    assert sum(prices.fees.values()) == prices.requested
    assert pricing.prices(prices.requested, asked, list(NUMBERS)) == prices


@pytest.mark.parametrize("rule", STATED)
def test_a_rule_that_needs_the_total_stated_says_so(rule: str) -> None:
    assert read(rule).needs_requested == (STATED[rule][1] is not None)


@pytest.mark.parametrize("rule", STATED)
def test_only_a_rule_that_says_so_depends_on_who_has_joined(rule: str) -> None:
    pricing, requested = read(rule), STATED[rule][1]
    nobody, everybody = (pricing.prices(requested, AMOUNTS, who) for who in ([], list(NUMBERS)))
    assert (nobody != everybody) == pricing.depends_on_joined


@pytest.mark.parametrize("rule", STATED)
def test_a_misspelt_key_is_refused(rule: str) -> None:
    values = {"rule": rule, **loads(STATED[rule][0]), "stepp": 10}
    with pytest.raises(ValidationError, match="stepp"):
        TypeAdapter(AnyPricing).validate_python(values, strict=True)


def test_an_unknown_rule_is_answered_with_those_there_are() -> None:
    with pytest.raises(ValidationError, match=r"'membership-fee'.*'shared-cost'"):
        TypeAdapter(AnyPricing).validate_python({"rule": "by-lot"})


class TenEach(Pricing):
    rule: Literal["ten-each"]

    def columns(self) -> list[str]:
        return ["weight"]

    def prices(
        self,
        requested: int | None,
        amounts: MemberColumns,
        joined: Collection[str],
    ) -> Prices:
        fees = dict.fromkeys(amounts["weight"], 10)
        return Prices(10 * len(fees), fees, {code: Fraction(10) for code in fees})


def test_a_new_rule_is_one_class_and_one_line() -> None:
    type_ = TypeAdapter(discriminated_union((*PRICING_RULES, TenEach)))
    pricing = type_.validate_python({"rule": "ten-each"}, strict=True)
    assert pricing.prices(None, AMOUNTS, []).fees == {"0001": 10, "0002": 10, "0003": 10}
    assert type_.validate_python({"rule": "annex"}) == read("annex")


def test_a_column_is_given_as_it_is() -> None:
    assert required_column(AMOUNTS, "weight") is NUMBERS
    assert required_column({"fee": {"a": 0}}, "fee", zero_allowed=None) == {"a": 0}
    assert required_column({"weight": {"a": 0, "b": 1}}, "weight", zero_allowed={"a"})["a"] == 0


@pytest.mark.parametrize(
    ("amounts", "zero_allowed", "message"),
    [
        ({}, (), "no column fee"),
        ({"fee": {}}, (), "no member"),
        ({"fee": {"b": 0, "a": -1, "c": 1}}, (), "column fee: not above 0 for a, b"),
        ({"fee": {"b": 0, "a": -1, "c": 1}}, ("b",), "column fee: not above 0 for a"),
        ({"fee": {"b": 0, "a": -1, "c": 1}}, None, "column fee: below 0 for a"),
    ],
)
def test_a_column_that_cannot_be_priced_is_refused(
    amounts: dict[str, Any], zero_allowed: Collection[str] | None, message: str
) -> None:
    with pytest.raises(ReportError, match=message):
        required_column(amounts, "fee", zero_allowed=zero_allowed)


def test_a_sum_that_the_rule_decides_may_be_stated_or_not() -> None:
    assert resolve_requested(None, 7, "the sum") == 7
    assert resolve_requested(7, 7, "the sum") == 7
    with pytest.raises(ReportError, match="requested is 8, but the sum is 7"):
        resolve_requested(8, 7, "the sum")


def test_a_message_names_ten_members_and_counts_the_others() -> None:
    assert list_codes(list("jihgfedcba")) == "a, b, c, d, e, f, g, h, i, j"
    assert list_codes(list("kjihgfedcba")) == "a, b, c, d, e, f, g, h, i, j and 1 more"
    assert list_codes(list("lkjihgfedcba")) == "a, b, c, d, e, f, g, h, i, j and 2 more"
