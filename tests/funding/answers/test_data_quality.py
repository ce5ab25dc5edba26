"""What is said of the data on a day, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from helpers.funding.answers.data_quality import DataQuality, assess_data_quality
from helpers.funding.answers.effective_answers import effective_answers
from helpers.model.answer_register import Register

EVE, DAY = date(2016, 7, 30), date(2016, 7, 31)
HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes",  # row 2, Alm's first …
    "0001,2016-06-20,2016-06-25,,yes",  # … the same again …
    "0001,2016-07-01,2016-07-05,,no",  # … another than before
    "2,2016-06-15,2016-06-20,,yes",  # row 5: read as 0002
    "3,2016-06-15,2016-06-20,2016-07-31,yes",  # row 6: read as 0003, registered on the day
    "4,2016-06-15,2016-06-20,2016-08-01,yes",  # row 7: read as 0004, the day after
]
CORRECTIONS = [
    {
        "recorded_on": day,
        "why": "Misread",
        "match": {"code": code},
        "column": "decision",
        "expected": "yes",
        "corrected": "no",
    }
    for code, day in (("0002", EVE), ("0003", DAY), ("0004", date(2016, 8, 1)))
]


@pytest.fixture(scope="module")
def on(register_of: Callable[..., Register]) -> Callable[[date], DataQuality]:
    register = register_of(*HISTORY, corrections=CORRECTIONS)
    return lambda day: assess_data_quality(register, effective_answers(register, DAY, day), day)


def test_an_answer_is_a_members_first_another_or_the_same_again(
    on: Callable[[date], DataQuality],
) -> None:
    # On the eve Alm's three and Berg's; on the day Dal's too.
    assert on(EVE).kinds == {"new": 2, "changed": 1, "repeated": 1}
    assert on(DAY).kinds == {"new": 3, "changed": 1, "repeated": 1}
    assert on(date(2016, 6, 1)).kinds == {"new": 0, "changed": 0, "repeated": 0}


@pytest.mark.parametrize(
    ("day", "rows"), [(EVE, [5]), (DAY, [5, 6]), (date(2016, 8, 1), [5, 6, 7])]
)
def test_corrections_and_remarks_show_from_the_day_they_are_known(
    on: Callable[[date], DataQuality], day: date, rows: list[int]
) -> None:
    found = on(day)
    assert found.corrected.index.tolist() == rows
    assert [remark.row for remark in found.remarks] == rows


def test_every_row_has_its_place(on: Callable[[date], DataQuality]) -> None:
    # Of the six, Alm's last counts and her first two are superseded; rows 5 and 6 were replaced;
    # row 7 is not yet known.
    assert on(DAY).accounting == {
        "read": 6,
        "counting": 1,
        "superseded": 2,
        "duplicate": 0,
        "replaced": 2,
        "not_yet_known": 1,
        "corrections": 2,
        "corrections_counting": 2,
    }
