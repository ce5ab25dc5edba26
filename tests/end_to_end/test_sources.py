"""A workbook as a municipal officer would save it: checked, mended, and then the same figures."""

import csv
import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import sqlalchemy
from openpyxl.worksheet.worksheet import Worksheet

from support.command_server import funding_report as run

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "data" / "rounds" / "skl-2016" / "decisions.csv"
MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
HEADING = [
    "Kommunkod",
    "Kommun",
    "Beslutsdatum",
    "Inkom",
    "Svar",
    "Dnr",
    "Anmärkning",
    "Handläggare",
]


def shipped_rows() -> list[dict[str, str]]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def swedish(day: str) -> str:
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def officers_rows() -> list[list[Any]]:
    """The shipped answers with numeric codes, Excel days, Swedish days and words."""
    return [
        [
            int(row["code"]),
            None,
            datetime.fromisoformat(row["decided_on"]),
            swedish(row["received_on"]),
            {"yes": "Ja", "no": "nej"}[row["decision"]],
            row["case_number"],
            row["note"],
            "Kim Hemlig",
        ]
        for row in shipped_rows()
    ]


def save(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Läs mig"
    first["A1"] = "Så fyller du i"
    sheet = book.create_sheet("Svar")
    sheet.append(["Sammanställning av inkomna svar"])
    sheet.append([])
    for row in [HEADING, *rows]:
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def mended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("officer") / "svar.xlsx", officers_rows())


@pytest.fixture(scope="module")
def misspelt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = officers_rows()
    rows[0][:2] = [None, "Ödeshögg"]  # 0509 Ödeshög, row 4 of the sheet
    rows[1][3] = "5/9/16"
    rows.append(rows[2])  # once more, on row 257
    return save(tmp_path_factory.mktemp("officer") / "svar.xlsx", rows)


def figures(*arguments: str, **environment: str) -> dict[str, Any]:
    done = run(
        "status", "skl-2016", "--as-of", "2017-02-22", "--json", *arguments, cwd=ROOT, **environment
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@cache
def shipped() -> dict[str, Any]:
    return figures()


def test_one_readable_report_names_all_that_is_wrong(misspelt: Path) -> None:
    done = run("check", "skl-2016", "--decisions", str(misspelt))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = done.stdout.splitlines()
    place = "svar.xlsx, sheet Svar"
    name = f"error:   {place}, row 4, column Kommun: 'Ödeshögg' is not the name of a member."
    assert f"{name} Did you mean Ödeshög" in done.stdout
    assert any(line.startswith(f"error:   {place}, row 5, column Inkom") for line in lines)
    assert any(line.startswith(f"warning: {place}, row 257: says the same") for line in lines)
    assert any("'114'" in line or "was read as 0" in line for line in lines)
    assert "Handläggare" in done.stdout  # the column is named as not used
    assert "Hemlig" not in done.stdout


def test_a_copy_says_in_the_sheet_what_is_wrong_where(misspelt: Path, tmp_path: Path) -> None:
    copy = tmp_path / "att-rätta.xlsx"
    run("check", "skl-2016", "--decisions", str(misspelt), "--annotate", str(copy))
    sheet = openpyxl.load_workbook(copy)["Svar"]
    assert sheet["I3"].value == "Att rätta"
    assert "Did you mean Ödeshög" in sheet["I4"].value
    assert sheet["B4"].fill.start_color.rgb == "00FFF2CC"
    assert sheet["B4"].value == "Ödeshögg"
    assert "received_on" in sheet["I5"].value
    assert sheet["D5"].fill.start_color.rgb == "00FFF2CC"
    again = run("check", "skl-2016", "--decisions", str(misspelt), "--annotate", str(copy))
    assert again.returncode == 1
    assert "exists already" in again.stderr


def test_a_csv_copy_opens_in_excel_and_keeps_its_separator(tmp_path: Path) -> None:
    source, copy = tmp_path / "svar.csv", tmp_path / "copy.csv"
    text = "Svar i juni\r\nkommunkod;beslutsdatum;inkom;svar\r\n0180;2016-09-01;2016-09-02;=1+1\r\n"
    source.write_bytes(text.encode("cp1252"))
    run("check", "skl-2016", "--decisions", str(source), "--annotate", str(copy))
    data = copy.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").splitlines()
    assert lines[1] == "kommunkod;beslutsdatum;inkom;svar;Att rätta"
    assert lines[2].startswith("0180;2016-09-01;2016-09-02;'=1+1;")  # Excel computes it not
    assert "decision: '=1+1' is neither yes nor no" in lines[2]


def without_rows(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "rows"}


def test_mended_it_gives_the_figures_of_the_shipped_register(mended: Path) -> None:
    assert run("check", "skl-2016", "--decisions", str(mended)).returncode == 0
    assert figures("--decisions", str(mended)) == shipped()


def test_parquet_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "svar.parquet"
    frame = pd.read_csv(SHIPPED, dtype=str, keep_default_na=False)
    frame.assign(decided_on=pd.to_datetime(frame["decided_on"])).to_parquet(path)
    assert figures("--decisions", str(path)) == shipped()


def store(url: str) -> None:
    """The shipped answers in a database, with days as days and a column nobody asked for."""
    frame = pd.read_csv(SHIPPED, dtype=str, keep_default_na=False).assign(contact="Kim Hemlig")
    for name in ("decided_on", "received_on"):
        frame[name] = pd.to_datetime(frame[name]).dt.date
    engine = sqlalchemy.create_engine(url)
    frame.to_sql("svar", engine, index=False, schema=None)
    engine.dispose()


def test_sqlite_gives_the_same(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'svar.db'}"
    store(url)
    assert figures("--decisions", url, "--table", "svar") == shipped()


def test_postgresql_gives_the_same_and_its_password_goes_nowhere(
    postgres_url: str, tmp_path: Path
) -> None:
    store(postgres_url)
    given = {"REGISTER": postgres_url}
    assert figures("--decisions", "env:REGISTER", "--table", "svar", **given) == shipped()
    done = run(
        "board",
        "skl-2016",
        "--as-of",
        "2017-02-22",
        "--language",
        "sv",
        "--table",
        "svar",
        "--decisions",
        postgres_url,
        "--output",
        str(tmp_path),
    )
    assert done.returncode == 0, done.stderr
    password = sqlalchemy.make_url(postgres_url).password
    assert password
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert password.encode() not in content, path.name
        assert b"Hemlig" not in content, path.name
    page = (tmp_path / "skl-2016" / "2017-02-22-draft-sv" / "board-report.sv.html").read_text()
    assert "postgresql, table svar" in page
