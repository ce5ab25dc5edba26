"""Which kind of letter fits a day of a round with a request, two reply dates and a decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from helpers.errors import ReportError
from helpers.funding.billing.letter_occasion import (
    check_letter_kind,
    check_letter_recipient,
    letter_recipients,
    usual_letter_kind,
)
from helpers.funding.statement.round_statement import Statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.letter_kind import LetterKind
from helpers.model.settings.round_settings import Event
from support.letter_reports import report_on

ASKED, EXTENDED, DECIDED = date(2016, 6, 10), date(2016, 9, 30), date(2017, 2, 22)
EVENTS = [
    Event(kind="deadline", known_from=ASKED, on=EXTENDED, text={"sv": "Svara"}),
    Event(kind="deadline", known_from=EXTENDED, on=date(2016, 10, 31), text={"sv": "Svara"}),
    Event(kind="decision", known_from=DECIDED, on=DECIDED, text={"sv": "Beslut"}),
]
State = Callable[[date], Statement]


@pytest.fixture
def on(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> State:
    """The statement of a day: 0001 says yes in June, 0002 no in July, the others do not answer."""
    lines = ["0001,2016-06-15,2016-06-20,,yes", "0002,2016-07-01,2016-07-02,,no"]
    register = register_of(*lines, heading="code,decided_on,received_on,registered_on,decision")
    round_ = five_round.model_copy(update={"events": EVENTS, "recommended_on": ASKED})
    return lambda day: report_on(round_, five_members, register, day).statement


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (ASKED, "request"),
        (date(2016, 6, 11), "status"),
        (date(2016, 11, 15), "status"),
        (date(2017, 2, 21), "status"),
        (DECIDED, "feedback"),
        (date(2017, 3, 15), "feedback"),
    ],
)
def test_the_kind_follows_from_the_day(on: State, day: date, kind: str) -> None:
    assert usual_letter_kind(on(day)) == kind
    check_letter_kind(on(day), usual_letter_kind(on(day)))


@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        (ASKED, "reminder", "the request is of the same day"),
        (ASKED, "feedback", "has no decision by 2016-06-10"),
        (date(2017, 2, 21), "feedback", "has no decision by 2017-02-21"),
        (date(2016, 11, 1), "request", "the last day for replies was 2016-10-31"),
        (DECIDED, "status", "the decision is of 2017-02-22"),
        (DECIDED, "reminder", "the decision is of 2017-02-22"),
        (DECIDED, "request", "the decision is of 2017-02-22"),
    ],
)
def test_a_letter_that_contradicts_its_day_is_refused(
    on: State, day: date, kind: LetterKind, words: str
) -> None:
    with pytest.raises(ReportError, match=words):
        check_letter_kind(on(day), kind)


def test_an_extended_time_allows_a_request_until_its_last_day(on: State) -> None:
    for day in (EXTENDED, date(2016, 10, 31)):
        check_letter_kind(on(day), "request")


def test_the_request_and_the_reminder_are_for_members_without_an_answer(on: State) -> None:
    autumn = on(date(2016, 10, 15))
    assert letter_recipients(autumn, "reminder") == ["0003", "0004", "0005"]
    assert letter_recipients(autumn, "status") == ["0001", "0002", "0003", "0004", "0005"]
    check_letter_recipient(autumn, "reminder", "0003")
    with pytest.raises(ReportError, match=r"have not answered, and Alm \(0001\) has"):
        check_letter_recipient(autumn, "reminder", "0001")
