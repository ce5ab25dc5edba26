from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.funding.answers.counting import answers_over_time, latest_answers
from helpers.funding.answers.effective_answers import effective_answers, known_answers
from helpers.funding.totals.members.member_count import count_members
from helpers.funding.totals.members.member_table import add_secured, build_member_table
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import AnswerRules
from support.five_member_round import CHANGING, DAY, FEES, whole_fees

FIRST, LAST = date(2016, 6, 10), DAY


@pytest.fixture
def over_time(five_round: Round) -> Callable[..., list[tuple[object, ...]]]:
    def ask(register: Register, last: date = LAST) -> list[tuple[object, ...]]:
        due = whole_fees(FEES, five_round)
        frame = answers_over_time(known_answers(register, last, last), due, five_round, last)
        days = frame["day"].dt.strftime("%m-%d")
        counts = (frame[name] for name in ("yes", "no", "funded", "declined"))
        return list(zip(days, *counts, strict=True))

    return ask


def test_the_count_moves_on_the_days_worked_out_by_hand(
    over_time: Callable[..., list[tuple[object, ...]]], register_of: Callable[..., Register]
) -> None:
    assert over_time(register_of(*CHANGING)) == [
        ("06-10", 0, 0, 0, 0),
        ("06-20", 2, 0, 300, 0),  # Alm 100 and Berg 200
        ("07-05", 1, 1, 100, 200),  # Berg from yes to no
        ("07-10", 2, 1, 500, 200),  # Ek 400; on 07-20 nothing changes
        ("07-31", 2, 1, 500, 200),
    ]


def test_what_is_received_after_the_last_day_is_not_there(
    over_time: Callable[..., list[tuple[object, ...]]], register_of: Callable[..., Register]
) -> None:
    last = date(2016, 7, 4)
    assert over_time(register_of(*CHANGING), last=last)[-1] == ("07-04", 2, 0, 300, 0)


def test_a_register_without_answers_still_has_its_two_ends(
    over_time: Callable[..., list[tuple[object, ...]]], register_of: Callable[..., Register]
) -> None:
    assert over_time(register_of()) == [("06-10", 0, 0, 0, 0), ("07-31", 0, 0, 0, 0)]


def test_the_first_day_is_one_row_when_it_is_also_the_last(
    over_time: Callable[..., list[tuple[object, ...]]], register_of: Callable[..., Register]
) -> None:
    register = register_of("0001,2016-06-10,2016-06-10,,yes")
    assert over_time(register, last=FIRST) == [("06-10", 1, 0, 100, 0)]


def test_an_answer_given_again_does_not_move_the_count(
    over_time: Callable[..., list[tuple[object, ...]]], register_of: Callable[..., Register]
) -> None:
    again = register_of("0001,2016-06-15,2016-06-20,,yes", "0001,2016-07-01,2016-07-05,,yes")
    rows = [("06-10", 0, 0, 0, 0), ("06-20", 1, 0, 100, 0), ("07-31", 1, 0, 100, 0)]
    assert over_time(again) == rows


# Codes, days decided after the first, days to received, days to registered. No two rows share
# code, decided and received, so that no two answers clash.
few = st.integers(0, 3)
entries = st.tuples(st.integers(1, 3), few, few, few, st.sampled_from(["yes", "no"]))
logs = st.lists(entries, max_size=8, unique_by=lambda entry: entry[:3])


@settings(max_examples=40, deadline=None)
@given(logs, st.integers(0, 9))
def test_each_day_counts_what_stood_on_that_day(
    register_of: Callable[..., Register],
    as_line: Callable[..., str],
    five_members: pd.DataFrame,
    five_round: Round,
    log: list[tuple[int, int, int, int, str]],
    knowledge: int,
) -> None:
    register = register_of(*(as_line(*entry) for entry in log))
    known_on, last = FIRST + timedelta(days=knowledge), FIRST + timedelta(days=7)
    due = whole_fees(FEES, five_round)
    frame = answers_over_time(known_answers(register, last, known_on), due, five_round, last)
    moved = frame.set_index("day").reindex(pd.date_range(FIRST, last), method="ffill")
    for (_, row), day in zip(moved.iterrows(), pd.date_range(FIRST, last), strict=True):
        rows = latest_answers(
            effective_answers(register, day.date(), known_on).known, AnswerRules()
        )
        count = count_members(
            add_secured(five_round, build_member_table(five_members, FEES, rows))[0]
        )
        assert row.to_dict() == {
            "answered": count.answered,
            "yes": count.yes,
            "no": count.no,
            "funded": count.funded,
            "declined": count.declined,
        }
