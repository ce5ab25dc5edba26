"""Corrections as they are written into corrections.toml, and read again."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from helpers.data.register.columns.column_choice import choose_columns
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.data.register.correction_writer import (
    append_corrections,
    correction_entries,
    current_rows,
)
from helpers.data.register.register_corrections import (
    CORRECTIONS_FILE,
    RegisterCorrection,
    load_corrections,
)
from helpers.errors import ReportError
from helpers.model.answer_register import SourceTable

DAY = date(2016, 7, 1)
HEADING = ["code", "decided_on", "received_on", "decision", "note"]
ROWS = [
    ["0001", "2016-06-13", "2016-06-15", "ja", ""],  # row 2
    ["0002", "2016-06-13", "2016-06-15", "nej", ""],  # row 3
    ["0002", "2016-06-20", "2016-06-15", "ja", "a"],  # row 4: of the same day as 3
    ["0003", "2016-06-13", "2016-06-15", "ja", "b"],  # row 5
    ["0003", "2016-06-13", "2016-06-15", "ja", "b"],  # row 6: repeats 5
]
VOCABULARY = RegisterVocabulary({f"000{n}": f"Ort {n}" for n in (1, 2, 3)}, [2017, 2018])
REMOVED = RegisterCorrection(recorded_on=DAY, why="Fel", match={"note": "a"}, remove=True)


@pytest.fixture
def table() -> SourceTable:
    rows = pd.DataFrame(ROWS, pd.Index(range(2, 7), dtype="int64"), HEADING, dtype="str")
    return SourceTable(rows, "decisions.csv", None, "", ())


def entries(
    table: SourceTable, row: int, changes: dict[str, str], *earlier: RegisterCorrection
) -> list[RegisterCorrection]:
    rows = current_rows(choose_columns(table, VOCABULARY).text, VOCABULARY, list(earlier))
    return correction_entries(rows, row, changes, "Fel", DAY)


def test_a_row_is_matched_by_its_code_and_its_days(table: SourceTable) -> None:
    (one,) = entries(table, 2, {"decision": "no"})
    assert one.match == {"code": "0001", "received_on": "2016-06-15"}
    assert (one.column, one.expected, one.corrected) == ("decision", "yes", "no")
    (two,) = entries(table, 4, {"received_on": "2016-06-21"})
    assert two.match == {**one.match, "code": "0002", "decided_on": "2016-06-20"}


def test_each_further_correction_matches_what_the_one_before_it_gives(table: SourceTable) -> None:
    first, second = entries(table, 2, {"received_on": "2016-06-16", "decision": "no"})
    assert first.match["received_on"] == "2016-06-15"
    assert second.match["received_on"] == "2016-06-16"


def test_a_value_that_stands_there_already_is_no_correction(table: SourceTable) -> None:
    (one,) = entries(table, 2, {"decision": "yes", "case_number": "KS 7"})
    assert (one.column, one.expected, one.corrected) == ("case_number", "", "KS 7")
    with pytest.raises(ReportError, match="Row 2 already has these values"):
        entries(table, 2, {"decision": "yes"})


def test_without_changes_the_row_is_taken_out(table: SourceTable) -> None:
    (one,) = entries(table, 3, {})
    assert one.remove


def test_a_row_that_cannot_be_told_from_another_is_refused(table: SourceTable) -> None:
    with pytest.raises(ReportError, match="Row 5 has the same values as another row"):
        entries(table, 5, {"decision": "no"})


def test_earlier_corrections_are_built_on(table: SourceTable) -> None:
    changed = RegisterCorrection(
        recorded_on=DAY, why="Fel", match={"code": "0001"}, column="decision",
        expected="yes", corrected="no",
    )  # fmt: skip
    (again,) = entries(table, 2, {"decision": "yes"}, changed, REMOVED)
    assert (again.expected, again.corrected) == ("no", "yes")
    with pytest.raises(ReportError, match="no answer in row 4"):
        entries(table, 4, {"decision": "no"}, changed, REMOVED)


EARLIER = (
    '[[correction]]\nrecorded_on = 2016-06-30\nwhy = "Ä"\nmatch = { note = "a" }\nremove = true'
)
HOSTILE = 'Läst "fel" \\ i <diariet>\n[[correction]]\t\x7f'


@pytest.mark.parametrize(
    "before", ["", "# Inget\n", "# Inget", EARLIER, EARLIER.replace("\n", "\r\n") + "\r\n"]
)
def test_what_is_there_is_kept_and_what_is_added_reads_as_it_was_meant(
    before: str, tmp_path: Path, table: SourceTable
) -> None:
    rows = current_rows(choose_columns(table, VOCABULARY).text, VOCABULARY, [])
    changes = {"received_on": "2016-06-16", "case_number": HOSTILE}
    new = correction_entries(rows, 2, changes, HOSTILE, DAY)
    new += correction_entries(rows, 3, {}, "Bort", DAY)
    data = append_corrections(before.encode(), new)
    assert data.startswith(before.encode())
    assert (b"\n" in data.replace(b"\r\n", b"")) == ("\r" not in before)
    tomllib.loads(data.decode())
    (tmp_path / CORRECTIONS_FILE).write_bytes(data)
    loaded = load_corrections(tmp_path)
    assert loaded[-3:] == new
    assert len(loaded) == 3 + (EARLIER.split("\n", maxsplit=1)[0] in before)
