from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import ReportError
from helpers.funding.scenarios.bounds import (
    FundedBounds,
    bounds_after,
    bounds_after_each,
    bounds_now,
)
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_count import count_members
from helpers.funding.totals.members.member_table import add_secured
from helpers.model.funding_round import Round


def pair(bounds: FundedBounds) -> tuple[int, int]:
    return bounds.low, bounds.high


def test_all_who_are_silent_may_say_no_or_yes(answers_of: Callable[..., pd.DataFrame]) -> None:
    # Silent: Alm 100, Berg 200, Ek 400.
    bounds = bounds_now(answers_of(Fors="yes", Dal="no"))
    assert pair(bounds) == (900, 1_600)
    assert (bounds.low_share, bounds.high_share) == (Fraction(9, 19), Fraction(16, 19))


def test_so_many_more_answers_come_from_the_largest(
    answers_of: Callable[..., pd.DataFrame],
) -> None:
    one = bounds_after(answers_of(Fors="yes", Dal="no"), 1)  # Ek
    assert (one.answers, one.fees, pair(one.funded)) == (1, 400, (900, 1_300))
    assert (pair(one.worst), pair(one.best)) == ((900, 1_200), (1_300, 1_600))
    two = bounds_after(answers_of(Fors="yes", Dal="no"), 2)  # and Berg
    assert (two.fees, pair(two.funded)) == (600, (900, 1_500))
    assert (pair(two.worst), pair(two.best)) == ((900, 1_000), (1_500, 1_600))


def test_after_no_more_answers_all_is_still_open(answers_of: Callable[..., pd.DataFrame]) -> None:
    none = bounds_after(answers_of(Fors="yes", Dal="no"), 0)
    assert pair(none.funded) == (900, 900)
    assert pair(none.worst) == pair(none.best) == (900, 1_600)


def test_after_all_answers_nothing_is_open(answers_of: Callable[..., pd.DataFrame]) -> None:
    all_ = bounds_after(answers_of(Fors="yes", Dal="no"), 3)
    assert pair(all_.funded) == (900, 1_600)
    assert (pair(all_.worst), pair(all_.best)) == ((900, 900), (1_600, 1_600))


def test_a_yes_for_one_year_leaves_the_other_as_the_smallest(
    answers_of: Callable[..., pd.DataFrame],
) -> None:
    # 2017: Fors and Ek, 1 300; 2018: Fors, 900. Silent: Alm, Berg and Dal, 600, for both years.
    answers = answers_of(Fors="yes", Ek="yes,2017")
    assert pair(bounds_now(answers)) == (900, 1_500)
    assert pair(bounds_after(answers, 1).funded) == (900, 1_200)


def test_a_yes_on_a_condition_is_neither_funded_nor_silent(
    answers_of: Callable[..., pd.DataFrame],
) -> None:
    assert pair(bounds_now(answers_of(Fors="yes,,if all do", Ek="yes"))) == (400, 1_000)


@pytest.mark.parametrize("k", [-1, 4])
def test_more_answers_than_there_are_silent_members_is_an_error(
    answers_of: Callable[..., pd.DataFrame], k: int
) -> None:
    with pytest.raises(ReportError, match="from 0 to 3"):
        bounds_after(answers_of(Fors="yes", Dal="no"), k)


def test_the_steps_end_with_all_who_are_silent(answers_of: Callable[..., pd.DataFrame]) -> None:
    answers = answers_of(Fors="yes", Dal="no")
    assert [a.answers for a in bounds_after_each(answers)] == [1, 3]
    assert [a.answers for a in bounds_after_each(answers, [4, 2, 2, 0, 3])] == [2, 3]


def test_where_all_have_answered_there_are_no_steps(
    answers_of: Callable[..., pd.DataFrame],
) -> None:
    answers = answers_of(Alm="no", Berg="no", Dal="yes", Ek="no", Fors="yes")
    assert bounds_after_each(answers) == []
    assert pair(bounds_now(answers)) == (1_200, 1_200)


def test_the_shipped_round_has_37_silent_members_with_341_667_kronor(
    shipped_on: Callable[[date, date], Statement],
) -> None:
    statement = shipped_on(date(2017, 2, 22), date(2017, 2, 22))
    steps = bounds_after_each(statement.answers)
    assert [step.answers for step in steps] == [1, 5, 10, 20, 37]
    assert steps[-1].fees == 341_667
    assert pair(steps[-1].funded) == (
        statement.total.funded,
        statement.total.funded_if_all_unanswered_yes,
    )


@given(data=st.data(), requested=st.integers(1, 500))
@settings(deadline=None)
def test_the_more_answers_the_more_is_settled(
    data: st.DataObject,
    requested: int,
    made_up: Callable[..., tuple[Round, pd.DataFrame, dict[str, int]]],
    any_rows: st.SearchStrategy[list[tuple[int, str]]],
) -> None:
    _, answers, _ = made_up(requested, data.draw(any_rows))
    whole = bounds_now(answers)
    total = count_members(answers)
    assert pair(whole) == (total.funded, total.funded_if_all_unanswered_yes)
    steps = [bounds_after(answers, k) for k in range(total.unanswered + 1)]
    for less, more in pairwise(steps):
        assert less.funded.low == more.funded.low <= less.funded.high <= more.funded.high
        assert less.worst.low == more.worst.low <= more.worst.high <= less.worst.high
        assert less.best.low <= more.best.low <= more.best.high == less.best.high
    assert all(s.worst.high + s.fees == whole.high == s.best.high for s in steps)


@given(data=st.data(), requested=st.integers(1, 500))
@settings(max_examples=50, deadline=None)
def test_no_answers_lead_outside_the_bounds(
    data: st.DataObject,
    requested: int,
    made_up: Callable[..., tuple[Round, pd.DataFrame, dict[str, int]]],
    any_rows: st.SearchStrategy[list[tuple[int, str]]],
) -> None:
    round_, answers, _ = made_up(requested, data.draw(any_rows))
    unanswered = answers.index[answers["decision"] == "unanswered"].tolist()
    replies = data.draw(st.lists(st.sampled_from(["yes", "no"]), max_size=len(unanswered)))
    decision = answers["decision"].copy()
    for member, reply in zip(data.draw(st.permutations(unanswered)), replies, strict=False):
        decision[member] = reply
    then = bounds_now(add_secured(round_, answers.assign(decision=decision))[0])
    bounds = bounds_after(answers, len(replies))
    assert bounds.funded.low <= then.low <= bounds.funded.high
    # What is open in the end lies between the worst case and the best.
    assert bounds.worst.low <= then.low <= bounds.best.low
    assert bounds.worst.high <= then.high <= bounds.best.high
