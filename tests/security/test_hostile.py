"""Registers, parameters and file names are hostile text: it stays text in every output."""

import csv
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from support.hostile_texts import (
    CANARY,
    CORPUS,
    FORMULA,
    REGISTER,
    SCRIPT,
    TYPST,
    Run,
    check_csv,
    check_page,
    check_pdf,
    check_workbook,
)
from support.optional_values import present

ASKED = ("few", "--as-of", "2026-03-01", "--decisions", REGISTER)


@pytest.fixture(scope="module")
def made(hostile: Path, run: Run) -> Path:
    for command in ("board", "letters"):
        done = run(command, *ASKED, "--log-json")
        assert done.returncode == 0, done.stderr
        assert [json.loads(line)["level"] for line in done.stderr.splitlines()].count("error") == 0
    return hostile / "reports" / "few"


def test_pages_are_text_alone_and_their_policy_allows_nothing_else(made: Path) -> None:
    pages = [check_page(path) for path in sorted(made.rglob("*.html"))]
    assert len(pages) == 1 + len(CORPUS)
    board = check_page(made / "2026-03-01" / "board-report.sv.html")
    assert "<script>alert(1)</script>" in board.text
    assert "{{ 7*7 }}{% raw %}" in board.text  # the template of the page computes it not


def test_the_list_of_all_releases_is_text_alone(made: Path) -> None:
    index = check_page(made.parent / "index.html", beside="few/2026-03-01")
    assert SCRIPT in index.text  # the round's title, as text


def test_pdfs_run_nothing_and_have_read_no_file(made: Path) -> None:
    # A long word may break anywhere: there are spaces of no width in it.
    texts = {
        path.name: check_pdf(path).replace("\u200b", "") for path in sorted(made.rglob("*.pdf"))
    }
    assert len(texts) == 1 + len(CORPUS)
    flat = re.sub(r"\s", "", TYPST)
    assert flat[:30] in texts["0002.sv.pdf"]
    assert re.sub(r"\s", "", SCRIPT) in texts["0001.sv.pdf"]


def test_workbook_and_csv_hold_no_formula(made: Path) -> None:
    (workbook,), (basis,) = made.rglob("*.xlsx"), made.rglob("invoices.csv")
    check_workbook(workbook)
    check_csv(basis)
    cells = [
        str(cell)
        for sheet in openpyxl.load_workbook(workbook)
        for row in sheet.values
        for cell in row
    ]
    assert {SCRIPT, TYPST, FORMULA} <= {*cells}  # they are there, as text


def test_no_output_has_read_what_a_text_asked_for(made: Path) -> None:
    for path in made.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path.name
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))


def test_the_terminal_gets_text(run: Run) -> None:
    status = run("status", *ASKED)
    assert status.returncode == 0, status.stderr
    assert json.loads(run("status", *ASKED, "--json").stdout)["members"] == len(CORPUS)
    assert json.loads(run("check", "few", "--decisions", REGISTER, "--json").stdout) == []
    assert "\x1b" not in status.stdout + run("check", "few", "--decisions", REGISTER).stdout


def broken(path: Path) -> Path:
    """A register whose every row is wrong, its texts the corpus."""
    rows = [["code", "decided_on", "received_on", "decision", "note"]]
    rows += [[text, "2026-01-20", text, text, text] for text in (*CORPUS, "\x1b]0;t\x07", "-1+1")]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        book = openpyxl.Workbook()
        for row in rows[:-2]:
            present(book.active).append(row)
        for line in present(book.active).iter_rows():
            for cell in line:
                cell.data_type = "s"
        book.save(path)
    return path


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_annotated_copy_holds_no_formula(run: Run, tmp_path: Path, suffix: str) -> None:
    register, copy = broken(tmp_path / f"r{suffix}"), tmp_path / f"copy{suffix}"
    done = run("check", "few", "--decisions", str(register), "--annotate", str(copy))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    (check_csv if suffix == ".csv" else check_workbook)(copy)
    as_json = run("check", "few", "--decisions", str(register), "--json")
    assert len(json.loads(as_json.stdout)) > len(CORPUS)


@pytest.mark.parametrize("name", ["../few", "few/../few", "/etc", "few\n", ".", "", "<b>", "$(id)"])
def test_a_round_is_a_name_and_no_path(run: Run, hostile: Path, name: str) -> None:
    before = sorted(hostile.parent.rglob("*.lock"))
    for command in ("board", "letters"):
        done = run(command, name, "--as-of", "2026-03-01")
        assert (done.returncode, done.stdout) == (1, "")
        assert "There is no round named" in done.stderr
    assert run("new-round", name).returncode == 1
    assert sorted(hostile.parent.rglob("*.lock")) == before


@pytest.mark.parametrize("code", ["../../evil", "..", "a/b", "a\\b", "C:x", ".hidden", "x\x07"])
def test_a_code_names_a_file_and_leads_nowhere_else(run: Run, hostile: Path, code: str) -> None:
    members = hostile / "data/rounds/few/members.csv"
    before = members.read_text(encoding="utf-8")
    members.write_text(before.replace("0003", code), encoding="utf-8")
    try:
        done = run("letters", *ASKED)
    finally:
        members.write_text(before, encoding="utf-8")
    assert (done.returncode, done.stdout) == (1, "")
    assert "members.csv, row 4, column code: the code names files" in done.stderr
    assert not list(hostile.parent.rglob("*evil*"))


def test_a_huge_cell_and_a_zip_bomb_are_one_message(run: Run, tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    huge.write_text(
        "code,decided_on,received_on,decision\n0001,2026-01-20,2026-01-20,"
        + "y" * 5_000_000
        + "\n",
        encoding="utf-8",
    )
    bomb = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(31):
            part.write(b"<row/>" * 1_700_000)  # 10.2 MB each, 316 MB in all
    assert bomb.stat().st_size < 2_000_000
    for register in (huge, bomb):
        done = run("board", "few", "--as-of", "2026-03-01", "--decisions", str(register))
        assert (done.returncode, done.stdout) == (1, "")
        assert len(done.stderr) < 2_000
        assert "Traceback" not in done.stderr
