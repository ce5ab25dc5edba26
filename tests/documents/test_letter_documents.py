"""A letter as page and PDF: one sheet, a letter's look, data that stays text, the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import AnswerRules
from helpers.report.board_report import BoardReport
from helpers.report.letter_report import MunicipalityLetter
from support.chromium import print_page
from support.letter_reports import executed, report_on
from support.pdf_tag_tree import read_tags

HOSTILE = '</title><script>alert(1)</script>\n#link("x")[\\] $x$ "é" *_`'
HEADING = "code,decided_on,received_on,registered_on,decision,years,condition"
ROWS = {
    "yes": ["{},2016-06-15,2016-06-20,,yes,,"],
    "no": ["{},2016-06-15,2016-06-20,,no,,"],
    "silent": [],
    "conditional": [f"{{}},2016-06-15,2016-06-20,,yes,,{'om budgeten räcker ' * 30}"],
    "partial": ["{},2016-06-15,2016-06-20,,yes,2017,"],
    "withdrawn": ["{},2016-06-15,2016-06-20,,yes,,", "{},2016-09-15,2016-09-20,,no,,"],
}


def pages(pdf: bytes | Path) -> list[str]:
    source = BytesIO(pdf) if isinstance(pdf, bytes) else pdf
    return [page.extract_text().replace("\u00a0", " ") for page in PdfReader(source).pages]


def made(letter: MunicipalityLetter) -> tuple[str, bytes]:
    notebook = executed(letter)
    page = BoardHTMLExporter().from_notebook_node(notebook)[0]
    return str(page), bytes(BoardPDFExporter().from_notebook_node(executed(letter))[0])


@pytest.fixture(scope="module", params=["sv", "en"])
def report(request: pytest.FixtureRequest) -> BoardReport:
    return BoardReport.load(round="skl-2016", as_of="2017-02-22", language=request.param)


@pytest.mark.parametrize("code", ["0180", "1080", "0114"], ids=["yes", "no", "silent"])
def test_a_letter_of_the_shipped_round_is_one_page(report: BoardReport, code: str) -> None:
    letter = MunicipalityLetter.of(report, code)
    page, pdf = made(letter)
    (text,) = pages(pdf)
    name = letter.facts.name
    office = {"sv": "Kommunstyrelsen", "en": "The municipal executive board"}
    assert f"{office[letter.params.language]}, {name}" in text
    assert f"{office[letter.params.language]}, {name}" in page
    assert text.rstrip().endswith("Sveriges Kommuner och Landsting")
    for unfit in ("<nav", 'class="kicker"', "Sida 1", "Page 1"):
        assert unfit not in page + text
    assert page.count("<h1") == 1


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("answer", ROWS)
def test_every_kind_of_answer_fits_one_page(
    tmp_path: Path, shipped_folder: Path, answer: str, language: str
) -> None:
    # The shipped round, with all that it tells of, and one member's answer.
    register = tmp_path / "register.csv"
    lines = [row.format("0180") for row in ROWS[answer]]
    register.write_text("\n".join([HEADING, *lines]) + "\n", encoding="utf-8")
    asked = {"round": "skl-2016", "as_of": "2017-02-22", "language": language}
    report = BoardReport.load(decisions=str(register), **asked)
    letter = MunicipalityLetter.of(report, "0180")
    assert len(pages(made(letter)[1])) == 1


@pytest.mark.browser
def test_the_page_prints_on_one_sheet(tmp_path: Path) -> None:
    report = BoardReport.load(round="skl-2016", as_of="2017-02-22")
    for code in ("0180", "0114"):  # the longest receipt, the most to do
        page, _ = made(MunicipalityLetter.of(report, code))
        assert len(pages(print_page(page, tmp_path))) == 1


def test_axe_finds_nothing(report: BoardReport, open_page: Callable[..., Any]) -> None:
    page, _ = made(MunicipalityLetter.of(report, "0180"))
    for width in (360, 1280):
        assert Axe().run(open_page(page, width)).response["violations"] == []


def test_the_head_of_the_pdf_is_read_before_the_subject(report: BoardReport) -> None:
    _, pdf = made(MunicipalityLetter.of(report, "0180"))
    tree = read_tags(pdf)
    assert len(tree.all("H1")) == 1
    assert [tag.kind for tag in tree.all("H1", "H2")] == ["H1"] + ["H2"] * 4
    assert tree.text.index("Stockholm") < tree.text.index(tree.all("H1")[0].text)
    (table,) = tree.all("Table")
    assert len(table.all("TR")) == 9  # a heading, eight steps to the fee


@pytest.fixture(scope="module")
def hostile(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> MunicipalityLetter:
    members = five_members.assign(name=five_members["name"].replace("Ek", HOSTILE))
    register = register_of(
        f"0004,2016-06-15,2016-06-20,,yes,,{HOSTILE.splitlines()[0]}", heading=HEADING
    )
    round_ = five_round.model_copy(update={"answers": AnswerRules(), "reconstructed": True})
    return MunicipalityLetter.of(report_on(round_, members, register, date(2017, 2, 22)), "0004")


def test_a_hostile_name_stays_text(hostile: MunicipalityLetter) -> None:
    page, pdf = made(hostile)
    assert "<script>" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3  # head, recipient, condition
    assert not re.search(r"<a [^>]*href=\"x\"", page)
    (text,) = pages(pdf)
    # A long word may break anywhere: there are spaces of no width in it.
    flat = " ".join(text.replace("\u200b", "").split())
    assert '#link("x")[\\] $x$ "é" *_`' in flat
    assert flat.count("</title><script>alert(1)</script>") >= 3


def test_the_same_letter_twice_is_the_same_bytes(report: BoardReport) -> None:
    asked = {"round": "skl-2016", "as_of": "2017-02-22", "language": report.params.language}
    again = MunicipalityLetter.load(code="1080", **asked)
    assert made(MunicipalityLetter.of(report, "1080")) == made(again)
