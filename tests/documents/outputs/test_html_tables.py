"""What an analyst's own notebook shows: pandas' tables as ours, pictures with their words."""

from __future__ import annotations

import base64
import logging
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image
from pypdf import PdfReader

from helpers import described
from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_page import content_as_html
from helpers.documents.content.content_tree import Grid, Node, text_of
from helpers.documents.content.content_typst import content_as_typst
from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.documents.reading.html_cleaner import read_content
from helpers.errors import ReportError
from helpers.i18n.localizer import Localizer

SAY = Localizer("sv")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>evil()</script></svg>'


@pytest.fixture(autouse=True)
def _logger_as_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The warnings' logger, which a library that a test before has loaded may have turned off."""
    logger = logging.getLogger("funding-report")
    monkeypatch.setattr(logger, "disabled", False)
    monkeypatch.setattr(logger, "propagate", True)


def png() -> str:
    made = BytesIO()
    Figure(figsize=(1, 1)).savefig(made, format="png")
    return base64.b64encode(made.getvalue()).decode()


def showing(data: dict[str, str], **metadata: object) -> NotebookNode:
    output = new_output("display_data", data=data, metadata=metadata)
    notebook: NotebookNode = new_notebook(cells=[new_code_cell("f()", outputs=[output])])
    return notebook


def html_of(frame: pd.DataFrame) -> str:
    """The frame as a notebook keeps it; the stubs of pandas do not know this method."""
    return str(getattr(frame, "_repr_html_")())  # noqa: B009


def read(html: str) -> list[Node]:
    return read_content(html, CellSource(1, "f()", SAY))


def lines(html: str) -> list[str]:
    """The heading and the rows of the first table, cells divided by a bar."""
    grid = next(node for node in read(html) if isinstance(node, Grid))
    head = [" | ".join(column.heading for column in grid.columns)]
    return head + [" | ".join(map(text_of, row)) for row in grid.rows]


def documents(notebook: NotebookNode, folder: Path | None = None) -> tuple[str, str]:
    """The page, and the text of the PDF: made as PDF/UA, which refuses what has no words."""
    about = {"metadata": {"name": "own", "path": str(folder) if folder else ""}}
    page = BoardHTMLExporter().from_notebook_node(notebook, about)[0]
    pdf = PdfReader(BytesIO(BoardPDFExporter().from_notebook_node(notebook, about)[0]))
    return str(page), "\n".join(sheet.extract_text() for sheet in pdf.pages)


def test_a_frame_becomes_a_table_with_headings() -> None:
    nodes = read(html_of(pd.DataFrame({"namn": ["<A>", "B"], "avgift": [1, 2]})))
    page, typst = content_as_html(nodes), content_as_typst(nodes, SAY)
    assert '<th scope="col" class="left">namn</th><th scope="col" class="right">avgift</th>' in page
    assert '<td class="left">&lt;A&gt;</td><td class="right">1</td>' in page
    assert typst.startswith("#data-table(")
    assert '("0", "<A>", "1", )' in typst


def test_several_heading_rows_are_said_in_one() -> None:
    frame = pd.DataFrame({"g": ["a", "a", "b"], "x": [1, 3, 5]}).groupby("g").agg(["sum", "max"])
    assert lines(html_of(frame)) == ["g | x sum | x max", "a | 4 | 3", "b | 5 | 5"]


def test_an_index_without_a_name_stays_for_its_labels() -> None:
    """The HTML does not tell labels 0, 1, 2 (of children in a family, say) from a mere count."""
    children = pd.DataFrame({"familjer": [12, 5, 3]}, index=[0, 1, 2])
    assert lines(html_of(children)) == ["Rad | familjer", "0 | 12", "1 | 5", "2 | 3"]
    assert lines(html_of(children.reset_index(drop=True)))[1] == "0 | 12"


def test_cells_over_rows_and_columns_keep_their_place() -> None:
    html = (
        "<table><tr><th>a</th><th colspan=2>b</th></tr>"
        "<tr><td rowspan=2>1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr></table>"
    )
    assert lines(html) == [
        "a | b | b",
        "1 | 2 | 3",
        "1 | 4 | 5",
    ]


def test_a_group_of_more_than_a_hundred_rows_stays_in_its_column() -> None:
    index = pd.MultiIndex.from_product([["a"], range(1, 151)], names=["g", "n"])
    frame = pd.DataFrame({"x": range(1001, 1151)}, index=index)
    with pd.option_context("display.max_rows", 200):
        rows = lines(frame.to_html(notebook=True))
    assert rows[1] == "a | 1 | 1001"
    assert rows[150] == "a | 150 | 1150"


# What a browser shows by the HTML standard: "optional tags", "forming a table", "flow content".
TABLES = [
    ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", ["a | b", "1 | 2"]),
    ("<table><thead><tr><th>a<tbody><tr><td>1</table>", ["a", "1"]),
    ("<table><thead><th>a<tbody><td>1</table>", ["a", "1"]),
    ("<table><tr><th>a<tr><td><p>5</p><p>6</p></table>", ["a", "5 6"]),
    ("<table><tr><th>a<tr><td>x<br>y<ul><li>1<li>2</ul></table>", ["a", "x y 1 2"]),
    ("<table><tr><th>a<th>b<tr><td>x<table><tr><td>1<td>2</table>y<td>z</table>",
     ["a | b", "x 1 | 2 y | z"]),
    ("<table><tr><th>a<th>b<tr><td rowspan=0>1<td>2<tr><td>3</table>",
     ["a | b", "1 | 2", "1 | 3"]),
    ("<table><tr><th>a<th>b<tr><td colspan='100%'>1<tr><td>2<td>3</table>",
     ["a | b", "1", "2 | 3"]),
    ("<table><tr><th>a<tr><td>1<!-- c --><script>2</script></table>", ["a", "1"]),
]  # fmt: skip


@pytest.mark.parametrize(("html", "rows"), TABLES)
def test_a_table_is_read_as_a_browser_reads_it(html: str, rows: list[str]) -> None:
    assert lines(html) == rows


TEXTS = [
    ("<dl><dt>a<dd>b<dt>c</dl>", ["a b c"]),
    ("<h1>a</h1>b<hr>c", ["a", "b", "c"]),
    ("<p>a</p><p>a</p>", ["a", "a"]),
    ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
    ("a <b>b</b>\n<i>c</i><!-- d --><style>e</style>", ["a b c"]),
    ("<head><title>t</title><body>a</body>b", ["a", "b"]),
    ("https://example.org", ["https://example.org"]),
    ("a\ud800b", ["a\ud800b"]),
    ("1 < 2 &amp; 3", ["1 < 2 & 3"]),
    ("<div>" * 1000 + "a" + "</div>" * 1000 + "b", ["a", "b"]),
    ("<table>a<tr><td>1</table>", ["1", "a"]),
    ("", []),
]


@pytest.mark.parametrize(("html", "texts"), TEXTS)
def test_each_block_is_a_paragraph(html: str, texts: list[str]) -> None:
    assert list(filter(None, (text_of([node]) for node in read(html)))) == texts


def test_a_broad_frame_is_several_tables_on_paper_and_one_on_the_page() -> None:
    frame = pd.DataFrame(np.arange(16).reshape(1, 16), columns=[f"k{n}" for n in range(16)])
    nodes = read(html_of(frame))
    # Beside the index there are 16 columns: three tables of at most six.
    assert content_as_typst(nodes, SAY).count("#data-table(") == 3
    assert content_as_html(nodes).count("<table>") == 1


def test_what_acts_in_others_html_is_not_kept() -> None:
    html = (
        "<script>evil()</script><p onclick='x()'>hej <b>du</b></p><img src=x alt=bild>"
        "<a href='javascript:evil()'>dit</a><iframe srcdoc='<script>evil()</script>'></iframe>"
    )
    page, text = documents(showing({"text/html": html}))
    assert "<p>hej <strong>du</strong></p>" in page
    assert "hej du" in text
    assert "bild" in text  # the alternative of a picture that is not there
    for mark in ("evil", "onclick", "<img", "srcdoc"):
        assert mark not in page


@pytest.mark.parametrize(
    ("kind", "data"), [("image/png", png()), ("image/svg+xml", SVG), ("image/jpeg", "")]
)
def test_a_picture_without_words_is_shown_with_a_warning(
    kind: str, data: str, caplog: pytest.LogCaptureFixture
) -> None:
    if kind == "image/jpeg":
        made = BytesIO()
        Image.new("RGB", (4, 4)).save(made, "jpeg")
        data = base64.b64encode(made.getvalue()).decode()
    with caplog.at_level(logging.WARNING):
        page, text = documents(showing({kind: data}))
    assert "Bild utan textalternativ" in page
    assert "Bild utan textalternativ" in text
    assert "<script>evil" not in page
    assert "cell 1 (“f()”): a picture has no text alternative" in caplog.text
    assert "described(figure" in caplog.text


def test_the_words_of_a_picture_are_its_alternative(caplog: pytest.LogCaptureFixture) -> None:
    page, text = documents(showing({"image/png": png()}, **{"image/png": {"alt": "En <prick>"}}))
    assert 'alt="En &lt;prick&gt;"' in page
    assert "Bild utan" not in page + text
    assert caplog.text == ""


def test_a_described_figure_carries_its_words_to_both(caplog: pytest.LogCaptureFixture) -> None:
    figure = Figure()
    figure.subplots().plot([1, 3])
    block = described(figure, "En linje som stiger från 1 till 3.", "Den stiger")
    page, text = documents(showing(block._repr_mimebundle_()))
    assert 'aria-label="En linje som stiger från 1 till 3."' in page
    assert "Den stiger" in text
    assert caplog.text == ""
    with pytest.raises(ReportError, match="text alternative is blank"):
        described(figure, " ")


def test_pictures_of_texts_are_taken_in_or_become_their_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "near.png").write_bytes(base64.b64decode(png()))
    (tmp_path / "secret.png").write_bytes(base64.b64decode(png()))
    cell = new_markdown_cell(
        "![Bifogad](attachment:a.png)\n\n![Nära](near.png)\n\n![Utanför](../secret.png)\n\n"
        "![Webben](https://example.org/x.png)"
    )
    cell["attachments"] = {"a.png": {"image/png": png()}}
    page, text = documents(new_notebook(cells=[cell]), tmp_path / "in")
    assert page.count('<img src="data:image/png;base64,') == 2
    assert "example.org" not in page
    assert "<em>Utanför</em>" in page
    assert "Webben" in text
    assert "../secret.png is not in the document" in caplog.text


def test_colours_of_a_terminal_and_a_failed_cell_are_plain_words() -> None:
    outputs = [
        new_output("stream", name="stdout", text="\x1b[31mröd\x1b[0m"),
        new_output("error", ename="ValueError", evalue="fel <här>", traceback=[]),
    ]
    page, text = documents(new_notebook(cells=[new_code_cell("f()", outputs=outputs)]))
    assert "<pre>röd</pre>" in page
    assert "Cellen stannade på ett fel. ValueError: fel &lt;här&gt;" in page
    assert "ValueError: fel <här>" in text
