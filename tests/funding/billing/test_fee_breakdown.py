"""Receipts worked out by hand: how a fee came about under each pricing rule."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.funding.billing.fee_breakdown import FeeBreakdown, break_down_fee
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.pricing import MemberColumns, Prices, Pricing
from support.letter_reports import priced_by

DAY = date(2017, 2, 22)
MEMBERSHIP = {"population_year": 2015, "rebate_above": 8_000, "rebate_percent": 10}
YES = "000{},2016-06-15,2016-06-20,,yes"

Ask = Callable[..., FeeBreakdown]


@pytest.fixture(scope="module")
def stated(
    register_of: Callable[..., Register], five_members: pd.DataFrame
) -> Callable[..., Statement]:
    """A round's statement when the members with these last digits have joined."""

    def ask(round_: Round, *joined: int) -> Statement:
        register = register_of(*(YES.format(one) for one in joined))
        return compute_statement(round_, five_members, register, [], DAY, DAY)

    return ask


@pytest.fixture(scope="module")
def receipt_of(stated: Callable[..., Statement]) -> Ask:
    """The receipt of a member, by its last digit, when those with other digits have joined."""
    return lambda round_, digit, *joined: break_down_fee(stated(round_, *joined), f"000{digit}")


def test_stockholm_from_its_inhabitants_to_its_fee(
    shipped_on: Callable[[date, date], Statement], project: Path
) -> None:
    # 923 516 inhabitants less 10 % are 831 164.4; of all, rebated alike, that is 8.61 %.
    with (project / "data" / "municipalities.csv").open(encoding="utf-8") as file:
        people = [int(row["population_2015"]) for row in csv.DictReader(file)]
    counted = sum(Fraction(n * 9, 10) if n > 200_000 else Fraction(n) for n in people)
    made = break_down_fee(shipped_on(DAY, DAY), "0180")
    assert (made.method, made.population_year, made.key) == ("share", 2015, 923_516)
    assert (made.rebate, made.weight) == (Fraction("92351.6"), Fraction("831164.4"))
    assert (made.amount_shared, made.total_weight) == (3_400_000, counted)
    assert made.exact == 3_400_000 * Fraction("831164.4") / counted
    assert made.fee == 292_828
    assert made.rounding == 292_828 - made.exact
    assert abs(made.rounding) < 1


def test_every_receipt_of_the_shipped_round_adds_up(
    shipped_on: Callable[[date, date], Statement],
) -> None:
    statement = shipped_on(DAY, DAY)
    made = [break_down_fee(statement, code) for code in statement.answers["code"]]
    assert len(made) == 290
    assert all(one.amount_shared * one.share == one.exact for one in made)
    assert all(one.exact + one.rounding == one.fee for one in made)
    assert sum(one.fee for one in made) == 3_400_000
    # What rounding adds to some it takes from others.
    assert sum(one.rounding for one in made) == 0


def test_a_rebate_lowers_the_inhabitants_that_count(receipt_of: Ask, five_round: Round) -> None:
    # 1 000 a year; weights 1 000, 2 000, 3 000, 4 000 and 9 000 of 19 000. Exact: 52.6, 105.3,
    # 157.9, 210.5, 473.7; floors add up to 997, and the largest remainders are Dal, Fors and Alm.
    thousand = priced_by(five_round, "membership-fee", 1_000, **MEMBERSHIP)
    fors, ek = receipt_of(thousand, 5), receipt_of(thousand, 4)
    assert (fors.key, fors.rebate, fors.weight, fors.total_weight) == (10_000, 1_000, 9_000, 19_000)
    assert (fors.share, fors.exact) == (Fraction(9, 19), Fraction(9_000, 19))
    assert (fors.fee, fors.rounding) == (474, Fraction(6, 19))
    assert (ek.rebate, ek.fee, ek.rounding) == (0, 210, Fraction(-10, 19))


@pytest.mark.parametrize(
    ("limits", "digit", "limited", "fee", "of"),
    [
        # Fors would pay 900 and stops at 600: 1 300 is left for the others' 10 000.
        ({"highest": 600}, 5, "highest", 600, (1_300, 10_000)),
        ({"highest": 600}, 4, None, 520, (1_300, 10_000)),
        # Alm would pay 100 and pays 150: 1 750 is left for the others' 18 000; Fors 875.
        ({"lowest": 150}, 1, "lowest", 150, (1_750, 18_000)),
        ({"lowest": 150}, 5, None, 875, (1_750, 18_000)),
        # Fors pays half of 1 900; the other half is shared by 10 000, and Ek's part is 380.
        ({"fixed_percent": {"0005": "50"}}, 5, "fixed", 950, (950, 10_000)),
        ({"fixed_percent": {"0005": "50"}}, 4, None, 380, (950, 10_000)),
    ],
)
def test_limits_settle_some_and_leave_the_rest(
    receipt_of: Ask,
    five_round: Round,
    limits: dict[str, Any],
    digit: int,
    limited: str | None,
    fee: int,
    of: tuple[int, int],
) -> None:
    round_ = priced_by(five_round, "membership-fee", 1_900, **MEMBERSHIP, limits=limits)
    made = receipt_of(round_, digit)
    assert made.method == ("limit" if limited else "share")
    assert (made.limited, made.fee, made.exact) == (limited, fee, fee)
    assert (made.amount_shared, made.total_weight) == of


def test_fees_in_steps_are_rounded_to_a_step(receipt_of: Ask, five_round: Round) -> None:
    # 20 steps of 100: 1.05, 2.11, 3.16, 4.21 and 9.47; the one left over goes to Fors.
    round_ = priced_by(five_round, "membership-fee", 2_000, **MEMBERSHIP, step=100)
    made = receipt_of(round_, 5)
    assert (made.exact, made.fee) == (Fraction(18_000, 19), 1_000)
    assert made.rounding == Fraction(1_000, 19)


@pytest.mark.parametrize(
    ("rule", "terms", "year"),
    [
        ("inhabitants", {"population_year": 2016}, 2016),
        ("tax-base", {}, None),
        ("by-weight", {}, None),
    ],
)
def test_a_key_without_rebate(
    receipt_of: Ask, five_round: Round, rule: str, terms: dict[str, int], year: int | None
) -> None:
    # Fors is half of 20 000.
    made = receipt_of(priced_by(five_round, rule, 1_900, **terms), 5)
    assert (made.method, made.population_year) == ("share", year)
    assert (made.rebate, made.weight, made.total_weight) == (0, 10_000, 20_000)
    assert (made.share, made.exact, made.rate) == (Fraction(1, 2), 950, None)


def test_a_listed_fee_is_as_it_is_listed(receipt_of: Ask, five_round: Round) -> None:
    made = receipt_of(priced_by(five_round, "annex"), 4)
    assert (made.method, made.fee, made.exact, made.rounding) == ("listed", 4_000, 4_000, 0)


def test_a_rate_times_the_inhabitants(receipt_of: Ask, five_round: Round) -> None:
    # 0.0155 × 1 000 is 15.5, which goes up to 16; × 20 000 it is 310, below the ceiling.
    terms: dict[str, Any] = {"population_year": 2015, "rate": "0.0155", "ceiling": 9_000}
    made = receipt_of(priced_by(five_round, "rate-with-ceiling", **terms), 1)
    assert (made.method, made.rate, made.key) == ("rate", Fraction("0.0155"), 1_000)
    assert (made.exact, made.fee, made.rounding) == (Fraction("15.5"), 16, Fraction(1, 2))


def test_a_ceiling_that_binds_is_shared(receipt_of: Ask, five_round: Round) -> None:
    # 1 × 20 000 is above 9 001: Fors pays half of that, 4 500.5, and Alm 450.05.
    terms: dict[str, Any] = {"population_year": 2015, "rate": "1", "ceiling": 9_001}
    terms["ceiling_on"] = "all-members"
    round_ = priced_by(five_round, "rate-with-ceiling", **terms)
    made = receipt_of(round_, 5)
    assert (made.method, made.amount_shared, made.total_weight) == ("share", 9_001, 20_000)
    assert (made.exact, made.rate) == (Fraction("4500.5"), Fraction("0.45005"))
    assert made.highest_rate == 1


SHARED: dict[str, Any] = {"population_year": 2015, "cost": 6_000, "highest_rate": "1"}


def test_a_shared_cost_while_the_highest_rate_binds(receipt_of: Ask, five_round: Round) -> None:
    # Alm and Ek are 5 000 together, less than the 6 000 that cover the cost.
    made = receipt_of(priced_by(five_round, "shared-cost", **SHARED), 4, 1, 4)
    assert (made.method, made.rate, made.exact, made.fee) == ("rate", 1, 4_000, 4_000)
    assert (made.amount_shared, made.total_weight) == (5_000, 5_000)  # what they pay, not the cost


def test_a_shared_cost_that_is_covered(receipt_of: Ask, five_round: Round) -> None:
    # Ek and Fors are 14 000: 6 000 × 4/14 is 1 714 2/7; Fors's larger remainder is rounded up.
    made = receipt_of(priced_by(five_round, "shared-cost", **SHARED), 4, 4, 5)
    assert (made.method, made.amount_shared, made.total_weight) == ("share", 6_000, 14_000)
    assert (made.exact, made.fee) == (Fraction(12_000, 7), 1_714)
    assert made.rounding == Fraction(-2, 7)


def test_one_that_has_not_joined_is_counted_in(receipt_of: Ask, five_round: Round) -> None:
    # Alm and Ek have joined; with Fors they are 15 000, and Fors's part is 6 000 × 10/15.
    made = receipt_of(priced_by(five_round, "shared-cost", **SHARED), 5, 1, 4)
    assert (made.method, made.total_weight, made.exact) == ("share", 15_000, 4_000)
    assert made.amount_shared == 6_000  # the cost, not the 5 000 that the two pay now


class Flat(Pricing):
    """A rule that only its round knows: the same for all."""

    rule: Literal["flat"] = "flat"

    def columns(self) -> list[str]:
        return ["weight"]

    def prices(
        self, requested: int | None, amounts: MemberColumns, joined: Collection[str]
    ) -> Prices:
        fees = dict.fromkeys(amounts["weight"], 7)
        return Prices(7 * len(fees), fees, {code: Fraction(7) for code in fees})


def test_of_an_own_rule_the_outcome_is_known(receipt_of: Ask, five_round: Round) -> None:
    made = receipt_of(five_round.model_copy(update={"pricing": Flat(), "requested": 0}), 3)
    assert (made.method, made.fee, made.exact, made.rounding) == ("own", 7, 7, 0)


@settings(max_examples=25)  # each computes a statement
@given(
    requested=st.integers(1, 10**7),
    rebate=st.integers(0, 99),
    highest=st.one_of(st.none(), st.integers(10**6, 10**7)),
)
def test_whatever_is_shared_the_steps_lead_to_the_fee(
    stated: Callable[..., Statement],
    five_round: Round,
    requested: int,
    rebate: int,
    highest: int | None,
) -> None:
    terms: dict[str, Any] = {**MEMBERSHIP, "rebate_percent": rebate}
    # Five members can pay any amount requested within a limit that is at least a fifth of it.
    limits = {"highest": max(highest, requested // 5 + 1)} if highest else {}
    round_ = priced_by(five_round, "membership-fee", requested, **terms, limits=limits)
    statement = stated(round_)
    made = [break_down_fee(statement, f"000{digit}") for digit in range(1, 6)]
    for one in made:
        assert one.key - one.rebate == one.weight
        assert one.method == "limit" or one.amount_shared * one.share == one.exact
        assert abs(one.rounding) < 1
    assert sum(one.fee for one in made) == requested
