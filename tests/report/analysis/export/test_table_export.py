"""Exports read back: tidy, harmless, with units, and saying that answers are reconstructed."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from helpers import Export, Table
from helpers.errors import ReportError

NOTICE = "Reconstructed answers."


@pytest.fixture
def fees() -> Table:
    made = Table(
        {
            "code": ["0114", "=1+1"],
            "year": [2017, 2018],
            "fee": [15_030, 7],
            "share": [0.5, None],
            "on": [pd.Timestamp("2017-02-22"), pd.NaT],
            "clear": [True, False],
        }
    )
    units = {"code": "text", "year": "calendar year", "fee": "SEK a year", "share": "share of all"}
    return made.with_description("Fees", units, NOTICE)


def test_csv_is_tidy_and_its_units_stand_beside_it(fees: Table, tmp_path: Path) -> None:
    path = Export(fees).csv(tmp_path / "new" / "fees.csv")
    assert path.read_text(encoding="utf-8").splitlines() == [
        "code,year,fee,share,on,clear,notice",
        f"0114,2017,15030,0.5,2017-02-22,true,{NOTICE}",
        f"'=1+1,2018,7,,,false,{NOTICE}",
    ]
    about = json.loads((tmp_path / "new" / "fees.csv-metadata.json").read_text(encoding="utf-8"))
    columns = {
        c["name"]: (c["datatype"], c["dc:description"]) for c in about["tableSchema"]["columns"]
    }
    assert columns["fee"] == ("integer", "SEK a year")
    assert columns["on"] == ("date", "")
    assert about["url"] == "fees.csv"
    assert about["dc:description"] == NOTICE


def test_json_has_a_schema_with_units(fees: Table, tmp_path: Path) -> None:
    path = Export(fees).json(tmp_path / "fees.json", units={"on": "date"})
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["title"] == "Fees"
    assert found["notice"] == NOTICE
    assert found["schema"]["fields"][2] == {"name": "fee", "type": "integer", "unit": "SEK a year"}
    assert found["schema"]["fields"][4]["unit"] == "date"
    assert found["data"][0] == {
        "code": "0114",
        "year": 2017,
        "fee": 15_030,
        "share": 0.5,
        "on": "2017-02-22",
        "clear": True,
    }
    assert found["data"][1]["share"] is None


def test_excel_is_a_real_table_under_a_title(fees: Table, tmp_path: Path) -> None:
    book = load_workbook(Export(fees).excel(tmp_path / "fees.xlsx"))
    sheet = book["Table"]
    assert (sheet["A1"].value, sheet["A2"].value) == ("Fees", NOTICE)
    assert [cell.value for cell in sheet[3]][:4] == [
        "code",
        "year (calendar year)",
        "fee (SEK a year)",
        "share (share of all)",
    ]
    assert [cell.value for cell in sheet[4]][:3] == ["0114", 2017, 15_030]
    assert (sheet["A5"].data_type, sheet["A5"].quotePrefix) == ("s", True)
    assert (sheet["B4"].number_format, sheet["C4"].number_format) == ("0", "#,##0")
    assert sheet.freeze_panes == "A4"
    assert not sheet.merged_cells.ranges
    [table] = sheet.tables.values()
    assert table.ref == "A3:F5"
    about = [[cell.value for cell in row] for row in book["About"].iter_rows(min_row=4)]
    assert ["fee", "SEK a year", "integer"] in about
    assert NOTICE in book["About"]["A2"].value
    assert book.properties.title == "Fees"


def test_the_same_table_gives_the_same_bytes(fees: Table, tmp_path: Path) -> None:
    first, second = (Export(fees).excel(tmp_path / f"{n}.xlsx") for n in (1, 2))
    assert first.read_bytes() == second.read_bytes()


def test_any_frame_exports_with_its_index(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {("fee", "sum"): [1], "exact": [Fraction(1, 4)]}, index=pd.Index(["A1"], name="group")
    )
    path = Export(frame).csv(tmp_path / "own.csv", title="Own")
    assert path.read_text(encoding="utf-8") == "group,fee sum,exact\nA1,1,0.25\n"


def test_an_empty_table_exports_too(tmp_path: Path) -> None:
    frame = pd.DataFrame({"fee": []})
    assert load_workbook(Export(frame).excel(tmp_path / "e.xlsx"))["Table"]["A3"].value == "fee"
    assert Export(frame).csv(tmp_path / "e.csv").read_text() == "fee\n"


@pytest.mark.parametrize(
    ("frame", "name", "units", "message"),
    [
        (pd.DataFrame({"a": [1]}), "a.txt", None, r"'a\.txt' does not end in \.csv"),
        (pd.DataFrame({"a": [1]}), "a.csv", {"b": "SEK"}, r"no column 'b' .* There are: a\."),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "a.csv", None, "Two columns are named 'a'"),
    ],
)
def test_what_cannot_be_exported_says_why(
    frame: pd.DataFrame, name: str, units: dict[str, str] | None, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ReportError, match=message):
        Export(frame).csv(tmp_path / name, units=units)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match=r"fees\.csv cannot be written"):
        Export(pd.DataFrame({"a": [date(2017, 1, 1)]})).csv(tmp_path / "file" / "fees.csv")
