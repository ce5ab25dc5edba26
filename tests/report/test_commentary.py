"""Comments of offices on sections: in their place, from their day, and in their languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from helpers.checking.register_review import review_register
from helpers.errors import DataError
from helpers.model.settings.commentary import COMMENTED_SECTIONS
from helpers.notebooks.shared_notebook import describe_added_cells
from helpers.report.board_report import BoardReport
from helpers.report.letter_report import MunicipalityLetter

ROOT = Path(__file__).resolve().parents[2]
COMMENTARY = """\
[[comment]]
section = "possible"
known_from = 2026-02-15
office.sv = "Kansliet"
office.en = "The office"
text.sv = '''
Vi ringer dem i
<b>mars</b>.'''
"""


@pytest.fixture
def commented(small_project: Path) -> Path:
    path = small_project / "data" / "rounds" / "few" / "commentary.toml"
    path.write_text(COMMENTARY, encoding="utf-8")
    return path


def call_list(as_of: str, language: str = "sv") -> str:
    return BoardReport.load(round="few", as_of=as_of, language=language).possible().plain


def test_a_comment_stands_below_its_section_from_its_day(commented: Path) -> None:
    del commented
    shown = call_list("2026-02-15")
    assert shown.index("Norra") < shown.index("Kommentar")
    assert "Vi ringer dem i <b>mars</b>." in shown
    assert "Kansliet, 15 februari 2026" in shown.replace("\u00a0", " ")
    assert "Kommentar" not in call_list("2026-02-14")
    report = BoardReport.load(round="few", as_of="2026-02-15")
    assert "Kommentar" not in report.members().plain + report.answer().plain
    assert "&lt;b&gt;mars" in report.possible().html


def test_a_comment_stays_where_its_section_does_not_apply(commented: Path) -> None:
    report = BoardReport.load(round="few", as_of="2026-03-01")
    assert not report.changed().parts
    commented.write_text(COMMENTARY.replace('"possible"', '"changed"'), encoding="utf-8")
    again = BoardReport.load(round="few", as_of="2026-03-01").changed()
    assert again.plain.startswith("Kommentar")


def test_a_language_without_the_text_says_so(commented: Path) -> None:
    del commented
    shown = call_list("2026-03-01", "en").replace("\u00a0", " ")
    assert "There is a comment, which is written in Swedish only. (The office, 15 Feb" in shown
    assert "Vi ringer" not in shown


def test_a_letter_shows_no_comment(commented: Path) -> None:
    commented.write_text(COMMENTARY.replace('"possible"', '"answer"'), encoding="utf-8")
    report = BoardReport.load(round="few", as_of="2026-03-01")
    assert "Kommentar" in report.answer().plain
    assert "Kommentar" not in MunicipalityLetter.of(report, "0001").answer().plain


def test_a_what_if_shows_no_comment_on_the_round_as_it_is(commented: Path) -> None:
    del commented
    report = BoardReport.load(round="few", as_of="2026-03-01")
    assert "Kommentar" in report.possible().plain
    assert "Kommentar" not in report.with_answers({"0001": "yes"}).possible().plain


def test_comments_are_an_input_that_is_archived(commented: Path) -> None:
    inputs = BoardReport.load(round="few", as_of="2026-03-01").inputs
    assert inputs.hashes()["commentary"]["file"] == "commentary.toml"
    assert inputs.archived_files()["commentary.toml"] == commented.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("possible", "posible", "the nearest is 'possible'"),
        ("known_from", "known_form", "comment"),
        ("office.en", "office.de", "office"),
    ],
)
def test_check_names_what_is_wrong(commented: Path, old: str, new: str, said: str) -> None:
    commented.write_text(COMMENTARY.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        review_register("few")
    assert {problem.file for problem in refused.value.problems} == {"commentary.toml"}
    assert said in str(refused.value)


def test_every_section_of_the_notebook_can_be_commented_on_and_no_other() -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "board_report.ipynb", as_version=4)
    calls = {
        cell.source.removeprefix("report.").partition("(")[0]
        for cell in notebook.cells
        if cell.source.startswith("report.")
    }
    assert {*COMMENTED_SECTIONS} == calls - {"hand_over"}
    listed = (ROOT / "docs/how-to/comment.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in listed for name in COMMENTED_SECTIONS)


def test_a_cell_that_is_written_into_the_shared_notebook_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "board_report.ipynb"
    shutil.copy(ROOT / "notebooks" / "board_report.ipynb", copy)
    assert describe_added_cells(copy) == []
    notebook = nbformat.read(copy, as_version=4)
    end = len(notebook.cells)
    notebook.cells += [
        new_markdown_cell("Kansliet ringer i mars."),
        new_code_cell("report.by_county(\n    top=5,\n)"),
        new_code_cell("print(report.tables.members())"),
        new_markdown_cell("En anteckning", metadata={"tags": ["remove-cell"]}),
        new_code_cell(" "),
    ]
    nbformat.write(notebook, copy)
    named = describe_added_cells(copy)
    assert [sentence.split()[1] for sentence in named] == [str(end + 1), str(end + 3)]
