"""A name of 120 characters keeps to its column, and its amount stays, in every document."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page
from pypdf import PdfReader

from support.command_server import funding_report

ROOT = Path(__file__).resolve().parents[2]
ONE_WORD = "Y" * 120  # the broadest letter that no other text has in a row
WORDS = "Förbundet för samverkan " * 5
# 22.5 + 7.5 + 10 = 40: 562 500, 187 500 and 250 000 of a million.
MEMBERS = f"code,name,weight\nAA,{ONE_WORD},22.5\nBB,{WORDS.strip()},7.5\nCC,Kort,10\n"
PHONE = 390  # pixels

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("own")
    (root / "data" / "rounds").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", root / "notebooks")

    def run(*arguments: str) -> None:
        done = funding_report(*arguments, cwd=root)
        assert done.returncode == 0, done.stderr

    run("new-round", "lang", "--own-members", "--begins-on", "2026-09-01")
    folder = root / "data" / "rounds" / "lang"
    text = (folder / "round.toml").read_text(encoding="utf-8")
    text = text.replace("requested = 100_000 ", "requested = 1_000_000 ")
    (folder / "round.toml").write_text(text, encoding="utf-8")
    (folder / "members.csv").write_text(MEMBERS, encoding="utf-8")
    with (folder / "decisions.csv").open("a", encoding="utf-8") as register:
        register.write("AA,2026-09-10,2026-09-12,,yes,,,\nBB,2026-09-10,2026-09-12,,no,,,\n")
    run("board", "lang", "--as-of", "2026-10-15")
    run("letters", "lang", "--as-of", "2026-10-15")
    return root / "reports" / "lang"


def lines_of(path: Path) -> list[str]:
    text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    return text.replace("\u200b", "").replace("\u00a0", " ").splitlines()


def test_no_line_of_a_pdf_runs_past_the_page(reports: Path) -> None:
    board = lines_of(reports / "2026-10-15" / "board-report.sv.pdf")
    letter = lines_of(reports / "2026-10-15-letters" / "AA.sv.pdf")
    for lines in (board, letter):
        runs = [len(run) for line in lines for run in re.findall("Y+", line)]
        # A4 less the margins is 16.8 cm: fewer than 100 letters of 9 points.
        assert max(runs) < 100
        assert sum(runs) % 120 == 0
    assert any("562 500" in line for line in board)
    assert any("187 500" in line for line in board)
    assert any("562 500 kr" in line for line in letter)


def test_a_phone_shows_the_page_without_scrolling_sideways(
    reports: Path, open_page: Callable[..., Page]
) -> None:
    html = (reports / "2026-10-15" / "board-report.sv.html").read_text(encoding="utf-8")
    page = open_page(html, PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    # Of a name's cell no text is broader than the cell.
    overflowing = page.evaluate(
        "[...document.querySelectorAll('tbody th, .names li')]"
        ".filter(cell => cell.scrollWidth > cell.clientWidth + 1).length"
    )
    assert overflowing == 0


def test_a_workbook_shows_a_long_name_in_several_lines(reports: Path) -> None:
    book = load_workbook(reports / "2026-10-15-letters" / "invoices.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    [name, *_] = [cell for cell in cells if cell.value == ONE_WORD]
    assert name.alignment.wrap_text
    assert any(cell.value == 562_500 for cell in cells)
