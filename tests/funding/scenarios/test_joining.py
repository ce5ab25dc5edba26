from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from helpers.errors import ReportError
from helpers.funding.scenarios.joining import outcome_of_leaving, price_of_joining
from helpers.funding.statement.round_statement import Statement
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import JoiningSettings

WHOLE, MONTHS, DAYS = (JoiningSettings(part_of_year=name) for name in ("whole", "months", "days"))


def prices(round_: Round, fee: int, rule: JoiningSettings, on: date) -> dict[int, int]:
    return {year.year: year.price for year in price_of_joining(round_, fee, rule, on).years}


@pytest.mark.parametrize(
    ("rule", "on", "first"),
    [
        (WHOLE, date(2017, 4, 15), 900),
        # April to December: nine twelfths of 900.
        (MONTHS, date(2017, 4, 15), 675),
        (MONTHS, date(2017, 1, 31), 900),
        (MONTHS, date(2017, 12, 31), 75),
        # 16 days of April and 245 to follow: 900 × 261/365 = 643.56.
        (DAYS, date(2017, 4, 15), 644),
        (DAYS, date(2017, 1, 1), 900),
        # 900/365 = 2.47
        (DAYS, date(2017, 12, 31), 2),
    ],
)
def test_the_year_of_joining_is_paid_by_the_rounds_rule(
    five_round: Round, rule: JoiningSettings, on: date, first: int
) -> None:
    assert prices(five_round, 900, rule, on) == {2017: first, 2018: 900}


@pytest.mark.parametrize("rule", [WHOLE, MONTHS, DAYS])
def test_years_passed_cost_nothing_and_years_to_come_the_whole_fee(
    five_round: Round, rule: JoiningSettings
) -> None:
    assert prices(five_round, 900, rule, date(2016, 12, 31)) == {2017: 900, 2018: 900}
    assert prices(five_round, 900, rule, date(2018, 1, 1)) == {2017: 0, 2018: 900}
    assert prices(five_round, 900, rule, date(2019, 1, 1)) == {2017: 0, 2018: 0}


def test_a_half_goes_up(five_round: Round) -> None:
    # 2 × 3/12 = 0.5
    assert prices(five_round, 2, MONTHS, date(2017, 10, 1))[2017] == 1


def test_a_leap_year_has_366_days(five_round: Round) -> None:
    round_ = five_round.model_copy(update={"years": [2020]})
    # From 29 February: that day and 306 more.
    price = price_of_joining(round_, 366, DAYS, date(2020, 2, 29))
    assert [(y.part, y.price) for y in price.years] == [(Fraction(307, 366), 307)]


def test_the_total_is_over_all_years_in_order(five_round: Round) -> None:
    round_ = five_round.model_copy(update={"years": [2018, 2017]})
    price = price_of_joining(round_, 900, MONTHS, date(2017, 4, 15))
    assert [year.year for year in price.years] == [2017, 2018]
    assert (price.on, price.fee, price.total) == (date(2017, 4, 15), 900, 1_575)


def test_a_rule_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValidationError, match="'whole', 'months' or 'days'"):
        JoiningSettings.model_validate({"part_of_year": "weeks"})


@given(
    fee=st.integers(0, 100_000),
    day=st.dates(date(2017, 1, 1), date(2017, 12, 31)),
    rule=st.sampled_from([MONTHS, DAYS]),
)
@settings(deadline=None)
def test_joining_later_never_costs_more(
    fee: int, day: date, rule: JoiningSettings, five_round: Round
) -> None:
    price = price_of_joining(five_round, fee, rule, day).total
    assert fee <= price <= price_of_joining(five_round, fee, WHOLE, day).total == 2 * fee
    assert (
        price_of_joining(five_round, fee, rule, date.fromordinal(day.toordinal() + 1)).total
        <= price
    )


def test_a_member_that_leaves_takes_its_fee(
    answers_of: Callable[..., pd.DataFrame], five_round: Round
) -> None:
    answers = answers_of(Fors="yes", Ek="yes", Dal="yes")
    left = outcome_of_leaving(five_round, answers, "0004")
    assert (left.code, left.name, left.funded, left.gap) == ("0004", "Ek", 1_200, 700)
    assert (left.by_year, left.funded_share) == ({2017: 1_200, 2018: 1_200}, Fraction(12, 19))


def test_one_that_leaves_may_make_another_year_the_smallest(
    answers_of: Callable[..., pd.DataFrame], five_round: Round
) -> None:
    # 2017: Fors and Dal, 1 200; 2018: Ek and Dal, 700. Without Fors 2017 has Dal's 300.
    answers = answers_of(Fors="yes,2017", Ek="yes,2018", Dal="yes")
    left = outcome_of_leaving(five_round, answers, "0005")
    assert (left.funded, left.gap, left.by_year) == (300, 1_600, {2017: 300, 2018: 700})


def test_when_the_only_one_leaves_nothing_is_left(
    answers_of: Callable[..., pd.DataFrame], five_round: Round
) -> None:
    assert outcome_of_leaving(five_round, answers_of(Fors="yes"), "0005").funded == 0


@pytest.mark.parametrize("code", ["0001", "0003"])
def test_one_that_never_said_yes_takes_nothing(
    answers_of: Callable[..., pd.DataFrame],
    five_round: Round,
    code: str,
) -> None:
    left = outcome_of_leaving(five_round, answers_of(Fors="yes", Dal="no"), code)
    assert (left.funded, left.gap) == (900, 1_000)


def test_a_code_that_is_no_members_is_an_error(
    answers_of: Callable[..., pd.DataFrame], five_round: Round
) -> None:
    with pytest.raises(ReportError, match="no member with the code 0009"):
        outcome_of_leaving(five_round, answers_of(), "0009")


def test_without_stockholm_the_shipped_round_lacks_its_fee_more(
    shipped_on: Callable[[date, date], Statement],
    shipped_round: Round,
) -> None:
    statement = shipped_on(date(2017, 2, 22), date(2017, 2, 22))
    left = outcome_of_leaving(shipped_round, statement.answers, "0180")
    assert left.funded == statement.total.funded - 292_828
