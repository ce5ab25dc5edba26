"""What a notebook shows is in its documents, or a sentence says what stood there."""

from __future__ import annotations

import logging
import re
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image
from pypdf import PdfReader

from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_tree import Element, Node, text_of, walk
from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.documents.outputs.cell_outputs import read_outputs
from helpers.documents.reading.html_cleaner import read_content
from helpers.documents.reading.markdown_content import read_markdown
from helpers.i18n.localizer import Localizer
from support.gallery_pictures import png

CELL = CellSource(3, "", Localizer("en"))
LONG_URL = "data:image/png;base64," + "A" * 300
STOPPED = "The cell stopped on an error. ValueError: no price"


def shown(data: dict[str, Any]) -> list[Node]:
    return outputs(new_output("display_data", data=data))


def outputs(*stored: Any, source: CellSource = CELL) -> list[Node]:
    cell = new_code_cell("x", outputs=list(stored))
    return [node for part in read_outputs(cell, source) for node in part.content]


def addresses(nodes: list[Node]) -> list[str]:
    found = [node for node in walk(nodes) if isinstance(node, Element) and node.name == "img"]
    return [image.attributes["src"] for image in found]


@pytest.mark.parametrize(
    "markdown", [f"```\n{LONG_URL}\n```", f"`src='{LONG_URL}'`", f"before {LONG_URL} after"]
)
def test_a_data_url_in_a_text_is_text(markdown: str) -> None:
    assert LONG_URL in text_of(read_markdown(markdown, CELL))


def test_a_data_url_in_preformatted_html_is_text() -> None:
    html = f'<pre>&lt;img src="{LONG_URL}"&gt; and src="{LONG_URL}"</pre>'
    assert text_of(read_content(html, CELL)) == f'<img src="{LONG_URL}"> and src="{LONG_URL}"'


def test_a_download_link_does_not_name_a_short_address() -> None:
    html = f'<a download="x" href="{LONG_URL}">Save the picture</a>'
    assert text_of(read_content(html, CELL)) == "Save the picture"


@pytest.mark.parametrize(
    "tag", ['<img src="{}">', "<img alt='a > b' src='{}'>", '<IMG\nALT="x" SRC = "{}">']
)
def test_a_picture_keeps_its_data_url(tag: str) -> None:
    content = BytesIO()
    Image.frombytes("L", (20, 20), Random(1).randbytes(400)).save(content, "png")
    url = f"data:image/png;base64,{b64encode(content.getvalue()).decode()}"
    assert len(url) > 222  # a shorter one is left where it is
    assert addresses(read_content(tag.format(url), CELL)) == [url]


PLOTLY = "<h2>Outcome</h2><p>Ten answers</p><div id=p></div><script>Plotly.newPlot('p')</script>"


def test_a_chart_of_a_script_below_a_text_is_named(caplog: pytest.LogCaptureFixture) -> None:
    assert text_of(shown({"text/html": PLOTLY})) == (
        "Outcome Ten answers [Here stood a Plotly chart, which the document cannot show.]"
    )
    assert "a Plotly chart needs JavaScript" in caplog.text


def test_a_chart_below_a_text_is_the_picture_that_the_output_also_has() -> None:
    found = shown({"text/html": PLOTLY, "image/png": png()})
    assert text_of(found).startswith("Outcome Ten answers")
    assert addresses(found) == [f"data:image/png;base64,{png()}"]
    assert "cannot show" not in text_of(found)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ten answers</p><script>copyButton()</script>",
        "<table><tr><th>A</th></tr><tr><td>1</td></tr></table><script>new DataTables()</script>",
    ],
)
def test_a_script_that_only_adds_to_what_is_shown_is_not_named(html: str) -> None:
    assert "cannot show" not in text_of(shown({"text/html": html}))


def in_widget(*stored: dict[str, Any]) -> list[Node]:
    widgets = {"w": {"state": {"outputs": list(stored)}}}
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "w"}}
    source = CellSource(3, "", Localizer("en"), widgets=widgets)
    return outputs(new_output("display_data", data=view), source=source)


def test_an_error_within_a_widget_is_shown(caplog: pytest.LogCaptureFixture) -> None:
    error = {"output_type": "error", "ename": "ValueError", "evalue": "no price", "traceback": []}
    printed = {"output_type": "stream", "name": "stdout", "text": ["read ", "it\n"]}
    assert text_of(in_widget(printed, error)) == f"read it {STOPPED}"
    assert "the cell stopped at an error (ValueError)" in caplog.text


def test_a_long_text_within_a_widget_is_cut_as_others_are() -> None:
    printed = {"output_type": "stream", "name": "stdout", "text": "rad\n" * 2_003}
    assert "three lines are left out" in text_of(in_widget(printed))


def test_a_bar_whose_value_is_not_stored_is_at_nought() -> None:
    bar = {"bar_style": "info", "max": 12, "description": "Reading"}
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "w"}}
    source = CellSource(3, "", Localizer("en"), widgets={"w": {"state": bar}})
    found = outputs(new_output("display_data", data=view), source=source)
    assert text_of(found) == "Reading 0/12"


def test_a_list_in_json_is_not_one_text() -> None:
    found = shown({"application/json": ["a", "b"], "text/plain": ["<IPython.core.display.", "J>"]})
    assert text_of(found) == '[ "a", "b" ]'


@pytest.mark.parametrize("html", ["<h2></h2><p>Text</p>", "<h2><br></h2><h3> </h3><p>Text</p>"])
def test_an_empty_heading_does_not_stop_the_pdf(html: str) -> None:
    assert not [n for n in walk(read_content(html, CELL)) if getattr(n, "name", "")[:1] == "h"]
    output = new_output("display_data", data={"text/html": html})
    notebook = new_notebook(cells=[new_code_cell("x", outputs=[output])])
    assert BoardPDFExporter().from_notebook_node(notebook)[0].startswith(b"%PDF")


def test_an_attachment_that_is_not_base64_is_replaced_by_a_sentence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    source = CellSource(3, "", CELL.loc, attachments={"a.png": {"image/png": "abcde"}})
    found = text_of(read_markdown("![Outcome](attachment:a.png)", source))
    assert found == "[A picture that cannot be read stood here.] Outcome"
    assert "cell 3: a picture (image/png) cannot be read" in caplog.text


def test_a_path_that_is_too_long_is_a_picture_that_is_missing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    source = CellSource(3, "", CELL.loc, tmp_path)
    assert text_of(read_markdown(f"![Outcome]({'a' * 5_000}.png)", source)) == "Outcome"
    assert "is not in the document" in caplog.text


def test_a_picture_that_may_not_be_read_is_replaced_by_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "a.png").write_bytes(b"x")
    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read a file of any mode
    found = text_of(read_markdown("![Outcome](a.png)", CellSource(3, "", CELL.loc, tmp_path)))
    assert found == "[A picture that cannot be read stood here.] Outcome"
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_the_contents_of_the_pdf_are_those_of_the_page() -> None:
    texts = [new_markdown_cell(text) for text in ("# Title", "## Alpha", "## Beta", "## Gamma")]
    output = new_output("display_data", data={"text/html": "<h2>Omega</h2><p>Text</p>"})
    notebook = new_notebook(cells=[*texts, new_code_cell("x", outputs=[output])])
    page = BeautifulSoup(BoardHTMLExporter().from_notebook_node(notebook)[0], "lxml")
    assert [link.get_text() for link in page.select("nav a")] == ["Alpha", "Beta", "Gamma"]
    pdf = PdfReader(BytesIO(BoardPDFExporter().from_notebook_node(notebook)[0]))
    text = pdf.pages[0].extract_text()
    found = {word: text.count(word) for word in ("Alpha", "Beta", "Gamma", "Omega")}
    assert found == {"Alpha": 2, "Beta": 2, "Gamma": 2, "Omega": 1}
    _, bookmarks = cast("tuple[Any, list[Any]]", pdf.outline)
    assert [mark["/Title"] for mark in bookmarks] == ["Alpha", "Beta", "Gamma", "Omega"]


def test_the_contents_follow_the_title_where_a_cell_shows_something_before_it() -> None:
    """A heading of level 2 before the title is an error in PDF/UA: the PDF could not be made."""
    shown = new_code_cell("1", outputs=[new_output("stream", name="stdout", text="Before\n")])
    parts = [new_markdown_cell(f"## {name}") for name in ("Alpha", "Beta", "Gamma")]
    notebook = new_notebook(cells=[shown, new_markdown_cell("# Title"), *parts])
    page = BoardHTMLExporter().from_notebook_node(notebook)[0]
    text = PdfReader(BytesIO(BoardPDFExporter().from_notebook_node(notebook)[0])).pages[0]
    for found in (BeautifulSoup(page, "lxml").select("main")[0].get_text(), text.extract_text()):
        assert re.search(r"(?s)Before.*Title.*Innehåll.*Alpha.*Alpha", found)
