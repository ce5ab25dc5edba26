"""Registers in the files that LibreOffice writes: five situations in each of three formats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from helpers.data.readers.table_reader import read_table
from helpers.errors import ReportError
from support.libreoffice import convert

HEADING = ["Kommunkod", "Kommun", "Svar", "Beslutsdatum", "Inkom", "Villkor"]
DAYS = [date(2016, 9, 1), date(2016, 9, 5)]
READ_DAYS = ["2016-09-01", "2016-09-05"]
SUFFIXES = ["xlsx", "ods", "xls"]
# How a person opens CSV: comma, double quotation marks, UTF-8.
AS_UTF_8 = "--infilter=CSV:44,34,76"
UNSEEN = {"xlsx": [], "ods": ["struck-out text"], "xls": ["hidden rows"]}


def sheet(rows: Sequence[Sequence[Any]]) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    book.remove(book.worksheets[0])
    answers = book.create_sheet("Svar")
    for row in [["Svar på rekommendationen"], [], HEADING, *rows]:
        answers.append(list(row))
    return book, answers


def make_sources(folder: Path) -> list[Path]:
    """What other programs have written, for LibreOffice to open."""
    plain = folder / "plain.csv"
    lines = [",".join([*HEADING[:-1], "Förbehåll"])]
    lines += ["1480,Göteborg,Ja,2016-09-01,2016-09-05,", "1280,Malmö,Nej,2016-09-01,2016-09-05,x"]
    for path in (plain, folder / "garbled.csv"):
        path.write_text("\n".join(lines), encoding="utf-8")

    formulas, computed = sheet([
        ["1480", "Göteborg", '=IF(1=1,"Ja","Nej")', DAYS[0], "=D4+4", None],
        ["1280", "Malmö", "Ja", *DAYS, "=NA()"],
    ])  # fmt: skip
    computed["E4"].number_format = "yyyy-mm-dd"
    merged, joined = sheet(
        [["1480", "", "Ja", *DAYS, "Om alla är med"], ["1280", "", "Ja", *DAYS, None]]
    )
    joined.merge_cells("F4:F5")
    filtered, hiding = sheet([["1480", "", "Ja", *DAYS, None], ["1280", "", "Nej", *DAYS, None]])
    hiding.auto_filter.ref = "A3:F5"
    hiding.auto_filter.add_filter_column(2, ["Ja"])
    hiding.row_dimensions[5].hidden = True
    books = {"formulas": formulas, "merged": merged, "filtered": filtered}
    for name, book in books.items():
        book.save(folder / f"{name}.xlsx")
    return [folder / "garbled.csv", *(folder / f"{name}.xlsx" for name in books)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("libreoffice")
    sources = make_sources(folder)
    for suffix in SUFFIXES:
        (folder / suffix).mkdir()
        convert(sources, suffix, folder / suffix)
        convert([folder / "plain.csv"], suffix, folder / suffix, AS_UTF_8)
    return folder


@pytest.fixture(params=SUFFIXES)
def suffix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_plain_rows(made: Any, suffix: str) -> None:
    table = read_table(str(made / suffix / f"plain.{suffix}"))
    assert table.rows.to_numpy().tolist() == [
        ["1480", "Göteborg", "Ja", *READ_DAYS, ""],
        ["1280", "Malmö", "Nej", *READ_DAYS, "x"],
    ]
    for remark, part in zip(table.remarks, UNSEEN[suffix], strict=True):
        assert remark.what.startswith(part)
        assert "save it as an Excel workbook (.xlsx)" in remark.remedy.replace("Save", "save")


def test_csv_that_was_opened_in_a_wrong_encoding(made: Any, suffix: str) -> None:
    with pytest.raises(ReportError, match=r"the heading 'F.*' has letters in a wrong encoding"):
        read_table(str(made / suffix / f"garbled.{suffix}"))


def test_values_of_formulas_and_errors(made: Any, suffix: str) -> None:
    table = read_table(str(made / suffix / f"formulas.{suffix}"))
    # In an .xls an error cannot be told from a blank cell, which the remark says.
    error = "" if suffix == "xls" else "#N/A"
    assert table.rows.to_numpy().tolist() == [
        ["1480", "Göteborg", "Ja", *READ_DAYS, ""],
        ["1280", "Malmö", "Ja", *READ_DAYS, error],
    ]
    assert table.heading_row == 3


def test_merged_cells(made: Any, suffix: str) -> None:
    table = read_table(str(made / suffix / f"merged.{suffix}"))
    assert table.rows["Villkor"].tolist() == ["Om alla är med", "Om alla är med"]
    assert [remark.row for remark in table.remarks if remark.severity == "repair"] == [4]


def test_a_row_that_a_filter_hides(made: Any, suffix: str) -> None:
    path = str(made / suffix / f"filtered.{suffix}")
    if suffix == "xls":  # whose remark is of test_plain_rows
        assert read_table(path).rows["Svar"].tolist() == ["Ja", "Nej"]
        return
    with pytest.raises(ReportError, match=r"row 5: the row is hidden, by a filter or by hand"):
        read_table(path)
