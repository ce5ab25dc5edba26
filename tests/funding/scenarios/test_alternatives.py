from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.funding.scenarios.alternatives import fewer_years, needed_reserve, smaller_budget
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_table import add_secured
from helpers.model.funding_round import Round


def secured(round_: Round, answers: pd.DataFrame) -> dict[int, int]:
    return add_secured(round_, answers)[1]


@pytest.fixture
def answers(answers_of: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """2017: Fors, Dal and Ek, 1 600; 2018: Fors and Dal, 1 200."""
    return answers_of(Fors="yes", Dal="yes", Ek="yes,2017", Berg="no")


def test_a_smaller_plan_is_what_is_funded(answers: pd.DataFrame, five_round: Round) -> None:
    budget = smaller_budget(five_round, secured(five_round, answers))
    assert (budget.per_year, budget.by_year) == (1_200, {2017: 1_600, 2018: 1_200})
    assert (budget.all_years, budget.requested) == (2_800, 1_900)
    assert (budget.per_year_share, budget.all_years_share) == (Fraction(12, 19), Fraction(14, 19))


def test_a_shorter_plan_lasts_for_whole_years(answers: pd.DataFrame, five_round: Round) -> None:
    # 2 800 = 1 × 1 900 + 900
    shorter = fewer_years(five_round, secured(five_round, answers))
    assert (shorter.years, shorter.left_over) == (1, 900)


def test_another_source_would_fill_each_years_gap(answers: pd.DataFrame, five_round: Round) -> None:
    other = needed_reserve(five_round, secured(five_round, answers))
    assert (other.per_year, other.by_year) == (700, {2017: 300, 2018: 700})
    assert other.all_years == 1_000


def test_with_no_yes_at_all_nothing_is_left_of_the_plan(
    answers_of: Callable[..., pd.DataFrame], five_round: Round
) -> None:
    answers = answers_of()
    assert smaller_budget(five_round, secured(five_round, answers)).per_year_share == 0
    assert fewer_years(five_round, secured(five_round, answers)).years == 0
    assert needed_reserve(five_round, secured(five_round, answers)).all_years == 3_800


def test_with_every_yes_the_plan_stands(
    answers_of: Callable[..., pd.DataFrame], five_round: Round
) -> None:
    answers = answers_of(**dict.fromkeys(["Alm", "Berg", "Dal", "Ek", "Fors"], "yes"))
    assert smaller_budget(five_round, secured(five_round, answers)).all_years_share == 1
    shorter = fewer_years(five_round, secured(five_round, answers))
    assert (shorter.years, shorter.left_over) == (2, 0)
    assert needed_reserve(five_round, secured(five_round, answers)).per_year == 0


def test_the_shipped_round_covers_one_of_its_two_years(
    shipped_on: Callable[[date, date], Statement], shipped_round: Round
) -> None:
    statement = shipped_on(date(2017, 2, 22), date(2017, 2, 22))
    # Twice "drygt 2,6" of 3.4 million: one year and more than half of the other.
    shorter = fewer_years(shipped_round, statement.by_year)
    assert (shorter.years, shorter.left_over) == (1, 2 * statement.total.funded - 3_400_000)
    assert needed_reserve(shipped_round, statement.by_year).per_year == statement.total.gap


@given(data=st.data(), requested=st.integers(1, 500))
@settings(deadline=None)
def test_what_is_funded_and_what_is_missing_are_the_whole_plan(
    data: st.DataObject,
    requested: int,
    made_up: Callable[..., tuple[Round, pd.DataFrame, dict[str, int]]],
    any_rows: st.SearchStrategy[list[tuple[int, str]]],
) -> None:
    round_, answers, _ = made_up(requested, data.draw(any_rows))
    budget, shorter = (
        smaller_budget(round_, secured(round_, answers)),
        fewer_years(round_, secured(round_, answers)),
    )
    missing = needed_reserve(round_, secured(round_, answers))
    assert budget.all_years + missing.all_years == 2 * requested
    assert budget.per_year + missing.per_year == requested
    assert shorter.years * requested + shorter.left_over == budget.all_years
    assert 0 <= shorter.left_over < requested
