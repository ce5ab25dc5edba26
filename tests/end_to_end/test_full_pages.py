"""No page of the PDF but the last of a part is more than a fifth empty.

A part is the answer with its sections, or the appendices, which begin on a page of their own. So it
is in reports of any round: the shipped ones, alone and after releases that have changes to list, a
road association's of eight properties, and one of 300 members in 37 groups.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from pypdf import PdfReader
from pypdf.generic import Destination

from helpers.data.new_project.project_scaffold import create_project
from helpers.model.localized_text import Language
from support.command_server import ROOT, funding_report
from support.new_rounds import many_members
from support.pdf_marks import mark_heights

pytestmark = pytest.mark.slow

TOP, BOTTOM = 82, 57  # points that header and footer take of a page's height
MAX_EMPTY = 0.2
LATEST_APPENDIX = 5  # the page on which the appendices begin at the latest
APPENDIX = {"sv": "Bilaga 1. ", "en": "Appendix 1. "}
BOTH: list[Language] = ["sv", "en"]
# Each in its order: a report follows those before it in the same folder.
SHIPPED = {
    "skl-2016": ["2016-07-15", "2016-10-14", "2017-02-22", "2017-04-30"],
    "yrkesresan": ["2021-06-30"],
}


def publish(name: str, day: str, folder: Path, cwd: Path = ROOT) -> Path:
    done = funding_report("board", name, "--as-of", day, "--output", folder, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return folder / name / day


def assert_pages_are_full(release: Path, language: Language) -> None:
    pdf = (release / f"board-report.{language}.pdf").read_bytes()
    appendix = page_of_heading(pdf, APPENDIX[language])
    assert appendix <= LATEST_APPENDIX
    empty = empty_parts(pdf)
    last = {appendix - 1, len(empty)}
    too_empty = {n: e for n, e in enumerate(empty, 1) if n not in last and e > MAX_EMPTY}
    assert not too_empty, f"{release} in {language}, share of each page"


def page_of_heading(pdf: bytes, beginning: str) -> int:
    """The number of the page with the first bookmarked heading that begins so."""
    reader = PdfReader(BytesIO(pdf))
    [found, *_] = [
        mark for mark in bookmarks(reader.outline) if str(mark.title).startswith(beginning)
    ]
    number = reader.get_destination_page_number(found)
    assert number is not None
    return number + 1


def bookmarks(outline: object) -> list[Destination]:
    if isinstance(outline, list):
        return [mark for entry in outline for mark in bookmarks(entry)]
    return [outline] if isinstance(outline, Destination) else []


def empty_parts(pdf: bytes) -> list[float]:
    """The share of each page, without header and footer, that is below its last mark."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [
            (min(height for height in mark_heights(page) if height > BOTTOM) - BOTTOM)
            / (float(page.mediabox[3]) - TOP - BOTTOM)
            for page in document.pages
        ]


@pytest.mark.parametrize("name", SHIPPED)
def test_pages_of_reports_that_follow_each_other_are_full(name: str, tmp_path: Path) -> None:
    for day in SHIPPED[name]:
        release = publish(name, day, tmp_path)
        for language in BOTH:
            assert_pages_are_full(release, language)


def test_pages_of_the_last_report_are_full_without_earlier_ones(tmp_path: Path) -> None:
    release = publish("skl-2016", "2017-02-22", tmp_path)
    for language in BOTH:
        assert_pages_are_full(release, language)


@pytest.mark.parametrize("language", BOTH)
def test_pages_of_a_small_round_are_full(language: Language, tmp_path: Path) -> None:
    project = create_project(tmp_path / "road", language)
    for day in ("2025-10-15", "2025-10-31"):
        release = publish("example", day, tmp_path / "reports", project)
        assert_pages_are_full(release, language)


def test_pages_of_a_round_of_many_groups_are_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(create_project(tmp_path / "many"))
    many_members("many", date(2025, 9, 1), members=300, groups=37)
    release = publish("many", "2025-11-15", tmp_path / "reports", Path.cwd())
    assert_pages_are_full(release, "sv")


def test_every_mark_counts_as_content() -> None:
    marks = {
        "BT 1 0 0 1 50 700 Tm (a) Tj ET": 700,
        "q 1 0 0 1 0 100 cm 0 0 1 rg 50 200 100 50 re f Q": 300,
        "q 50 400 m 90 350 l S Q": 350,
        "q 80 0 0 60 50 320 cm /Picture Do Q": 320,
        "q 1 1 1 rg 50 90 100 50 re f Q": None,
        "q 50 80 100 50 re W n Q": None,
    }
    for written, lowest in marks.items():
        document = pikepdf.new()
        page = document.add_blank_page()
        picture = document.make_stream(b"", Type=Name.XObject, Subtype=Name.Image)
        page.obj.Resources = Dictionary(XObject=Dictionary(Picture=picture))
        page.contents_add(written.encode())
        assert min(mark_heights(page), default=None) == lowest, written
