from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers.data.register.register_corrections import RegisterCorrection, load_corrections
from helpers.errors import DataError, ReportError
from helpers.funding.answers.effective_answers import effective_answers
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from support.correction_entries import ROWS, correction, day
from support.loaded_register import load_register

# How the message goes on after "correction 1 (code = …)", and what to do.
LOUD = {
    "no match": (
        correction(code="0005"), "(code = 0005) matches 0 rows.",
        "Let match pick out exactly one row.",
    ),
    "several matches": (
        correction(match={"decision": "yes"}), "(decision = yes) matches 2 rows: 2, 3.",
        "Let match pick out exactly one row.",
    ),
    "expected differs": (
        correction(code="0001", column="decided_on", expected="2016-06-14", corrected="2016-06-13"),
        "(code = 0001) expects '2016-06-14' in row 2 of the register, there is '2016-06-15'.",
        "Look at row 2 again: correct expected, or delete the correction.",
    ),
    "since mended": (
        correction(code="0003"), "(code = 0003): row 4 has since been mended in the source.",
        "Delete the correction.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("entry", "says", "remedy"), LOUD.values(), ids=LOUD)
def test_a_correction_that_does_not_fit_is_loud(
    register_of: Callable[..., Register], entry: dict[str, Any], says: str, remedy: str
) -> None:
    with pytest.raises(DataError) as error:
        register_of(*ROWS, corrections=[entry])
    [problem] = error.value.problems
    assert problem.file == "corrections.toml"
    assert (problem.what, problem.remedy) == (f"correction 1 {says}", remedy)


def test_all_that_do_not_fit_come_at_once_and_by_number(
    register_of: Callable[..., Register],
) -> None:
    entries = [correction(code="0002"), *(entry for entry, _, _ in LOUD.values())]
    with pytest.raises(DataError) as error:
        register_of(*ROWS, corrections=entries)
    # The first one fits; once Berg's answer is a no, only Alm's is a yes.
    numbers = [p.what.split(" (")[0] for p in error.value.problems]
    assert numbers == ["correction 2", "correction 4", "correction 5"]


@pytest.mark.parametrize("second", [{"remove": True}, {}])
def test_a_row_that_was_taken_out_can_be_corrected_no_more(
    register_of: Callable[..., Register], second: dict[str, Any]
) -> None:
    entries = [correction(remove=True), correction("09-01", **second)]
    with pytest.raises(DataError, match=r"correction 2 \(code = 0001\) matches 0 rows"):
        register_of(*ROWS, corrections=entries)


def test_expected_is_the_value_after_earlier_corrections(
    register_of: Callable[..., Register],
) -> None:
    # The source still says yes, but since 1 August it is known to be a no.
    again = correction("09-01", column="decision", expected="yes", corrected="yes")
    with pytest.raises(DataError, match="correction 2"):
        register_of(*ROWS, corrections=[correction(), again])


ENTRY = """\
[[correction]]
recorded_on = 2016-08-01
why = "Fel dag i protokollet"
match = { code = "0001", decided_on = DAY }
column = "decided_on"
expected = DAY
corrected = NEW
"""


@pytest.fixture
def entries_of(tmp_path: Path) -> Callable[[str], list[RegisterCorrection]]:
    def load(text: str) -> list[RegisterCorrection]:
        (tmp_path / "corrections.toml").write_text(text, encoding="utf-8")
        return load_corrections(tmp_path)

    return load


@pytest.mark.parametrize("known", ["2016-06-15", '"2016-06-15"'])
@pytest.mark.parametrize("new", ["2016-06-14", '"2016-06-14"', '"14 juni 2016"'])
def test_days_are_days_of_toml_or_text(
    entries_of: Callable[[str], list[RegisterCorrection]],
    tmp_path: Path,
    five_members: pd.DataFrame,
    five_round: Round,
    known: str,
    new: str,
) -> None:
    entries = entries_of(ENTRY.replace("DAY", known).replace("NEW", new))
    path = tmp_path / "decisions.csv"
    path.write_text(f"code,decided_on,received_on,registered_on,decision\n{ROWS[0]}\n", "utf-8")
    register = load_register(path, five_members, five_round, entries)
    [decided_on] = effective_answers(register, day("08-01"), day("08-01")).effective["decided_on"]
    assert decided_on.date() == day("06-14")


def test_corrections_are_read_oldest_first_and_none_are_none(
    entries_of: Callable[[str], list[RegisterCorrection]], tmp_path: Path
) -> None:
    assert load_corrections(tmp_path) == []
    later = ENTRY.replace("DAY", '"2016-06-15"').replace("NEW", '"2016-06-14"')
    entries = entries_of(later + later.replace("2016-08-01", "2016-07-31"))
    assert [entry.recorded_on for entry in entries] == [day("07-31"), day("08-01")]


WHOLE = {
    "recorded_on": "2016-08-01", "why": '"Fel"', "match": '{ code = "0001" }',
    "column": '"decision"', "expected": '"yes"', "corrected": '"no"',
}  # fmt: skip
CELL = ["column", "expected", "corrected"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"column": '"beslut"'}, "name columns of the register: code, decided_on"),
        ({"match": '{ kod = "0001" }'}, "name columns of the register: code, decided_on"),
        ({"match": "{}"}, "name columns of the register"),
        ({"remove": "true"}, "or remove = true alone"),
        ({"remove": "true", "column": None, "expected": None}, "or remove = true alone"),
        (dict.fromkeys(CELL), "or remove = true alone"),
        ({"corrected": None}, "column, expected and corrected are all needed"),
        ({"why": None}, "why"),
        ({"match": None}, "match"),
        ({"recorded_on": None}, "recorded_on"),
        ({"recorded_on": '"2016-08-01"'}, "recorded_on"),
        ({"corected": '"no"'}, "corected"),
    ],
)
def test_an_entry_that_is_not_one_is_refused(
    entries_of: Callable[[str], list[RegisterCorrection]], changes: dict[str, Any], says: str
) -> None:
    cells = {name: value for name, value in (WHOLE | changes).items() if value is not None}
    lines = [f"{name} = {value}" for name, value in cells.items()]
    with pytest.raises(DataError) as error:
        entries_of("\n".join(["[[correction]]", *lines]) + "\n")
    assert [p.file for p in error.value.problems] == ["corrections.toml"]
    assert says in str(error.value)


def test_another_heading_than_correction_is_refused(
    entries_of: Callable[[str], list[RegisterCorrection]],
) -> None:
    with pytest.raises(ReportError, match=r"unknown: corrections\. Write \[\[correction\]\]"):
        entries_of("[[corrections]]\n")


@pytest.mark.parametrize(
    "match",
    [
        {"code": "1"},
        {"code": "0001"},
        {"code": "Alm"},
        {"code": "001"},
        {"received_on": "20 juni 2016", "decision": "Ja"},
        {"received_on": "2016-06-20", "decided_on": date(2016, 6, 15)},
        {"decision": "JA"},
    ],
)
def test_a_row_is_matched_as_the_file_has_it_or_as_it_is_read(
    register_of: Callable[..., Register], match: dict[str, object]
) -> None:
    rows = ["1,2016-06-15,20 juni 2016,,JA", "0003,2016-07-01,2016-07-05,,no"]
    register = register_of(*rows, corrections=[correction(match=match)])
    [version] = register.versions.to_dict("records")
    assert (register.versions.index[0], version["code"], version["decision"]) == (2, "0001", "no")
