import base64
from io import BytesIO
from typing import Any, cast

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output
from pypdf import PageObject, PdfReader
from pypdf.generic import Destination

from helpers.documents.exporters import BoardPDFExporter


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def catalogue(reader: PdfReader) -> Any:
    """The catalogue, whose entries are of any kind."""
    return reader.trailer["/Root"]


def words(page: PageObject) -> str:
    return " ".join(page.extract_text().split())


def structure(reader: PdfReader) -> list[tuple[str, str]]:
    """Every element of the tag tree in reading order: its kind and its text alternative."""
    found: list[tuple[str, str]] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/Alt", ""))))
            if "/K" in node:
                walk(node["/K"])

    walk(catalogue(reader)["/StructTreeRoot"]["/K"])
    return found


def test_the_notice_and_the_page_number_are_on_every_page(reader: PdfReader) -> None:
    assert len(reader.pages) >= 4
    for number, page in enumerate(reader.pages, 1):
        text = words(page)
        assert "Rekonstruerade svar: bara summorna är publicerade" in text
        assert f"Sida {number} av {len(reader.pages)}" in text
        assert "Per den 22 februari 2017" in text


def test_the_answer_comes_first(reader: PdfReader) -> None:
    text = words(reader.pages[0])
    assert "77 procent är säkrat: 2,6 av 3,4 miljoner kronor per år" in text


def test_the_answer_is_one_page_and_the_appendices_begin_on_page_five(reader: PdfReader) -> None:
    pages = [words(page) for page in reader.pages]
    assert "Sveriges Kommuner och Landsting (SKL)" in pages[0]
    assert "Till: SKL:s styrelse" in pages[0]
    assert "Kontakt: avdelningen för vård och omsorg" in pages[0]
    assert "Diarienummer" not in pages[0]  # no source states one
    assert "Innehåll" in pages[0]
    starts = [number for number, text in enumerate(pages, 1) if "Bilaga 1. Alla svar" in text]
    assert starts[0] == 1  # in the contents
    assert starts[1] <= 5


def test_it_claims_both_standards(reader: PdfReader) -> None:
    metadata = catalogue(reader)["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_title_language_and_tags_are_set(reader: PdfReader) -> None:
    root = catalogue(reader)
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert reader.metadata.title.startswith("77\u00a0procent är säkrat")
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_date_is_the_days_not_the_clocks(reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date().isoformat() == "2017-02-22"


def test_bookmarks_lead_to_every_section(reader: PdfReader) -> None:
    first, sections = cast("tuple[Destination, list[Destination]]", reader.outline)
    assert str(first["/Title"]).startswith("77\u00a0procent är säkrat")
    assert [str(entry["/Title"]) for entry in sections[:2]] == [
        "Räcker det?",
        "När kom svaren?",
    ]
    assert str(sections[4]["/Title"]) == "Bilaga 1. Alla svar"
    assert len(sections) == 14


def test_the_tag_tree_has_headings_table_headers_and_described_figures(reader: PdfReader) -> None:
    tags = structure(reader)
    kinds = [kind for kind, _ in tags]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 15  # the contents, four questions and ten appendices
    assert kinds.index("/H1") < kinds.index("/H2")
    assert "/TH" in kinds
    figures = [alternative for kind, alternative in tags if kind == "/Figure"]
    assert len(figures) == 6
    assert all(40 < len(alternative) <= 250 for alternative in figures)


def test_every_font_is_embedded_and_ours(reader: PdfReader) -> None:
    names = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in cast("Any", page["/Resources"])["/Font"].values()
    }
    assert names
    assert all("SourceSansPro" in name for name in names)


def test_text_in_charts_can_be_found(reader: PdfReader) -> None:
    assert any("Västra Götalands län" in words(page) for page in reader.pages)


def test_the_same_notebook_gives_the_same_bytes(executed: NotebookNode, pdf: bytes) -> None:
    assert BoardPDFExporter().from_notebook_node(executed)[0] == pdf


def test_an_analysts_own_notebook_exports_too(foreign: NotebookNode) -> None:
    made = BoardPDFExporter().from_notebook_node(foreign, {"metadata": {"name": "min"}})[0]
    read = PdfReader(BytesIO(made))
    assert "Min analys" in words(read.pages[0])
    assert "Rekonstruerade" not in words(read.pages[0])


def test_a_picture_that_cannot_be_read_is_named_in_its_place(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = base64.b64encode(b"no picture").decode()
    cell = new_code_cell("f()", outputs=[new_output("display_data", data={"image/png": broken})])
    made = BoardPDFExporter().from_notebook_node(new_notebook(cells=[cell]))[0]
    assert "[Här stod en bild som inte kan läsas.]" in words(PdfReader(BytesIO(made)).pages[0])
    assert "cell 1 (“f()”): a picture (image/png) cannot be read" in caplog.text


def test_typst_source_in_a_notebook_is_not_run() -> None:
    reading = {"text/x-typst": '#read("/etc/passwd")', "text/plain": "som text"}
    cell = new_code_cell("f()", outputs=[new_output("display_data", data=reading)])
    made = BoardPDFExporter().from_notebook_node(new_notebook(cells=[cell]))[0]
    assert words(PdfReader(BytesIO(made)).pages[0]).count("som text") == 1
