from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.funding.answers.effective_answers import effective_answers
from helpers.model.answer_register import Register, reconstructed

# Line of the file (the heading is line 1) and what makes it worth a place:
HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes",  # 2
    "0002,2016-06-16,2016-06-20,2016-08-01,yes",  # 3: registered six weeks late
    "0001,2016-07-01,2016-07-05,,no",  # 4: 0001 changes its answer
    "0003,2016-07-10,2016-07-12,2016-07-30,no",  # 5: registered after line 6, decided later
    "0003,2016-06-20,2016-07-20,,yes",  # 6: received after line 5, decided earlier
    "0004,2016-07-01,2016-07-03,,yes",  # 7
    "0004,2016-07-01,2016-07-25,,no",  # 8: tie with 7 on the day decided, received later
]

# as_of, known_on, the answers that count, and how many rows count, are superseded, are not known.
QUESTIONS = [
    # Nothing is received on the first day.
    ("06-10", "06-10", {}, (0, 0, 7)),
    # The day before line 2 is received, with all of today's knowledge.
    ("06-19", "08-01", {}, (0, 0, 7)),
    # Line 2; line 3 is received that day but not registered.
    ("06-20", "06-20", {"0001": "yes"}, (1, 0, 6)),
    # The same day as known later: lines 2 and 3.
    ("06-20", "08-01", {"0001": "yes", "0002": "yes"}, (2, 0, 5)),
    # The day before the change is received: lines 2 and 7, although line 4 is decided.
    ("07-04", "07-04", {"0001": "yes", "0004": "yes"}, (2, 0, 5)),
    # Lines 2, 4, 7; 4 supersedes 2.
    ("07-05", "07-05", {"0001": "no", "0004": "yes"}, (2, 1, 4)),
    # Lines 2, 3, 4, 7.
    ("07-11", "08-01", {"0001": "no", "0002": "yes", "0004": "yes"}, (3, 1, 3)),
    # Lines 2, 4, 6, 7: line 5 is not registered, so 6 is all that is known of 0003.
    ("07-20", "07-20", {"0001": "no", "0003": "yes", "0004": "yes"}, (3, 1, 3)),
    # Line 5 too: decided later than 6, so it counts, although 6 was received later.
    ("07-20", "07-30", {"0001": "no", "0003": "no", "0004": "yes"}, (3, 2, 2)),
    # Lines 2, 4, 6, 7, 8: the tie between 7 and 8 goes to the one received later.
    ("07-25", "07-25", {"0001": "no", "0003": "yes", "0004": "no"}, (3, 2, 2)),
    # Everything: 2, 6 and 7 are superseded.
    ("08-01", "08-01", {"0001": "no", "0002": "yes", "0003": "no", "0004": "no"}, (4, 3, 0)),
    # A later day on older knowledge: only lines 2 and 7 are registered by 4 July.
    ("08-01", "07-04", {"0001": "yes", "0004": "yes"}, (2, 0, 5)),
]


def day(month_day: str) -> date:
    return date.fromisoformat(f"2016-{month_day}")


def account(**places: int) -> dict[str, int]:
    """What became of the rows of a register; no row is in a place that is not named."""
    names = ("read", "counting", "superseded", "duplicate", "replaced", "not_yet_known")
    return dict.fromkeys((*names, "corrections", "corrections_counting"), 0) | places


def answers(rows: pd.DataFrame) -> dict[str, str]:
    return dict(zip(rows["code"], rows["decision"], strict=True))


@pytest.mark.parametrize(("as_of", "known_on", "expected", "counts"), QUESTIONS)
def test_the_answer_that_counts(
    register_of: Callable[..., Register],
    as_of: str,
    known_on: str,
    expected: dict[str, str],
    counts: tuple[int, int, int],
) -> None:
    stood = effective_answers(register_of(*HISTORY), day(as_of), day(known_on))
    assert answers(stood.effective) == expected
    assert list(stood.effective["code"]) == sorted(expected)
    counting, superseded, not_yet_known = counts
    assert stood.row_counts == account(
        read=7, counting=counting, superseded=superseded, not_yet_known=not_yet_known
    )


def test_the_order_of_the_file_does_not_matter(register_of: Callable[..., Register]) -> None:
    backwards = effective_answers(register_of(*reversed(HISTORY)), day("08-01"), day("08-01"))
    assert answers(backwards.effective) == {"0001": "no", "0002": "yes", "0003": "no", "0004": "no"}


def test_the_counting_row_keeps_its_days(register_of: Callable[..., Register]) -> None:
    stood = effective_answers(register_of(*HISTORY), day("07-30"), day("07-30"))
    dal = stood.effective.set_index("code").loc["0003"]
    assert dal["decided_on"] == pd.Timestamp(2016, 7, 10)
    assert dal["received_on"] == pd.Timestamp(2016, 7, 12)


def test_two_different_answers_of_the_same_days_are_an_error(
    register_of: Callable[..., Register],
) -> None:
    register = register_of(
        "0002,2016-07-01,2016-07-05,,no",
        "0001,2016-07-01,2016-07-05,,yes",
        "0001,2016-07-01,2016-07-05,,no",
    )
    with pytest.raises(DataError) as error:
        effective_answers(register, day("07-05"), day("07-05"))
    [problem] = error.value.problems
    assert (problem.file, problem.row, problem.column) == (register.table.file, 4, "decision")
    assert "0001" in problem.what
    assert "rows 3, 4" in problem.what


def test_a_clash_is_no_error_before_it_is_known(register_of: Callable[..., Register]) -> None:
    register = register_of(
        "0001,2016-07-01,2016-07-05,,yes", "0001,2016-07-01,2016-07-05,2016-07-06,no"
    )
    stood = effective_answers(register, day("07-05"), day("07-05"))
    assert answers(stood.effective) == {"0001": "yes"}
    assert stood.row_counts == account(read=2, counting=1, not_yet_known=1)


def test_an_identical_row_counts_once(register_of: Callable[..., Register]) -> None:
    line = "0001,2016-07-01,2016-07-05,,yes"
    stood = effective_answers(register_of(line, line), day("07-05"), day("07-05"))
    assert answers(stood.effective) == {"0001": "yes"}
    assert stood.row_counts == account(read=2, counting=1, duplicate=1)


def test_the_latest_day_is_that_of_registration(register_of: Callable[..., Register]) -> None:
    assert register_of(*HISTORY).latest == day("08-01")


def test_an_empty_register_has_no_answers_and_no_latest_day(
    register_of: Callable[..., Register],
) -> None:
    register = register_of()
    stood = effective_answers(register, day("06-10"), day("06-10"))
    assert stood.effective.empty
    assert stood.row_counts == account(read=0)
    assert register.latest is None


def test_one_reconstructed_row_marks_the_register(register_of: Callable[..., Register]) -> None:
    heading = "code,decided_on,received_on,decision,source"
    real = "0001,2016-07-01,2016-07-05,yes,letter"
    drawn = "0002,2016-07-01,2016-07-05,yes,reconstructed"
    assert not reconstructed(register_of(real, heading=heading).rows)
    assert reconstructed(register_of(real, drawn, heading=heading).rows)


# Codes, days decided after the first, days from decided to received, and from received to
# registered. No two rows share code, decided and received, so that no two answers clash.
days = st.integers(0, 5)
entries = st.tuples(st.integers(1, 3), days, days, days, st.sampled_from(["yes", "no"]))
logs = st.lists(entries, max_size=8, unique_by=lambda entry: entry[:3])


@settings(max_examples=60, deadline=None)
@given(logs, st.integers(0, 16), st.integers(0, 16))
def test_accounting_adds_up_and_the_past_stays_as_it_was(
    register_of: Callable[..., Register],
    as_line: Callable[..., str],
    log: list[tuple[int, int, int, int, str]],
    as_of_day: int,
    known_day: int,
) -> None:
    as_of, known_on = (day("06-10") + timedelta(days=n) for n in (as_of_day, known_day))
    past = [entry for entry in log if sum(entry[1:4]) <= known_day]
    later = [entry for entry in log if sum(entry[1:4]) > known_day]
    before = effective_answers(register_of(*(as_line(*e) for e in past)), as_of, known_on)
    after = effective_answers(register_of(*(as_line(*e) for e in past + later)), as_of, known_on)
    pd.testing.assert_frame_equal(before.effective, after.effective)
    pd.testing.assert_frame_equal(before.known, after.known)
    accounting = after.row_counts
    received = {entry[0] for entry in past if sum(entry[1:3]) <= as_of_day}
    assert accounting["counting"] == len(received) == len(after.effective)
    assert accounting["read"] == len(log)
    parts = {key: accounting[key] for key in ("counting", "superseded", "not_yet_known")}
    assert accounting == account(read=len(log), **parts)
    assert sum(parts.values()) == len(log)
    assert min(parts.values()) >= 0


def test_a_clash_that_a_later_answer_has_replaced_is_no_error(
    register_of: Callable[..., Register],
) -> None:
    clash = ("0001,2016-07-01,2016-07-05,,yes", "0001,2016-07-01,2016-07-05,,no")
    later = "0001,2016-08-01,2016-08-05,,no"
    stood = effective_answers(register_of(*clash, later), date(2016, 9, 1), date(2016, 9, 1))
    assert list(stood.effective["decision"]) == ["no"]
    assert stood.row_counts == account(read=3, counting=1, superseded=2)
