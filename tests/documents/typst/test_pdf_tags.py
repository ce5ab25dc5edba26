"""What a reader without sight meets in the PDF, in reading order."""

import re
from html import unescape
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from helpers.documents.exporters import BoardPDFExporter
from helpers.documents.typst import pdf_writer
from helpers.documents.typst.pdf_tags import repair_tags
from helpers.model.localized_text import Language
from support.board_documents import LANGUAGES, Made
from support.pdf_tag_tree import Tag, read_tags


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


def test_only_the_front_comes_before_the_answer(document: Made, tree: Tag) -> None:
    read = [tag for tag in tree.walk() if tag.kind in {"P", "H1", "H2", "L", "Table", "Figure"}]
    kinds = [tag.kind for tag in read]
    answer = kinds.index("H1")
    assert read[answer].text == document.headline.replace("\u00a0", " ")
    # The sender, for whom and whom to ask, and what the report is about with its day.
    assert kinds[:answer] == ["P", "P", "P"]


def test_headings_skip_no_level(tree: Tag) -> None:
    levels = [int(tag.kind[1]) for tag in tree.all("H1", "H2", "H3", "H4")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_headers_for_its_columns_and_rows(tree: Tag) -> None:
    assert len(tree.all("Table")) == 14
    assert faults(tree) == []


def test_the_counties_names_have_room(document: Made, tree: Tag) -> None:
    headers = {tag.text for tag in tree.all("TH")}
    # A name broken for want of room holds a soft hyphen.
    assert set(document.figures["by_county"]) <= headers


def test_the_check_of_tables_can_fail(document: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_writer, "repair_tags", lambda pdf: pdf)
    unmarked, _ = BoardPDFExporter().from_notebook_node(document.executed)
    found = faults(read_tags(unmarked))
    assert {fault.split()[1] for fault in found} == {str(n) for n in range(1, 15)}


def test_every_key_figure_is_met(document: Made, tree: Tag) -> None:
    text = tree.text
    missing = {
        name: shown
        for name, shown in document.key_figures().items()
        if not re.search(rf"(?<!\d){re.escape(shown.replace(chr(160), ' '))}(?!\d)", text)
    }
    assert missing == {}


def test_each_chart_has_its_finding_as_caption_and_the_words_of_the_page(
    document: Made, tree: Tag
) -> None:
    broad = re.findall(r'<svg class="broad"[^>]*aria-label="([^"]*)"', document.page)
    figures = tree.all("Figure")
    assert [tag.alternative for tag in figures] == [unescape(words) for words in broad]
    assert len(figures) == 6
    for figure in figures:
        caption, *_ = figure.kids
        assert caption.kind == "Caption"
        assert figure.alternative.replace("\u00a0", " ").startswith(caption.text)


def test_running_text_is_in_paragraphs_and_page_numbers_are_not_read(tree: Tag) -> None:
    blocks = [tag for tag in tree.walk() if tag.attributes.get("/Placement") == "/Block"]
    assert {tag.kind for tag in blocks} <= {"Figure", "Div"}
    assert not re.search(r"(Sida 1 av|Page 1 of) \d", tree.text)


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


def test_mending_leaves_metadata_dates_and_outline_alone(
    document: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_writer, "repair_tags", lambda pdf: pdf)
    unmended, _ = BoardPDFExporter().from_notebook_node(document.executed)
    with pikepdf.open(BytesIO(unmended)) as before, pikepdf.open(BytesIO(document.pdf)) as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert dict(after.docinfo) == dict(before.docinfo)
        assert after.Root.Outlines.Count == before.Root.Outlines.Count
        assert after.trailer.ID[0] == before.trailer.ID[0]
    assert len(document.pdf) < 1.05 * len(unmended)
    assert repair_tags(unmended) == document.pdf


def test_mending_again_changes_nothing(document: Made) -> None:
    assert repair_tags(document.pdf) == document.pdf


def test_a_pdf_without_tags_comes_back_as_it_was() -> None:
    blank = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(blank)
    assert repair_tags(blank.getvalue()) == blank.getvalue()


def test_a_table_without_a_body_keeps_its_cells() -> None:
    with pikepdf.new() as pdf:
        cell = Dictionary(S=Name.TD, K=Array())
        row = Dictionary(S=Name.TR, K=Array([cell]))
        table = pdf.make_indirect(Dictionary(S=Name.Table, K=Array([row])))
        tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([table])))
        table.P = tree
        pdf.Root.StructTreeRoot = tree
        made = BytesIO()
        pdf.save(made)
    assert repair_tags(made.getvalue()) == made.getvalue()
