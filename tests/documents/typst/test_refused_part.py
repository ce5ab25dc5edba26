"""A PDF that Typst refuses: the message names the cell and the remedy, and ends as Typst does."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image
from pypdf import PdfReader

from helpers.documents.content.content_tree import Element
from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.documents.outputs.cell_outputs import DocumentPart
from helpers.documents.typst.compiler_process import TypesettingError
from helpers.documents.typst.refused_part import explain_refusal
from helpers.errors import NotebookError

TEXT = "whose text cannot be set. Write it more simply"


FLAT_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="5"/>'


def picture(mode: str, kind: str, *, without: int = 0) -> str:
    """A small picture, of which the last bytes may be missing."""
    file = BytesIO()
    Image.new(mode, (4, 4)).save(file, kind)
    return base64.b64encode(file.getvalue()[: -without or None]).decode()


def showing(source: str, kind: str, content: str) -> NotebookNode:
    output = new_output("display_data", data={kind: content})
    cell: NotebookNode = new_code_cell(source, execution_count=1, outputs=[output])
    return cell


@pytest.mark.parametrize(
    ("cell", "named", "cause", "message"),
    [
        (
            new_markdown_cell("Quoted\n\n" + "> " * 60 + "again"),
            "cell 3 (“Quoted”)",
            TEXT,
            "maximum show rule depth exceeded",
        ),
    ],
)
def test_the_cell_is_named_with_what_to_do(
    cell: NotebookNode, named: str, cause: str, message: str
) -> None:
    fine = showing("fine()", "image/png", picture("RGB", "PNG"))
    after = [new_markdown_cell("## After"), showing("more()", "text/plain", "More")]
    notebook = new_notebook(cells=[new_markdown_cell("# Report"), fine, cell, *after])
    with pytest.raises(NotebookError) as caught:
        BoardPDFExporter().from_notebook_node(notebook)
    said = str(caught.value)
    assert f"cannot be made. The reason is {named}, {cause}" in said
    assert said.endswith(f"Typst, which sets the PDF, states: {message}")


@pytest.mark.parametrize("alone", ["", "the first heading is not of level 1"])
def test_cells_that_are_not_refused_alone_are_not_blamed(alone: str) -> None:
    def set_alone(part: DocumentPart) -> None:
        if alone:
            raise TypesettingError(alone)

    part = DocumentPart([Element("p", ["Text"])], cell="cell 1")
    said = explain_refusal([part], TypesettingError("the document is refused"), set_alone)
    assert said.startswith("No cell alone is the reason. Leave out one after the other")
    assert said.endswith("states: the document is refused")


def test_a_picture_is_blamed_with_what_to_save() -> None:
    def refuse(_: DocumentPart) -> None:
        raise TypesettingError("refused")

    image = Element("img", [], {"src": "data:image/png;base64,AA==", "alt": ""})
    part = DocumentPart([Element("p", [image])], cell="cell 3 (“photo()”)")
    said = explain_refusal([part], TypesettingError("refused"), refuse)
    assert said.startswith(
        "The reason is cell 3 (“photo()”), with a picture that cannot be put into a PDF. Save the "
        "picture again as a PNG"
    )


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image/jpeg", picture("CMYK", "JPEG")),
        ("image/png", picture("RGB", "PNG", without=14)),
        ("image/svg+xml", FLAT_SVG),
    ],
)
def test_a_picture_that_no_pdf_can_have_is_a_sentence_in_both_documents(
    kind: str, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    cells = [new_markdown_cell("# Report"), showing("photo()", kind, content)]
    pdf, _ = BoardPDFExporter().from_notebook_node(new_notebook(cells=cells))
    sentence = "Här stod en bild som inte kan läsas."
    assert sentence in " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    page, _ = BoardHTMLExporter().from_notebook_node(new_notebook(cells=cells))
    assert sentence in page
    assert f"cell 2 (“photo()”): a picture ({kind}) cannot be read" in caplog.text
