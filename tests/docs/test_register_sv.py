"""The guide for the officer who keeps the register is true: what it shows is read as it says."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from helpers.checking.register_review import review_register
from helpers.data.cells.cell_values import parse_years
from helpers.data.cells.column_headings import column_for_heading
from helpers.data.cells.days import parse_day
from helpers.data.cells.decisions import parse_decision

PAGE = Path(__file__).resolve().parents[2] / "docs/how-to/register-sv.md"
TEXT = PAGE.read_text(encoding="utf-8")
COLUMNS = [
    "code", "name", "decided_on", "received_on", "registered_on", "decision", "years", "condition",
    "case_number", "note",
]  # fmt: skip


def rows(heading: str) -> list[list[str]]:
    """The rows of the table below a heading, its own heading first."""
    [section] = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def quoted(cell: str) -> list[str]:
    return re.findall("`([^`]+)`", cell)


def test_the_sheet_that_it_shows_has_no_problems(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heading, _, *answers = rows("Så ser bladet ut")
    assert len(answers) == 3
    sheet = tmp_path / "svar.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["Svar på vår fråga"], heading, *answers])
    monkeypatch.chdir(project)
    found = review_register("skl-2016", str(sheet))
    assert found.problems == []
    assert [column_for_heading(name) for name in found.table.rows.columns] == [
        "code",
        "name",
        "decided_on",
        "received_on",
        "decision",
        "years",
        "condition",
        "case_number",
        "note",
    ]


def test_each_heading_names_the_column_of_its_row() -> None:
    _, _, *shown = rows("Rubriker")
    for column, (names, _) in zip(COLUMNS, shown, strict=True):
        assert quoted(names)
        assert {column_for_heading(name) for name in quoted(names)} == {column}
    assert {column_for_heading("beslut"), column_for_heading("datum")} == {None}


def test_each_answer_is_read_as_it_says() -> None:
    _, _, *shown = rows("Svar och villkor")
    expected = {
        "ett ja": ("yes", False),
        "ett nej": ("no", False),
        "ett ja med villkor": ("yes", True),
    }
    for cells, counted in shown:
        for cell in quoted(cells):
            decision, condition = parse_decision(cell) or ("", "")
            assert (decision, bool(condition)) == expected[counted], cell
    named = [
        parse_years(text, [2016, 2017, 2018]) for text in ("2017", "2017 och 2018", "2017-2018")
    ]
    assert named == ["2017", "2017,2018", "2017,2018"]
    assert "`2017`, `2017 och 2018` eller `2017-2018`" in TEXT


def test_each_day_is_understood_or_not_as_it_says() -> None:
    _, _, *shown = rows("Datum")
    for understood, refused in shown:
        assert [parse_day(text) for text in quoted(understood)] == ["2016-10-03"]
        assert [parse_day(text) for text in quoted(refused)] == [None]


def test_what_check_prints_is_what_the_page_shows(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [sheet] = re.findall(r"^```text\n(kommunkod;.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    [shown] = re.findall(
        r"^\$ funding-report check skl-2016 --decisions svar.csv --language sv\n(.*?)^```",
        TEXT,
        re.MULTILINE | re.DOTALL,
    )
    (tmp_path / "data").symlink_to(project / "data", target_is_directory=True)
    (tmp_path / "svar.csv").write_text(sheet, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = review_register("skl-2016", "svar.csv")
    assert found.text("sv").splitlines() == shown.splitlines()
    severities = {line.partition(":")[0] for line in shown.splitlines()[:-1]}
    assert severities == {quoted(cell)[0] for cell, *_ in rows("Kontrollera bladet")[2:]}
