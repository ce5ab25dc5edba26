"""The analyst's pages: each cell is run as it stands; an answer has as many lines as it says."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from helpers import BoardReport
from support.notebook_cells import DOCS, blocks, code_lines, run_cell

ROOT = DOCS.parent
PAGE = "how-to/ten-questions.md"
NUMBERS = {"One": 1, "Two": 2, "Three": 3, "Four": 4, "Five": 5}
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)


def questions() -> list[str]:
    return re.split(r"^## \d+\. ", (DOCS / PAGE).read_text(encoding="utf-8"), flags=re.MULTILINE)[
        1:
    ]


def test_there_are_ten_and_each_has_as_many_lines_as_it_says() -> None:
    assert len(questions()) == 10
    for question in questions():
        said, _, _ = question.partition("\n\n")[2].partition(" ")
        [first, *_] = re.findall(r"^```\w+\n(.*?)^```\n", question, re.DOTALL | re.MULTILINE)
        assert code_lines(first) == NUMBERS[said], question
        assert NUMBERS[said] <= 5


@pytest.mark.filterwarnings("ignore::helpers.report.analysis.member_join.JoinWarning")
@pytest.mark.parametrize(("page", "number"), [(PAGE, 8), ("tutorial/analyst.md", 5)])
def test_each_cell_shows_what_the_page_says(page: str, number: int) -> None:
    names: dict[str, Any] = {}
    programs = [(source, shown) for kind, source, shown in blocks(page) if kind == "python"]
    assert len(programs) == number
    for source, shown in programs:
        assert run_cell(source, names) == shown, source


def test_colours_logo_and_comment_are_those_of_the_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    colours, comment, logo = [source for kind, source, _ in blocks(PAGE) if kind == "toml"]
    folder = tmp_path / "data" / "rounds" / "skl-2016"
    (folder / "commentary.toml").write_text(comment, encoding="utf-8")
    (tmp_path / "data" / "brand.toml").write_text(logo + colours, encoding="utf-8")
    (tmp_path / "data" / "logo.svg").write_text(LOGO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    report = BoardReport.load(round="skl-2016", as_of="2017-02-22")
    stored = report.hand_over().content["brand"]
    for value in tomllib.loads(colours)["colours"].values():
        assert value in str(stored)
    assert "Förbundet i norr" in str(stored)
    assert "svg" in str(stored)
    assert "Vi ringer de tio största före den 1 mars." in report.members().plain
