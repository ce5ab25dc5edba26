"""What a reader without sight meets in the PDF, in reading order."""

import re
from html import unescape
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from documents import LANGUAGES, Made
from helpers.publish import exporters
from helpers.publish.exporters import BoardPDFExporter
from helpers.publish.pdf_tags import mark_row_headers
from helpers.rounds import Language
from tags import Tag, read_tags


@pytest.fixture(scope="module", params=LANGUAGES)
def document(request: pytest.FixtureRequest, made: dict[Language, Made]) -> Made:
    return made[request.param]


@pytest.fixture(scope="module")
def tree(document: Made) -> Tag:
    return read_tags(document.pdf)


def faults(tree: Tag) -> list[str]:
    """What is wrong with the tables of a tag tree."""
    found = []
    for number, table in enumerate(tree.all("Table"), 1):
        heads, bodies = table.all("THead"), table.all("TBody")
        if len(heads) != 1 or len(bodies) != 1 or not table.all("Caption"):
            found.append(f"table {number} lacks a head, a body or a caption")
            continue
        columns = heads[0].all("TH")
        if {cell.attributes.get("/Scope") for cell in columns} != {"/Column"}:
            found.append(f"table {number} has no column headers")
        for row in bodies[0].all("TR"):
            first, *others = row.kids
            if (first.kind, first.attributes.get("/Scope")) != ("TH", "/Row"):
                found.append(f"table {number} has a row without a header: {row.text}")
            if {cell.kind for cell in others} != {"TD"} or len(row.kids) != len(columns):
                found.append(f"table {number} has an uneven row: {row.text}")
    return found


def test_the_answer_is_met_first(document: Made, tree: Tag) -> None:
    first = next(tag for tag in tree.walk() if tag.text and tag.kind not in ("Root", "Document"))
    assert (first.kind, first.text) == ("H1", document.headline.replace("\u00a0", " "))


def test_headings_skip_no_level(tree: Tag) -> None:
    levels = [int(tag.kind[1]) for tag in tree.all("H1", "H2", "H3", "H4")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_headers_for_its_columns_and_rows(tree: Tag) -> None:
    assert len(tree.all("Table")) == 9
    assert faults(tree) == []


def test_the_check_of_tables_can_fail(document: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporters, "mark_row_headers", lambda pdf: pdf)
    unmarked, _ = BoardPDFExporter().from_notebook_node(document.executed)
    found = faults(read_tags(unmarked))
    assert {fault.split()[1] for fault in found} == {str(n) for n in range(1, 10)}


def test_every_key_figure_is_met(document: Made, tree: Tag) -> None:
    text = tree.text
    missing = {
        name: shown
        for name, shown in document.key_figures().items()
        if not re.search(rf"(?<!\d){re.escape(shown.replace(chr(160), ' '))}(?!\d)", text)
    }
    assert missing == {}


def test_each_chart_says_what_the_page_says_of_it_beside_its_finding(
    document: Made, tree: Tag
) -> None:
    broad = re.findall(r'<svg class="broad"[^>]*aria-label="([^"]*)"', document.page)
    figures = tree.all("Figure")
    assert [tag.alternative for tag in figures] == [unescape(words) for words in broad]
    assert len(figures) == 6
    told = tree.all("Caption", "Figure")
    for before, figure in pairwise(told):
        if figure.kind == "Figure":
            # The words begin with the finding, which is read just before them.
            assert before.kind == "Caption"
            assert figure.alternative.replace("\u00a0", " ").startswith(before.text)


def test_lists_of_names_are_lists(tree: Tag) -> None:
    entries = {tag.text for tag in tree.all("LBody")}
    assert any(text.startswith("Stockholm") and "292" in text for text in entries)


def test_language_title_order_and_standards_stand(document: Made) -> None:
    with pikepdf.open(BytesIO(document.pdf)) as pdf:
        assert str(pdf.Root.Lang) == document.language
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert all(page.obj.get("/Tabs") == "/S" for page in pdf.pages)
        with pdf.open_metadata() as metadata:
            claimed = (metadata["pdfaid:part"], metadata["pdfaid:conformance"])
            assert claimed == ("2", "A")
            assert metadata["pdfuaid:part"] == "1"


def test_marking_again_changes_nothing(document: Made) -> None:
    assert mark_row_headers(document.pdf) == document.pdf


def test_a_pdf_without_tags_comes_back_as_it_was() -> None:
    blank = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(blank)
    assert mark_row_headers(blank.getvalue()) == blank.getvalue()
