from __future__ import annotations

from pathlib import Path

import pytest

from helpers.data.readers.numbered_rows import find_heading, rows_from_heading
from helpers.errors import ReportError
from support.excel_files import workbook
from support.register_files import contents, read

ANSWER = ["0180", "Stockholm", "Ja", "2016-09-01", "2016-09-05"]
KNOWN = ["Kod", "Namn", "Ja/Nej", "Beslutsdatum", "Inkom"]


@pytest.mark.parametrize(
    ("upper", "lower", "heading"),
    [
        # Each row is a heading alone, the lower one says more.
        (["Kommun", "", "Svar", "", ""], KNOWN, KNOWN),
        # The lower row is one alone, but for what the upper one says of its days.
        (["", "", "", "Beslut", "Inkommet"], ["Kod", "Namn", "Svar", "datum", "datum"],
         ["Kod", "Namn", "Svar", "Beslut datum", "Inkommet datum"]),
        # Neither is one alone.
        (["Kommunens", "", "Svar", "", ""], ["Kod", "Namn", "", "Beslutsdatum", "Inkom"],
         ["Kod", "Namn", "Svar", "Beslutsdatum", "Inkom"]),
        # A column that is merged over both rows.
        (["Kommunkod", "Kommun", "Svar", "Datum", ""], ["", "", "", "Beslutsdatum", "Inkom"],
         ["Kommunkod", "Kommun", "Svar", "Beslutsdatum", "Inkom"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["svar.csv", "svar.xlsx"])
def test_a_heading_in_two_rows_is_one(
    tmp_path: Path, name: str, upper: list[str], lower: list[str], heading: list[str]
) -> None:
    lines = [["Svar på rekommendationen"], upper, lower, ANSWER]
    text = "\n".join(";".join(line) for line in lines).encode()
    table = read(tmp_path / name, workbook(Blad=lines) if name == "svar.xlsx" else text)
    assert list(table.rows.columns) == heading
    assert contents(table) == [ANSWER]
    assert (table.heading_row, table.rows.index.tolist()) == (3, [4])
    assert find_heading([(at, line) for at, line in enumerate(lines, start=1)]) == 2


@pytest.mark.parametrize(
    "first",
    [
        ANSWER,
        ["0180", "", "Ja", "", ""],
        ["", "Svar", "x", "", ""],
        ["Kommun A", "Ort", "", "", ""],
    ],
)
def test_the_first_answer_is_no_part_of_the_heading(first: list[str]) -> None:
    rows = [(1, KNOWN), (2, first)]
    assert rows_from_heading(rows) == rows


def test_a_title_is_no_part_of_the_heading() -> None:
    heading = ["Kod", "Svar", ""]
    rows = [(1, ["Svar", "", ""]), (2, heading), (3, ["0180", "Ja", "obs"])]
    assert rows_from_heading(rows) == rows[1:]


def test_two_columns_of_one_name_that_are_not_read_are_no_error(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "kod;svar;Tel;Tel;Tel (2);Tel\n0180;ja;1;2;3;4\n")
    assert list(table.rows.columns) == ["kod", "svar", "Tel", "Tel (3)", "Tel (2)", "Tel (4)"]
    assert contents(table) == [["0180", "ja", "1", "2", "3", "4"]]


@pytest.mark.parametrize("heading", ["kod;svar;svar;x", "kod;Ja;Nej;Ja", "kod;Anm;Anm;svar"])
def test_two_columns_of_one_name_that_are_read_are_an_error(tmp_path: Path, heading: str) -> None:
    with pytest.raises(ReportError, match="columns that stand twice"):
        read(tmp_path / "a.csv", f"{heading}\n0180;ja;nej;x\n")
