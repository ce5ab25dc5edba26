import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from pypdf import PdfReader

from helpers.documents.document import read_hand_over
from helpers.documents.exporters import BoardHTMLExporter
from helpers.report.hand_over import FIGURES_MIME
from support.chromium import print_page

VOID = {"meta", "link", "img", "br", "hr", "input"}


class Outline(HTMLParser):
    """The tags in order, the headings' text, the ids and the addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "xlink:href"):
                self.addresses.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.text.append(data)
        if self.open and re.fullmatch(r"h[1-6]", self.open[-1]):
            self.headings.append((int(self.open[-1][1]), data))


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return Outline(page)


def test_every_tag_is_closed_where_it_should_be(outline: Outline) -> None:
    assert outline.open == []


def test_the_page_fetches_nothing_and_runs_nothing(page: str, outline: Outline) -> None:
    assert not {"script", "link", "iframe", "object", "embed"} & set(outline.tags)
    assert all(address.startswith(("#", "data:")) for address in outline.addresses)
    assert set(re.findall(r"https?://[^\s\"'<)]+", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert re.search(r"url\((?!data:|#)", page) is None
    assert "default-src 'none'" in page


def test_the_answer_is_the_first_heading_and_no_level_is_skipped(outline: Outline) -> None:
    levels = [level for level, _ in outline.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert outline.headings[0][1].startswith("77\u00a0procent är säkrat")


def test_ids_are_unique_and_every_inner_link_leads_somewhere(outline: Outline) -> None:
    assert len(outline.ids) == len(set(outline.ids))
    inner = {address[1:] for address in outline.addresses if address.startswith("#")}
    assert inner <= set(outline.ids)
    assert "main" in inner


def test_the_contents_list_every_section(page: str, outline: Outline) -> None:
    contents = page[page.index("<nav") : page.index("</nav>")]
    sections = [text for level, text in outline.headings if level == 2 and text != "Innehåll"]
    assert len(sections) == 14
    assert re.findall(r">([^<]+)</a>", contents) == sections


def test_the_notice_is_at_the_head_and_the_foot_of_the_page(page: str) -> None:
    assert page.count('<p class="notice">Rekonstruerade svar') == 2


@pytest.mark.browser
def test_the_notice_is_on_every_page_that_a_browser_prints(page: str, tmp_path: Path) -> None:
    printed = PdfReader(print_page(page, tmp_path))
    assert len(printed.pages) >= 4
    for sheet in printed.pages:
        foot = " ".join(sheet.extract_text().split())
        assert "Rekonstruerade svar: bara summorna är publicerade" in foot


def test_a_hostile_notice_ends_neither_the_style_nor_the_string(
    executed: NotebookNode, page: str
) -> None:
    changed = nbformat.from_dict(executed)
    handed = next(
        o.data
        for c in changed.cells
        for o in c.get("outputs", [])
        if FIGURES_MIME in o.get("data", {})
    )
    handed[FIGURES_MIME]["notice"] = '"; } </style><script>alert(1)</script>'
    hostile = str(BoardHTMLExporter().from_notebook_node(changed)[0])
    assert "<script" not in hostile
    assert hostile.count("</style>") == page.count("</style>")


def test_the_page_says_its_language_and_title(page: str) -> None:
    assert page.startswith('<!doctype html>\n<html lang="sv">')
    assert "<title>77\u00a0procent är säkrat: 2,6\u00a0av\u00a03,4\u00a0miljoner" in page


def test_the_page_is_small(page: str) -> None:
    assert len(page.encode()) < 600_000


def test_every_chart_has_its_words(page: str) -> None:
    charts = re.findall(r"<svg [^>]*>", page)
    words = [re.search(r'role="img" aria-label="([^"]{40,})"', chart) for chart in charts]
    assert len(charts) == 2 * 6
    assert all(words)
    # Each is drawn twice, broad and slim, with the same words.
    assert [w[1] for w in words[::2] if w] == [w[1] for w in words[1::2] if w]
    assert page.count('class="broad"') == page.count('class="slim"') == 6


def test_no_code_and_no_analyst_cell_is_shown(page: str) -> None:
    assert "report." not in page
    assert "BoardReport" not in page
    assert "Ändra parametrarna" not in page


def test_the_figures_are_handed_over(executed: NotebookNode) -> None:
    handed = read_hand_over(executed)
    assert handed is not None
    assert handed["figures"]["yes"] == 209


def test_the_same_notebook_gives_the_same_bytes(executed: NotebookNode, page: str) -> None:
    assert BoardHTMLExporter().from_notebook_node(executed)[0] == page


def test_an_analysts_own_notebook_exports_too(foreign: NotebookNode) -> None:
    page = str(BoardHTMLExporter().from_notebook_node(foreign, {"metadata": {"name": "min"}})[0])
    assert "<title>min</title>" in page
    assert "<h1" in page
    assert "<pre>&lt;printed&gt;</pre>" in page
    assert "<p><strong>frame</strong></p>" in page
    assert "ValueError: wrong &lt;here&gt;" in page
    assert "<pre>warned</pre>" in page
    assert "Rekonstruerade" not in page
