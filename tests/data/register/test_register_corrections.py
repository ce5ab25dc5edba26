from __future__ import annotations

from collections.abc import Callable

import pytest

from helpers.data.register.register_loader import register_csv
from helpers.errors import DataError
from helpers.funding.answers.effective_answers import effective_answers
from helpers.model.answer_register import Register
from support.correction_entries import ROWS, correction, day


def answers(register: Register, as_of: str, known_on: str | None = None) -> dict[str, str]:
    rows = effective_answers(register, day(as_of), day(known_on or as_of)).effective
    return dict(zip(rows["code"], rows["decision"], strict=True))


# Alm's answer: the knowledge that is used decides, not the day that is asked about.
@pytest.mark.parametrize(
    ("as_of", "known_on", "alm"),
    [
        ("07-31", "07-31", "yes"),
        ("08-01", "08-01", "no"),
        ("06-20", "08-01", "no"),
        ("08-01", "07-31", "yes"),
    ],
)
def test_a_correction_is_known_from_the_day_it_was_recorded(
    register_of: Callable[..., Register], as_of: str, known_on: str, alm: str
) -> None:
    register = register_of(*ROWS, corrections=[correction()])
    assert answers(register, as_of, known_on)["0001"] == alm


def test_the_past_as_then_known_does_not_change_when_a_correction_comes(
    register_of: Callable[..., Register],
) -> None:
    before, after = register_of(*ROWS), register_of(*ROWS, corrections=[correction()])
    asked = [
        effective_answers(register, day("07-31"), day("07-31")) for register in (before, after)
    ]
    assert asked[0].effective.equals(asked[1].effective)
    assert asked[0].row_counts == asked[1].row_counts


def test_one_row_can_be_corrected_time_after_time(register_of: Callable[..., Register]) -> None:
    back = correction("09-01", column="decision", expected="no", corrected="yes")
    register = register_of(*ROWS, corrections=[correction("08-01"), back])
    asked = [answers(register, known)["0001"] for known in ("07-31", "08-01", "08-31", "09-01")]
    assert asked == ["yes", "no", "no", "yes"]
    # Two corrections, but one corrected row.
    assert effective_answers(register, day("09-01"), day("09-01")).row_counts["corrections"] == 1


def test_of_two_corrections_of_one_day_the_last_in_the_file_counts(
    register_of: Callable[..., Register],
) -> None:
    back = correction(column="decision", expected="no", corrected="yes")
    register = register_of(*ROWS, corrections=[correction(), back])
    assert answers(register, "08-01")["0001"] == "yes"


def test_a_row_that_is_taken_out_is_there_until_then(register_of: Callable[..., Register]) -> None:
    register = register_of(*ROWS, corrections=[correction(remove=True)])
    assert answers(register, "07-31") == {"0001": "yes", "0002": "yes", "0003": "no"}
    assert answers(register, "08-01") == {"0002": "yes", "0003": "no"}


# A row that is wrong as it stands, and the cell that mends it.
MENDED = [
    ("0009,2016-07-01,2016-07-05,,yes", "code", "0009", "0004"),
    ("0004,2016-02-30,2016-07-05,,yes", "decided_on", "2016-02-30", "2016-07-01"),
    ("0004,2016-07-01,5/7/16,,yes", "received_on", "5/7/16", "2016-07-05"),
    ("0004,2016-07-01,2016-07-05,snart,yes", "registered_on", "snart", "2016-07-05"),
    ("0004,2016-07-01,2016-07-05,,jaså", "decision", "jaså", "yes"),
]


@pytest.mark.parametrize(("row", "column", "expected", "corrected"), MENDED)
def test_a_wrong_row_counts_from_the_day_it_is_mended(
    register_of: Callable[..., Register], row: str, column: str, expected: str, corrected: str
) -> None:
    with pytest.raises(DataError):
        register_of(*ROWS, row)
    cells = {"column": column, "expected": expected, "corrected": corrected}
    entry = correction(match={column: expected}, **cells)
    register = register_of(*ROWS, row, corrections=[entry])
    assert "0004" not in answers(register, "07-31")
    assert effective_answers(register, day("07-31"), day("07-31")).row_counts["not_yet_known"] == 1
    assert answers(register, "08-01")["0004"] == "yes"


def test_a_row_that_is_only_half_mended_does_not_count_yet(
    register_of: Callable[..., Register],
) -> None:
    code = correction("08-01", "0009", column="code", expected="0009", corrected="0004")
    answer = correction("09-01", "0004", column="decision", expected="jaså", corrected="yes")
    register = register_of("0009,2016-07-01,2016-07-05,,jaså", corrections=[code, answer])
    asked = [answers(register, known) for known in ("07-31", "08-15", "09-01")]
    assert asked == [{}, {}, {"0004": "yes"}]


def test_a_row_whose_day_received_is_corrected_is_registered_that_day_too(
    register_of: Callable[..., Register],
) -> None:
    cells = {"column": "received_on", "expected": "2016-06-20", "corrected": "2016-06-27"}
    register = register_of(*ROWS, corrections=[correction(**cells)])
    assert "0001" not in answers(register, "06-26", "08-01")
    assert answers(register, "06-27", "08-01")["0001"] == "yes"


def test_a_correction_into_something_wrong_is_an_error_of_its_row(
    register_of: Callable[..., Register],
) -> None:
    cells = {"column": "decision", "expected": "yes", "corrected": "kanske"}
    with pytest.raises(DataError) as error:
        register_of(*ROWS, corrections=[correction(code="0002", **cells)])
    found = [(p.row, p.column, p.value) for p in error.value.problems]
    assert found == [(3, "decision", "kanske")]


def test_what_was_corrected_wrongly_stands_among_the_other_errors_by_row(
    register_of: Callable[..., Register],
) -> None:
    cells = {"column": "decision", "expected": "yes", "corrected": "kanske"}
    with pytest.raises(DataError) as error:
        register_of(*ROWS, "0004,2016-07-01,2016-07-05,,jaså", corrections=[correction(**cells)])
    found = [(p.row, p.column, p.value) for p in error.value.problems]
    assert found == [(2, "decision", "kanske"), (5, "decision", "jaså")]


@pytest.mark.parametrize("expected", ["ja", "yes"])
def test_what_is_expected_is_as_the_source_has_it_or_as_it_was_read(
    register_of: Callable[..., Register], expected: str
) -> None:
    cells = {"column": "decision", "expected": expected, "corrected": "nej"}
    register = register_of("1,2016-06-15,2016-06-20,,ja", corrections=[correction(**cells)])
    assert answers(register, "08-01") == {"0001": "no"}


def test_what_is_archived_can_be_corrected_again(register_of: Callable[..., Register]) -> None:
    # The correction expects what the source says, not what was understood of it.
    cells = {"column": "decided_on", "expected": "31/6/2016", "corrected": "30 juni 2016"}
    entry = correction(match={"decision": "no"}, **cells)
    row = "1,31/6/2016,5 juli 2016,,Nej"
    archived = register_csv(register_of(row, corrections=[entry])).splitlines()
    again = register_of(*archived[1:], heading=archived[0], corrections=[entry])
    assert answers(again, "08-01") == {"0001": "no"}
