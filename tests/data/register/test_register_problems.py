from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from helpers.errors import DataError, ReportError
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from support.loaded_register import load_register

HEADING = "code,decided_on,received_on,registered_on,decision"
GOOD = "0180,2016-09-15,2016-09-20,,yes"


@pytest.fixture(scope="module")
def two_members(shipped_members: pd.DataFrame) -> pd.DataFrame:
    return shipped_members[shipped_members["code"].isin(["0180", "1480"])]


@pytest.fixture
def load(
    tmp_path: Path, two_members: pd.DataFrame, shipped_round: Round
) -> Callable[..., Register]:
    def load_content(content: str | bytes) -> Register:
        path = tmp_path / "decisions.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_register(path, two_members, shipped_round)

    return load_content


def lines(*rows: str, heading: str = HEADING) -> str:
    return "\n".join([heading, *rows]) + "\n"


def places(error: pytest.ExceptionInfo[DataError]) -> list[tuple[object, ...]]:
    return [(p.file, p.row, p.column, p.value) for p in error.value.problems]


BAD_CELLS = [
    # An unknown code, and one with the letter O. Without a code, the name is what is missing.
    ("9999,2016-09-15,2016-09-20,,yes", "code", "9999"),
    ("O180,2016-09-15,2016-09-20,,yes", "code", "O180"),
    (",2016-09-15,2016-09-20,,yes", "name", ""),
    ("0180,2016-09-15,2016-09-20,,maybe", "decision", "maybe"),
    ("0180,2016-09-15,2016-09-20,,yesterday", "decision", "yesterday"),
    ("0180,2016-09-15,2016-09-20,,", "decision", ""),
    ("0180,2016-02-30,2016-09-20,,yes", "decided_on", "2016-02-30"),
    ("0180,5/9/16,2016-09-20,,yes", "decided_on", "5/9/16"),
    ("0180,2016-09-15,,,yes", "received_on", ""),
    ("0180,2016-09-15,5.9.2016,,yes", "received_on", "5.9.2016"),
    ("0180,2016-09-15,2016-09-20,soon,yes", "registered_on", "soon"),
    # The day before the round began.
    ("0180,2016-06-09,2016-06-10,,yes", "decided_on", "2016-06-09"),
    # Decided a day after it was received; registered a day before it was received.
    ("0180,2016-09-21,2016-09-20,,yes", "decided_on", "2016-09-21"),
    ("0180,2016-09-15,2016-09-20,2016-09-19,yes", "registered_on", "2016-09-19"),
]
# What is said of a blank cell, which has no value to show.
BLANK = {
    "name": "There is neither a code nor a name.",
    "decision": "A blank cell is neither yes nor no.",
    "received_on": "The day is blank.",
}


@pytest.mark.parametrize(("row", "column", "value"), BAD_CELLS)
def test_a_bad_cell_is_named_by_file_row_column_and_value(
    load: Callable[..., Register], row: str, column: str, value: str
) -> None:
    with pytest.raises(DataError) as error:
        load(lines(GOOD, row))
    assert places(error) == [("decisions.csv", 3, column, value)]
    assert (repr(value) if value else BLANK[column]) in str(error.value)


def test_all_bad_cells_come_at_once_in_the_order_of_the_file(load: Callable[..., Register]) -> None:
    with pytest.raises(DataError) as error:
        load(lines(GOOD, *(row for row, _, _ in BAD_CELLS)))
    expected = [
        ("decisions.csv", number, column, value)
        for number, (_, column, value) in enumerate(BAD_CELLS, start=3)
    ]
    assert places(error) == expected
    assert str(error.value).startswith("14 problems:\n")


def test_every_bad_cell_of_one_row_is_named(load: Callable[..., Register]) -> None:
    with pytest.raises(DataError) as error:
        load(lines("9999,x,y,2016-02-30,z"))
    columns = {column for _, _, column, _ in places(error)}
    assert columns == {"code", "decided_on", "received_on", "registered_on", "decision"}


def test_the_first_day_of_the_round_is_not_too_early(load: Callable[..., Register]) -> None:
    register = load(lines("0180,2016-06-10,2016-06-10,2016-06-10,no"))
    assert register.latest == date(2016, 6, 10)


def test_registered_on_defaults_to_received_on(load: Callable[..., Register]) -> None:
    [row] = load(lines(GOOD)).rows.to_dict("records")
    assert row["registered_on"] == row["received_on"]


def test_blank_lines_and_a_byte_order_mark_do_not_move_the_row_number(
    load: Callable[..., Register],
) -> None:
    with pytest.raises(DataError) as error:
        load("\ufeff" + lines("", GOOD, ",,,,", "0180,2016-09-15,2016-09-20,,maybe"))
    assert places(error) == [("decisions.csv", 5, "decision", "maybe")]


def test_a_cell_of_two_lines_does_not_move_the_row_number(load: Callable[..., Register]) -> None:
    # The heading is line 1, Stockholm's row lines 2 and 3, the bad cell stands on line 4.
    two_lines = '0180,2016-09-15,2016-09-20,yes,"first\nsecond"'
    heading = "code,decided_on,received_on,decision,note"
    with pytest.raises(DataError) as error:
        load(lines(two_lines, "1480,2016-09-15,2016-09-20,maybe,", heading=heading))
    assert places(error) == [("decisions.csv", 4, "decision", "maybe")]


@pytest.mark.parametrize("line", [2, 3])
def test_a_row_with_too_many_cells_is_an_error(load: Callable[..., Register], line: int) -> None:
    # An unquoted comma in the note would otherwise push "reconstructed" out of its column.
    heading = "code,decided_on,received_on,decision,note,source"
    rows = ["1480,2016-09-15,2016-09-20,yes,,reconstructed"]
    rows.insert(line - 2, "0180,2016-09-15,2016-09-20,yes,by letter, in person,reconstructed")
    with pytest.raises(DataError) as error:
        load(lines(*rows, heading=heading))
    assert [(p.file, p.row) for p in error.value.problems] == [("decisions.csv", line)]


@pytest.mark.parametrize("second", ["decision", " decision"])
def test_a_column_that_stands_twice_is_an_error(load: Callable[..., Register], second: str) -> None:
    heading = f"code,decided_on,received_on,decision,{second}"
    with pytest.raises(ReportError, match="decision"):
        load(lines("0180,2016-09-15,2016-09-20,yes,no", heading=heading))


def test_every_missing_column_is_named(load: Callable[..., Register]) -> None:
    with pytest.raises(DataError) as error:
        load(lines("0180,Stockholm", heading="code,name"))
    names = ("decided_on", "received_on", "decision")
    missing = [("decisions.csv", None, name, None) for name in names]
    assert places(error) == missing


def test_columns_that_nobody_asked_for_are_left_out(load: Callable[..., Register]) -> None:
    heading = "code,decided_on,received_on,decision,phone"
    register = load(lines("0180,2016-09-15,2016-09-20,yes,08-123", heading=heading))
    assert "phone" not in register.rows
    assert list(register.rows["code"]) == ["0180"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "mac_roman", "cp850"])
def test_a_file_as_excel_encodes_it_is_read(load: Callable[..., Register], encoding: str) -> None:
    heading = "code,decided_on,received_on,decision,källa"
    content = lines("0180,2016-09-15,2016-09-20,yes,från Åmål", heading=heading)
    assert list(load(content.encode(encoding)).rows["source"]) == ["från Åmål"]


@pytest.mark.parametrize(
    "content",
    # 0x81 is no character in Windows-1252, and no beginning of one in UTF-8.
    [lines(GOOD).encode() + b"\x81", b"", b"\n\n"],
    ids=["neither", "empty", "blank"],
)
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(
    load: Callable[..., Register], content: bytes
) -> None:
    with pytest.raises(DataError) as error:
        load(content)
    assert [p.file for p in error.value.problems] == ["decisions.csv"]
    assert "UTF-8" in str(error.value)


def test_a_missing_file_is_named(
    tmp_path: Path, two_members: pd.DataFrame, shipped_round: Round
) -> None:
    with pytest.raises(ReportError, match=r"absent\.csv"):
        load_register(tmp_path / "absent.csv", two_members, shipped_round)


def test_a_register_of_another_kind_is_refused_by_name(
    tmp_path: Path, two_members: pd.DataFrame, shipped_round: Round
) -> None:
    with pytest.raises(ReportError, match=r"decisions\.pdf.*\.csv"):
        load_register(tmp_path / "decisions.pdf", two_members, shipped_round)


def test_the_problems_survive_being_sent_to_another_process(load: Callable[..., Register]) -> None:
    with pytest.raises(DataError) as error:
        load(lines("9999,2016-09-15,2016-09-20,,maybe"))
    copy = pickle.loads(pickle.dumps(error.value))
    assert copy.problems == error.value.problems
    assert str(copy) == str(error.value)
