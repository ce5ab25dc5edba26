from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pandas as pd
import psycopg
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from helpers.data.readers.table_reader import read_table
from helpers.errors import ReportError
from support.register_files import contents, parquet, read, write

HEADING = ["code", "decided_on", "received_on", "decision"]
STOCKHOLM = ["0180", "2016-09-15", "2016-09-20", "ja"]
GOTEBORG = ["1480", "2016-09-16", "2016-09-21", "nej"]
# The same two answers as CSV, whose SHA-256 is that of a database with nothing else in it.
CANONICAL = """\
code,decided_on,received_on,decision
0180,2016-09-15,2016-09-20,ja
1480,2016-09-16,2016-09-21,nej
"""
CREATE = "CREATE TABLE decisions (decision text, received_on date, decided_on date, code text);"
INSERT = "INSERT INTO decisions VALUES ('{3}', '{2}', '{1}', '{0}');"
STATEMENTS = CREATE + INSERT.format(*GOTEBORG) + INSERT.format(*STOCKHOLM)


Row = list[str | None]


def workbook(*rows: Sequence[object]) -> bytes:
    book, target = Workbook(), BytesIO()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Svar"
    for row in rows:
        sheet.append(list(row))
    book.save(target)
    return target.getvalue()


@pytest.fixture(
    params=[
        *("csv", "tsv", "txt", "xlsx", "xlsm", "parquet", "sqlite"),
        pytest.param("postgresql", marks=pytest.mark.postgres),
    ]
)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def source(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The two answers in each kind of source, as each of them writes days and text."""
    path = tmp_path / f"svar.{kind.upper()}"
    lines = [HEADING, STOCKHOLM, GOTEBORG]
    dated = [
        [code, date.fromisoformat(decided), datetime.fromisoformat(received), decision]
        for code, decided, received, decision in lines[1:]
    ]
    if kind == "sqlite":
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.executescript(STATEMENTS)
        return f"sqlite:///{path}"
    if kind == "postgresql":
        url = str(request.getfixturevalue("postgres_url"))
        with psycopg.connect(url) as connection:
            connection.execute(STATEMENTS)
        return url
    separators = {"csv": ";", "tsv": "\t", "txt": ","}
    if kind in separators:
        return str(write(path, "\r\n".join(separators[kind].join(line) for line in lines)))
    if kind == "parquet":
        return str(write(path, parquet(pa.Table.from_pandas(pd.DataFrame(dated, columns=HEADING)))))
    return str(write(path, workbook(HEADING, *dated)))


def test_every_kind_of_source_gives_the_same_text(source: str, kind: str) -> None:
    table = read_table(source)
    assert list(table.rows.columns) == HEADING
    assert contents(table) == [STOCKHOLM, GOTEBORG]
    assert {str(dtype) for dtype in table.rows.dtypes} == {"str"}
    in_rows = kind in {"csv", "tsv", "txt", "xlsx", "xlsm"}
    assert table.rows.index.tolist() == ([2, 3] if in_rows else [1, 2])
    assert table.rows.index.dtype == "int64"
    assert table.heading_row == (1 if in_rows else 0)
    assert table.sheet == ("Svar" if kind.startswith("xl") else None)
    assert table.notes == ()


def test_a_source_is_named_without_where_it_lies(source: str, kind: str) -> None:
    databases = {"sqlite", "postgresql"}
    named = f"{kind}, table decisions" if kind in databases else f"svar.{kind.upper()}"
    assert read_table(source).file == named


def test_a_file_is_hashed_as_it_is_and_a_database_as_csv(source: str, kind: str) -> None:
    databases = {"sqlite", "postgresql"}
    data = CANONICAL.encode() if kind in databases else Path(source).read_bytes()
    assert read_table(source).sha256 == sha256(data).hexdigest()


def test_the_place_may_stand_in_an_environment_variable(
    source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTER", f" {source}\n")
    assert contents(read_table("env:REGISTER")) == [STOCKHOLM, GOTEBORG]


@pytest.mark.parametrize("value", [None, "", " "])
def test_an_environment_variable_that_is_not_set_is_named(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("REGISTER", raising=False)
    if value is not None:
        monkeypatch.setenv("REGISTER", value)
    with pytest.raises(ReportError, match=r"environment variable 'REGISTER' is not set\. Set it"):
        read_table("env:REGISTER")


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("svar.pdf", r"Save it as \.csv or \.xlsx\.$"),
        ("svar", r"Save it as \.csv or \.xlsx\.$"),
    ],
)
def test_other_kinds_of_file_are_refused_with_what_to_do(
    tmp_path: Path, name: str, remedy: str
) -> None:
    path = write(tmp_path / name, "kod;svar\n0180;ja\n")
    with pytest.raises(ReportError, match=remedy) as error:
        read_table(str(path))
    assert f"'{name}'" in str(error.value)
    assert str(tmp_path) not in str(error.value)


@pytest.mark.parametrize("address", ["postgresql:u:hemlig@h", "postgresql//u:hemlig@h/d", "u:h@h"])
def test_an_address_without_its_slashes_is_not_quoted(address: str) -> None:
    with pytest.raises(ReportError, match="nor a database's address") as error:
        read_table(address)
    assert "hemlig" not in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    for suffix in ("csv", "xlsx", "parquet"):
        with pytest.raises(ReportError, match=rf"There is no file .*svar\.{suffix}"):
            read_table(str(tmp_path / f"svar.{suffix}"))


def test_blank_rows_are_dropped_and_counted(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "kod,svar\n\n0180,ja\n,\n \u00a0,\n1480,nej\n")
    assert table.rows.index.tolist() == [3, 6]
    rows: list[Row] = [
        ["kod", "svar"],
        [],
        ["0180", "ja"],
        [" ", None],
        ["1480", "nej"],
    ]
    assert read(tmp_path / "a.xlsx", workbook(*rows)).rows.index.tolist() == [3, 5]
    columns = {"kod": ["0180", None, "1480"], "svar": ["ja", " ", "nej"]}
    assert read(tmp_path / "a.parquet", parquet(pa.table(columns))).rows.index.tolist() == [1, 3]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_is_passed_over_is_said_without_what_it_holds(tmp_path: Path, name: str) -> None:
    rows: list[Row] = [
        ["Titel"],
        [],
        ["Kod", "Svar", None, "Telefon"],
        ["0180", "ja", "hemligt", "08-1"],
    ]
    text = "\n".join(";".join(cell or "" for cell in row) for row in rows)
    table = read(tmp_path / name, workbook(*rows) if name == "a.xlsx" else text.encode("cp1252"))
    assert list(table.rows.columns) == ["Kod", "Svar", "Telefon"]
    assert (table.heading_row, table.rows.index.tolist()) == (3, [4])
    assert table.notes == (
        "The headings are in row 3.",
        "Cells in columns without a heading were not used.",
    )


def test_how_a_file_was_decoded_is_said(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "Kod;Svar;Ort\n0180;ja;Älmhult\n".encode("cp1252"))
    assert table.notes == ("Read as Windows-1252.",)
    assert table.rows.loc[2, "Ort"] == "Älmhult"


def test_cells_beside_the_table_in_a_sheet_are_not_part_of_it(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["Kod", "Svar"],
        ["0180", "ja", None, "OBS"],
        [None, None, "Summa"],
    ]
    table = read(tmp_path / "a.xlsx", workbook(*rows))
    assert contents(table) == [["0180", "ja"]]
    assert table.notes == ("Cells in columns without a heading were not used.",)


def test_too_few_cells_are_filled_with_blanks(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "kod;svar;anm;källa\n0180;ja\n1480\n")
    assert contents(table) == [["0180", "ja", "", ""], ["1480", "", "", ""]]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet"])
def test_a_heading_that_stands_twice_is_an_error(tmp_path: Path, name: str) -> None:
    columns = ["kod", "svar", "svar"]
    content = {
        "a.csv": b"kod, svar,svar\n1,ja,nej\n",
        "a.xlsx": workbook(columns, ["1", "ja", "nej"]),
        "a.parquet": parquet(pa.table([["1"], ["ja"], ["nej"]], names=columns)),
    }[name]
    with pytest.raises(ReportError, match=rf"^{name}: columns that occur twice: svar\. Keep one"):
        read(tmp_path / name, content)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet", "a.db"])
def test_a_register_without_answers_is_a_table_without_rows(tmp_path: Path, name: str) -> None:
    content = {
        "a.csv": b"code,decided_on,received_on,decision\n",
        "a.xlsx": workbook(HEADING),
        "a.parquet": parquet(pa.table({name: pa.array([], pa.string()) for name in HEADING})),
        "a.db": b"",
    }[name]
    path = write(tmp_path / name, content)
    if name == "a.db":
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.executescript(CREATE)
    table = read_table(f"sqlite:///{path}" if name == "a.db" else str(path))
    assert table.rows.shape == (0, 4)
    assert list(table.rows.columns) == HEADING
    assert {str(dtype) for dtype in table.rows.dtypes} == {"str"}
    assert table.rows.index.dtype == "int64"


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(), st.sampled_from(["csv", "xlsx", "parquet"]))
def test_any_bytes_are_a_table_or_an_error_in_words(
    tmp_path: Path, data: bytes, suffix: str
) -> None:
    with contextlib.suppress(ReportError):
        assert read(tmp_path / f"svar.{suffix}", data).file == f"svar.{suffix}"
