from __future__ import annotations

from pathlib import Path

import pytest

from helpers.data.readers.numbered_rows import (
    find_heading,
    heading_search,
    refuse_answers_above,
    rows_from_heading,
)
from helpers.errors import DataError, ReportError
from helpers.model.settings.register_settings import RegisterSettings
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
    with pytest.raises(ReportError, match="columns that occur twice"):
        read(tmp_path / "a.csv", f"{heading}\n0180;ja;nej;x\n")


@pytest.mark.parametrize(
    "above",
    [
        ["1480", "Göteborg", "Nej", "2016-09-01", "2016-09-05"],
        ["Göteborgs stad", "Ja", "5 sep 2016"],
        ["180", "2016-09-05", "JA!"],
    ],
)
def test_an_answer_above_the_heading_stops_it(above: list[str]) -> None:
    rows = [(1, ["Svar 2016"]), (2, above), (3, ["kod", "svar"]), (4, ANSWER)]
    with pytest.raises(DataError, match="above the heading") as error:
        refuse_answers_above(rows, 3, "svar.xlsx", "Svar")
    assert [(one.row, one.sheet) for one in error.value.problems] == [(2, "Svar")]


@pytest.mark.parametrize(
    "above",
    [["Svar per den 2016-09-05"], ["Ja", "209"], ["Nej", "44", "15 %"], ["Uttag", "2016-09-05"]],
)
def test_titles_and_counts_above_the_heading_are_not_answers(above: list[str]) -> None:
    refuse_answers_above([(1, above), (2, ["kod", "svar"]), (3, ANSWER)], 2, "svar.csv")


def test_a_round_can_state_the_heading_s_row_and_its_words() -> None:
    rows = [(1, ["kod", "svar"]), (2, ["0180", "ja"]), (3, ["Nr", "Besked"]), (4, ["0180", "nej"])]
    settings = RegisterSettings(columns={"Nr": "code", "Besked": "decision"})
    assert rows_from_heading(rows, heading_search(settings))[0] == rows[0]
    stated = settings.model_copy(update={"heading_row": 3})
    assert rows_from_heading(rows, heading_search(stated)) == rows[2:]
    assert rows_from_heading(rows[2:], heading_search(settings))[0] == rows[2]
