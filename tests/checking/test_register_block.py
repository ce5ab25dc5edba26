"""The block that `check` offers, pasted into round.toml, makes it pass without options."""

from __future__ import annotations

import sqlite3
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from checking.test_register_review import ROUND_TOML
from helpers.checking.register_block import offer_register_block
from helpers.checking.register_review import RegisterReview, review_register
from helpers.errors import ReportError
from support.excel_files import saved, workbook

ROUND = "five-2016"
HEADING = ["Kommunkod", "Svar", "Beslutsdatum", "Inkom", "Villkor"]
DAYS = ["2016-09-01", "2016-09-05"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, five_members: pd.DataFrame) -> Path:
    five = tmp_path / "data" / "rounds" / ROUND
    five.mkdir(parents=True)
    (five / "round.toml").write_text(ROUND_TOML, "utf-8")
    columns = {"group": "skl_group_2017", "population": "population_2015"}
    five_members.rename(columns=columns).to_csv(five / "members.csv", index=False)
    (five / "decisions.csv").write_text("code,decided_on,received_on,decision\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return five


def paste(folder: Path, block: str) -> RegisterReview:
    """What `check` finds without options once the block stands in round.toml."""
    (folder / "round.toml").write_text(f"{ROUND_TOML}\n{block}\n", "utf-8")
    return review_register(ROUND)


def answers(review: RegisterReview) -> list[str]:
    assert [str(one) for one in review.problems if one.severity == "error"] == []
    return list(review.table.rows.iloc[:, 0])


def test_a_file_of_an_old_program(folder: Path) -> None:
    lines = [
        "Förteckning över svar",
        "",
        "Kommunkod;Svar;Beslutsdatum;Inkom;Förbehåll",
        "0001;Ja;13/9/2016;14/9/2016;om alla är med på det",
        "0002;Avstår;3/9/2016;5/9/2016;",
        "0003;Bordlagt;;;",
    ]
    Path("svar.csv").write_bytes("\r".join(lines).encode("mac-roman"))
    block = offer_register_block(ROUND, "svar.csv", "decisions")
    assert block.splitlines()[1:] == [
        "[register]",
        'source = "../../../svar.csv"',
        "heading_row = 3",
        'encoding = "mac-roman"',
        'date_order = "day-first"  # decide: "day-first" or "month-first"',
        "",
        "[register.columns]",
        '"Kommunkod" = "code"',
        '"Svar" = "decision"',
        '"Beslutsdatum" = "decided_on"',
        '"Inkom" = "received_on"',
        '"Förbehåll" = "condition"',
        "",
        "[register.answers]",
        '"Avstår" = "no"  # decide: "yes", "no" or "unanswered"',
        '"Bordlagt" = "unanswered"  # decide: "yes", "no" or "unanswered"',
    ]
    assert answers(paste(folder, block)) == ["0001", "0002"]


def test_a_workbook_with_a_hidden_row_and_a_second_answer(folder: Path) -> None:
    rows = [[*HEADING, "Ändrat svar"], ["0001", "ja", *DAYS, "", "Nej"], ["0002", "ja", *DAYS]]
    book = load_workbook(BytesIO(workbook(Svar=rows, Om=[["Om listan"]])))
    book["Svar"].row_dimensions[3].hidden = True
    Path("svar.xlsx").write_bytes(saved(book))
    with pytest.raises(ReportError, match="hidden"):
        review_register(ROUND, "svar.xlsx")
    block = offer_register_block(ROUND, "svar.xlsx", "decisions")
    assert 'sheet = "Svar"' in block
    assert 'hidden = "skip"  # decide: "count" or "skip"' in block
    assert '"Ändrat svar" = "ignore"  # decide: "ignore", or the column that it is' in block
    assert answers(paste(folder, block)) == ["0001"]


def test_a_hidden_condition_is_counted_until_somebody_decides(folder: Path) -> None:
    book = load_workbook(BytesIO(workbook(Svar=[HEADING, ["0001", "ja", *DAYS, "om alla är med"]])))
    book["Svar"].column_dimensions["E"].hidden = True
    Path("svar.xlsx").write_bytes(saved(book))
    block = offer_register_block(ROUND, "svar.xlsx", "decisions")
    assert 'hidden = "count"' in block
    review = paste(folder, block)
    assert review.table.rows["Villkor"].tolist() == ["om alla är med"]


def test_a_heading_in_two_rows(folder: Path) -> None:
    rows: list[list[object]] = [
        ["Kommun", None, "Beslut", "Svar"],
        ["kod", "Ja/Nej", "datum", "inkom"],
    ]
    data = workbook(Svar=[*rows, ["0001", "ja", *DAYS]])
    Path("svar.xlsx").write_bytes(data)
    block = offer_register_block(ROUND, "svar.xlsx", "decisions")
    assert answers(paste(folder, block)) == ["0001"]


def test_a_member_on_two_sheets(folder: Path) -> None:
    later = [HEADING, ["0001", "nej", "2016-10-01", "2016-10-05"]]
    data = workbook(Maj=[HEADING, ["0001", "ja", *DAYS]], Juni=later)
    Path("svar.xlsx").write_bytes(data)
    block = offer_register_block(ROUND, "svar.xlsx", "decisions")
    assert 'sheets = ["Maj", "Juni"]' in block
    assert answers(paste(folder, block)) == ["0001", "0001"]


def test_headings_that_say_nothing(folder: Path) -> None:
    lines = ["A,B,C,D", "0001,2016-09-05,2016-09-01,ja", "0002,2016-09-06,2016-09-01,nej"]
    Path("svar.csv").write_text("\n".join(lines), "utf-8")
    block = offer_register_block(ROUND, "svar.csv", "decisions")
    assert '"B" = "received_on"  # decide: it was taken for \'received_on\'' in block
    assert '"D" = "decision"' in block
    assert answers(paste(folder, block)) == ["0001", "0002"]


def test_a_table_of_a_database(folder: Path) -> None:
    with sqlite3.connect("svar.db") as base:
        base.execute("create table inkomna (kommunkod, svar, beslutsdatum, inkom)")
        base.execute("insert into inkomna values ('0001', 'ja', '2016-09-01', '2016-09-05')")
    base.close()
    block = offer_register_block(ROUND, "sqlite:///svar.db", "inkomna")
    assert 'source = "sqlite:///svar.db"\nsheet = "inkomna"' in block
    assert answers(paste(folder, block)) == ["0001"]


def test_an_address_that_may_hold_a_secret_is_not_repeated(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.is_dir()
    Path("svar.csv").write_text("code,decision,decided_on,received_on\n", "utf-8")
    address = f"file://{Path('svar.csv').resolve()}?token=hemligt"
    block = offer_register_block(ROUND, address, "decisions")
    assert "hemligt" not in block
    monkeypatch.setenv("ANSWERS", "svar.csv")
    named = offer_register_block(ROUND, "env:ANSWERS", "decisions")
    assert 'source = "env:ANSWERS"' in named
    assert answers(paste(folder, named)) == []


def test_nothing_is_offered_where_nothing_is_to_be_stated(folder: Path) -> None:
    assert folder.is_dir()
    assert offer_register_block(ROUND, None, "decisions") == ""
    assert offer_register_block(ROUND, "missing.csv", "decisions") == ""


def test_a_word_in_the_rounds_own_register_is_offered(folder: Path) -> None:
    own = "code,decided_on,received_on,decision\n0001,2016-09-01,2016-09-05,Avslag\n"
    (folder / "decisions.csv").write_text(own, "utf-8")
    block = offer_register_block(ROUND, None, "decisions")
    assert block.splitlines()[1:] == [
        "[register]",
        "",
        "[register.answers]",
        '"Avslag" = "no"  # decide: "yes", "no" or "unanswered"',
    ]
    assert answers(paste(folder, block)) == ["0001"]
