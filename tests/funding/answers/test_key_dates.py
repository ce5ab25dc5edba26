"""Which days a round is told by; the reply dates are written down out of order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from helpers.errors import ReportError
from helpers.funding.answers.key_dates import milestones, passed_deadlines, raise_if_before_start
from helpers.model.funding_round import Round

BEGAN, FIRST, SECOND = date(2016, 6, 10), date(2016, 9, 30), date(2016, 10, 31)
PUT_OFF = date(2016, 9, 1)  # the day from which the second date is known
YEAR_END = date(2016, 12, 31)
TEXT = {"sv": "Text"}
EVENTS: list[dict[str, Any]] = [
    {"kind": "deadline", "known_from": PUT_OFF, "on": SECOND, "text": TEXT},
    {"kind": "deadline", "known_from": BEGAN, "on": FIRST, "text": TEXT},
    {"kind": "decision", "known_from": BEGAN, "on": date(2016, 7, 1), "text": TEXT},
]


@pytest.fixture(scope="module")
def round_(five_round: Round) -> Round:
    return Round.model_validate(five_round.model_dump() | {"events": EVENTS})


@pytest.mark.parametrize(
    ("as_of", "known_on", "passed"),
    [
        (FIRST, YEAR_END, []),  # on the date itself there is still time
        (date(2016, 10, 1), YEAR_END, [FIRST]),
        (SECOND, YEAR_END, [FIRST]),
        (YEAR_END, YEAR_END, [FIRST, SECOND]),
        (YEAR_END, date(2016, 8, 31), [FIRST]),
        (YEAR_END, PUT_OFF, [FIRST, SECOND]),
    ],
)
def test_a_reply_date_has_passed_the_day_after_it(
    round_: Round, as_of: date, known_on: date, passed: list[date]
) -> None:
    assert passed_deadlines(round_, as_of, known_on) == passed


def test_reply_dates_are_in_order_however_many_there_are(five_round: Round) -> None:
    # Of two, half of all unordered ways would be in order by chance; of nine, one in 362 880.
    dates = [date(2016, 7, day) for day in range(1, 10)]
    deadline: dict[str, Any] = {"kind": "deadline", "known_from": BEGAN, "text": TEXT}
    events = [deadline | {"on": day} for day in reversed(dates)]
    many = Round.model_validate(five_round.model_dump() | {"events": events})
    assert passed_deadlines(many, YEAR_END, YEAR_END) == dates


def test_the_days_worth_naming_run_from_the_first_to_the_day_asked_about(round_: Round) -> None:
    assert milestones(round_, YEAR_END, YEAR_END) == [BEGAN, FIRST, SECOND, YEAR_END]
    assert milestones(round_, BEGAN, YEAR_END) == [BEGAN]


def test_a_day_before_the_round_is_named_by_its_parameter(round_: Round) -> None:
    raise_if_before_start(round_, as_of=BEGAN, known_on=YEAR_END)
    with pytest.raises(ReportError, match=r"known_on is 2016-06-09, before .* on 2016-06-10\."):
        raise_if_before_start(round_, as_of=BEGAN, known_on=date(2016, 6, 9))
