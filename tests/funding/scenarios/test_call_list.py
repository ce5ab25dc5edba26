from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import ReportError
from helpers.funding.scenarios.call_list import Measure, build_call_list, find_smallest_set
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_count import count_members
from helpers.funding.totals.members.member_table import add_secured
from helpers.funding.totals.thresholds import threshold_outcome
from helpers.model.funding_round import Round
from helpers.model.settings.threshold_settings import Threshold


def names(rows: Iterable[Any]) -> list[str]:
    return [row.name for row in rows]


def test_silent_members_come_by_fee_with_what_would_be_funded(
    answers_of: Callable[..., pd.DataFrame],
) -> None:
    rows = build_call_list(answers_of(Fors="yes", Dal="no"))
    assert [(r.code, r.name, r.fee, r.cumulative, r.funded) for r in rows] == [
        ("0004", "Ek", 400, 400, 1_300),
        ("0002", "Berg", 200, 600, 1_500),
        ("0001", "Alm", 100, 700, 1_600),
    ]
    assert rows[0].funded_share == Fraction(13, 19)


def test_a_call_list_says_where_and_whom_to_ask_for(
    answers_of: Callable[..., pd.DataFrame],
) -> None:
    first = build_call_list(answers_of(Fors="yes", Dal="no"), role="Socialchefen")[0]
    assert (first.county, first.role, first.population) == ("Södra län", "Socialchefen", 4_000)


def test_no_one_silent_leaves_no_one_to_call(answers_of: Callable[..., pd.DataFrame]) -> None:
    assert build_call_list(answers_of(Alm="no", Berg="no", Dal="yes", Ek="no", Fors="yes")) == []


def test_equal_fees_come_by_code(answers_of: Callable[..., pd.DataFrame]) -> None:
    rows = build_call_list(answers_of(Fors="yes").assign(fee=380))
    assert [row.code for row in rows] == ["0001", "0002", "0003", "0004"]


def test_a_yes_for_one_year_and_one_on_a_condition_have_answered(
    answers_of: Callable[..., pd.DataFrame],
) -> None:
    rows = build_call_list(answers_of(Fors="yes", Ek="yes,2017", Dal="yes,,if all do"))
    # Funded is that of 2018: Fors alone.
    assert [(r.name, r.funded) for r in rows] == [("Berg", 1_100), ("Alm", 1_200)]


@pytest.mark.parametrize(
    ("measure", "needed", "called"),
    [
        # Funded 900: Ek brings 1 300, Ek and Berg 1 500.
        ("amount", 900, []),
        ("amount", 1_300, ["Ek"]),
        ("amount", 1_301, ["Ek", "Berg"]),
        ("amount", 1_600, ["Ek", "Berg", "Alm"]),
        # One has said yes; any of the silent is one more.
        ("members", 1, []),
        ("members", 3, ["Ek", "Berg"]),
        # 10 000 inhabitants: Ek has 4 000, Berg 2 000, Alm 1 000.
        ("inhabitants", 14_000, ["Ek"]),
        ("inhabitants", 14_001, ["Ek", "Berg"]),
    ],
)
def test_the_fewest_calls_that_reach_a_threshold(
    answers_of: Callable[..., pd.DataFrame],
    measure: Measure,
    needed: int,
    called: list[str],
) -> None:
    found = find_smallest_set(answers_of(Fors="yes", Dal="no"), measure, needed)
    assert names(found.replies) == called
    assert found.attainable
    assert found.met == (called == [])
    assert found.short == 0


@pytest.mark.parametrize(
    ("measure", "needed", "reached", "possible"),
    [
        ("amount", 1_700, 900, 1_600),
        ("members", 5, 1, 4),
        ("inhabitants", 17_100, 10_000, 17_000),
    ],
)
def test_where_no_replies_suffice_it_says_how_far_they_go(
    answers_of: Callable[..., pd.DataFrame],
    measure: Measure,
    needed: int,
    reached: int,
    possible: int,
) -> None:
    found = find_smallest_set(answers_of(Fors="yes", Dal="no"), measure, needed)
    assert (found.replies, found.reached) == ((), reached)
    assert (found.met, found.attainable) == (False, False)
    assert (found.possible, found.short) == (possible, needed - possible)


def test_by_inhabitants_the_most_populous_come_first_though_fees_differ(
    answers_of: Callable[..., pd.DataFrame],
) -> None:
    # With 10 % off, Fors pays 900 for 10 000 inhabitants; here Dal pays more with fewer.
    answers = answers_of(Ek="yes", Berg="no")
    answers["fee"] = answers["fee"].mask(answers["name"] == "Dal", 950)
    assert names(find_smallest_set(answers, "inhabitants", 14_000).replies) == ["Fors"]
    assert names(find_smallest_set(answers, "amount", 1_350).replies) == ["Dal"]
    assert names(find_smallest_set(answers, "members", 2).replies) == ["Dal"]


def test_its_rows_are_a_call_list_too(answers_of: Callable[..., pd.DataFrame]) -> None:
    (row,) = find_smallest_set(answers_of(Fors="yes"), "members", 2, role="Socialchefen").replies
    assert (row.name, row.county, row.role) == ("Ek", "Södra län", "Socialchefen")


def test_an_unknown_measure_is_named(answers_of: Callable[..., pd.DataFrame]) -> None:
    with pytest.raises(ReportError, match=r"'voters'.*amount, members, inhabitants"):
        find_smallest_set(answers_of(), "voters", 1)  # type: ignore[arg-type]


def test_the_shipped_rounds_silent_members_are_37_with_341_667_kronor(
    shipped_on: Callable[[date, date], Statement],
) -> None:
    statement = shipped_on(date(2017, 2, 22), date(2017, 2, 22))
    rows = build_call_list(statement.answers)
    assert (len(rows), rows[-1].cumulative) == (37, 341_667)
    # 209 have said yes; 80 % of 290 are 232, so 23 more.
    assert len(find_smallest_set(statement.answers, "members", 232).replies) == 23
    # 209 and 37 are 246.
    assert find_smallest_set(statement.answers, "members", 247).possible == 246


def adds(answers: pd.DataFrame, measure: Measure) -> list[int]:
    unanswered = answers[answers["decision"] == "unanswered"]
    column = {"amount": "fee", "inhabitants": "population"}.get(measure)
    return unanswered[column].tolist() if column else [1] * len(unanswered)


@given(
    data=st.data(),
    requested=st.integers(1, 300),
    measure=st.sampled_from(["amount", "members", "inhabitants"]),
)
@settings(deadline=None)
def test_no_smaller_set_would_do(
    data: st.DataObject,
    requested: int,
    measure: Measure,
    made_up: Callable[..., tuple[Round, pd.DataFrame, dict[str, int]]],
    any_rows: st.SearchStrategy[list[tuple[int, str]]],
) -> None:
    _, answers, _ = made_up(requested, data.draw(any_rows))
    needed = data.draw(st.integers(1, requested + 5))
    found = find_smallest_set(answers, measure, needed)
    gains = adds(answers, measure)
    sizes = [
        size
        for size in range(len(gains) + 1)
        if any(found.reached + sum(some) >= needed for some in combinations(gains, size))
    ]
    assert found.attainable == bool(sizes)
    assert len(found.replies) == (sizes[0] if sizes else 0)
    assert found.possible == found.reached + sum(gains)


@given(
    data=st.data(),
    requested=st.integers(1, 300),
    measure=st.sampled_from(["amount", "members", "inhabitants"]),
)
@settings(max_examples=50, deadline=None)
def test_a_yes_from_the_set_reaches_what_it_says(
    data: st.DataObject,
    requested: int,
    measure: Measure,
    made_up: Callable[..., tuple[Round, pd.DataFrame, dict[str, int]]],
    any_rows: st.SearchStrategy[list[tuple[int, str]]],
) -> None:
    round_, answers, _ = made_up(requested, data.draw(any_rows))
    needed = data.draw(st.integers(1, requested + 5))
    threshold = Threshold(measure=measure, at_least=needed, known_from=date(2016, 6, 10))
    found = find_smallest_set(answers, measure, needed)
    before = threshold_outcome(threshold, count_members(answers))
    assert (found.reached, found.possible, found.met, found.attainable) == (
        before.reached,
        before.possible,
        before.met,
        before.attainable,
    )
    called = answers["code"].isin([row.code for row in found.replies])
    said = answers.assign(decision=answers["decision"].mask(called, "yes"))
    after = threshold_outcome(threshold, count_members(add_secured(round_, said)[0]))
    assert after.met == found.attainable
