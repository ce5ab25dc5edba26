from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import Event
from helpers.sections.board.members.over_time_section import over_time
from support.come_and_go import ANSWERS, statement_on
from support.section_contexts import context_of

REPLY, EXTENDED, DAY = date(2016, 6, 30), date(2016, 7, 15), date(2016, 7, 31)
HISTORY = [
    "0001,2016-06-15,2016-06-30,,yes",  # on the reply date itself: in time
    "0002,2016-06-20,2016-07-01,,no",  # a day after it
    "0003,2016-06-20,2016-06-25,,no",  # in time …
    "0003,2016-07-20,2016-07-25,,yes",  # … and it has changed its mind since
    "0004,2016-07-10,2016-07-16,,yes",  # after the extended reply date
]


@pytest.fixture
def on(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> Callable[..., Statement]:
    def ask(day: date) -> Statement:
        events = [
            Event(kind="deadline", known_from=date(2016, 6, 10), on=on, text={"sv": "Svar"})
            for on in (REPLY, EXTENDED)
        ]
        round_ = five_round.model_copy(update={"events": events})
        return compute_statement(round_, five_members, register_of(*HISTORY), [], day, day)

    return ask


def test_a_member_belongs_to_the_period_of_its_first_answer(on: Callable[..., Statement]) -> None:
    found = [(p.after, p.until, p.answered, p.tally.members) for p in on(DAY).periods]
    assert found == [
        (None, REPLY, True, 2),
        (REPLY, EXTENDED, True, 1),
        (EXTENDED, None, True, 1),
        (None, None, False, 1),
    ]


def test_each_period_counts_the_answers_as_they_are_now(on: Callable[..., Statement]) -> None:
    first, second, third, unanswered = (p.tally for p in on(DAY).periods)
    assert (first.yes, first.no, first.funded) == (2, 0, 400)  # Alm 100 and Dal 300
    assert (second.yes, second.no, second.declined) == (0, 1, 200)
    assert (third.yes, third.funded) == (1, 400)
    assert (unanswered.unanswered, unanswered.requested) == (1, 900)


def test_a_reply_date_that_has_not_passed_makes_no_one_late(on: Callable[..., Statement]) -> None:
    assert [(p.after, p.until) for p in on(REPLY).periods] == [(None, None), (None, None)]
    assert on(REPLY).passed_deadlines == []


def test_a_member_that_joined_after_the_reply_date_is_not_late(tmp_path: Path) -> None:
    """Gren joins on 1 July 2026 and says yes in August; Fors, a member all along, in September."""
    reply = date(2025, 3, 1)
    event = {"kind": "deadline", "known_from": "2025-01-15", "on": "2025-03-01"}
    statement = statement_on(
        tmp_path,
        answers=[*ANSWERS, "0005,2026-09-01,2026-09-01,,no"],
        events=[{**event, "text": {"sv": "Svar"}}],
    )
    found = [(p.after, p.until, p.joined, p.tally.members) for p in statement.periods]
    assert found == [
        (None, reply, False, 2),  # Berg and Ek; Dal has left since
        (reply, None, False, 1),
        (reply, None, True, 1),
        (None, None, False, 0),
    ]
    late = over_time(context_of(statement)).parts[-2]
    assert "'En kommun svarade efter sista svarsdagen" in str(late)
    periods = statement_figures(statement)["periods"]
    assert [period.get("joined") for period in periods] == [None, None, True, None]


def test_periods_are_everyone_once(shipped_on: Callable[[date, date], Statement]) -> None:
    statement = shipped_on(date(2017, 2, 22), date(2017, 2, 22))
    tallies = [period.tally for period in statement.periods]
    assert sum(t.members for t in tallies) == 290
    assert sum(t.funded for t in tallies) == statement.total.funded
    # SKL's letter: 253 had answered.
    assert sum(p.tally.members for p in statement.periods if p.answered) == 253
