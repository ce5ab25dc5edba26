"""A section is data in a notebook file: nothing that stands there is read as HTML or Typst."""

import re
from base64 import b64encode
from io import BytesIO
from typing import Any, get_args

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.errors import ReportError
from helpers.sections.components.parts.section_parts import SectionPart
from support.hostile_texts import Page

MIME = "application/vnd.funding-report.section.v1+json"
HTML_MARK, TYPST_MARK = "<script>alert(1)</script>", '"]#read("/x.txt")*b*'
HOSTILE = f"{HTML_MARK} {TYPST_MARK}"  # no word is so long that a line may break in it
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><text>{}</text></svg>'
ESCAPED = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
DRAWING = SVG.format(ESCAPED)
# Each part with the hostile text in every field that takes text, and how often a page shows it.
PARTS: list[tuple[dict[str, Any], int]] = [
    ({"kind": "headline", "text": HOSTILE, "lead": HOSTILE}, 2),
    ({"kind": "heading", "text": HOSTILE, "level": 3}, 1),
    ({"kind": "paragraph", "text": HOSTILE}, 1),
    ({"kind": "paragraph", "text": [HOSTILE, {"text": HOSTILE, "mark": "strong"}]}, 2),
    ({"kind": "paragraph", "text": [{"text": HOSTILE, "mark": "code"}]}, 1),
    ({"kind": "bullets", "items": [HOSTILE, [{"text": HOSTILE, "mark": "emphasis"}]]}, 2),
    ({"kind": "quotation", "text": HOSTILE, "source": HOSTILE}, 2),
    ({"kind": "callout", "text": HOSTILE}, 1),
    ({"kind": "preformatted", "text": HOSTILE}, 1),
    (
        {
            "kind": "table",
            "caption": HOSTILE,
            "columns": [{"heading": HOSTILE, "unit": HOSTILE}, {"heading": "b"}],
            "rows": [[HOSTILE, HOSTILE]],
        },
        4,
    ),
    ({"kind": "names", "label": HOSTILE, "items": [[HOSTILE, HOSTILE]]}, 3),
    (
        {
            "kind": "chart",
            "finding": HOSTILE,
            "alternative": HOSTILE,
            "note": HOSTILE,
            "broad": DRAWING,
            "slim": DRAWING,
            "skip": {"name": "map", "text": HOSTILE},
        },
        5,
    ),
    (
        {
            "kind": "picture",
            "media_type": "image/svg+xml",
            "content": b64encode(SVG.format("x").encode()).decode(),
            "alternative": HOSTILE,
            "warning": HOSTILE,
        },
        1,
    ),
    (
        {
            "kind": "letterhead",
            "sender": HOSTILE,
            "dated": HOSTILE,
            "recipient": [HOSTILE, HOSTILE],
            "subject": HOSTILE,
        },
        5,
    ),
    ({"kind": "signature", "greeting": HOSTILE, "sender": HOSTILE}, 2),
]


def notebook(data: dict[str, Any]) -> Any:
    output = new_output("execute_result", data=data, execution_count=1)
    cells = [
        new_markdown_cell("# Rubrik\n\n## Avsnitt"),
        new_code_cell("report.x()", outputs=[output]),
    ]
    return new_notebook(cells=cells)


def storing(*parts: dict[str, Any], **other: Any) -> Any:
    return notebook({MIME: {"version": 1, "applies": True, "parts": list(parts), **other}})


def page_of(made: Any) -> str:
    return str(BoardHTMLExporter().from_notebook_node(made)[0])


def pdf_text(made: Any) -> str:
    reader = PdfReader(BytesIO(BoardPDFExporter().from_notebook_node(made)[0]))
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize(("part", "shown"), PARTS, ids=lambda value: str(value)[:30])
def test_markup_in_any_text_of_a_part_is_shown_as_text(part: dict[str, Any], shown: int) -> None:
    made = storing(part)
    page = Page(page_of(made))
    assert "script" not in {tag for tag, _ in page.tags}
    assert page.text.count(HOSTILE) == shown
    assert HOSTILE.replace(" ", "") in pdf_text(made).replace("-", "")


def test_every_kind_of_part_is_tried() -> None:
    kinds = {kind.model_fields["kind"].default for kind in get_args(get_args(SectionPart)[0])}
    assert {part["kind"] for part, _ in PARTS} == kinds


def test_html_and_typst_next_to_the_data_are_not_used() -> None:
    data = {
        MIME: {"version": 1, "applies": True, "parts": [{"kind": "paragraph", "text": "data"}]},
        "text/html": "<p onclick='x()'>html<script>x()</script></p>",
        "text/x-typst": '#read("/x.txt")',
        "text/plain": "plain",
    }
    page = page_of(notebook(data))
    assert "<p>data</p>" in page
    assert "html<" not in page
    assert pdf_text(notebook(data)) == "NotebookRubrikAvsnittdataSida1av1"


@pytest.mark.parametrize("name", ["html", "pdf"])
@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"application/vnd.funding-report.section.v2+json": {}}, "section.v2+json"),
        ({"text/html": "<p>x</p>", "text/x-typst": "#x", "text/plain": "x"}, "another version"),
        ({MIME: {"version": 2, "applies": True, "parts": []}}, "version does not fit"),
        ({MIME: {"version": 1, "applies": True, "parts": []}}, "applies if it has parts"),
        ({MIME: {"version": 1, "applies": True, "parts": [{"kind": "html"}]}}, "parts.0"),
        ({MIME: "<p>x</p>"}, "the output does not fit"),
        (
            {MIME: {"version": 1, "applies": True, "parts": [], "typst": "#x"}},
            "typst is not a known key",
        ),
    ],
)
def test_another_version_or_schema_is_refused_with_the_cells_name(
    data: dict[str, Any], said: str, name: str
) -> None:
    exporter = BoardHTMLExporter() if name == "html" else BoardPDFExporter()
    with pytest.raises(ReportError) as refused:
        exporter.from_notebook_node(notebook(data))
    assert str(refused.value).startswith("cell 2 (“report.x()”): the output ")
    assert said in str(refused.value)
    assert str(refused.value).endswith("Run the notebook again, then export it.")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"kind": "paragraph", "text": 1}, "parts.0.paragraph.text"),
        ({"kind": "paragraph", "text": "x", "html": "<b>x</b>"}, "parts.0.paragraph.html"),
        ({"kind": "paragraph", "text": [{"text": "x", "mark": "script"}]}, "mark"),
        ({"kind": "heading", "text": "x", "level": 1}, "level"),
        (
            {"kind": "table", "caption": "", "columns": [{"heading": "a"}], "rows": [["1", "2"]]},
            "row 1 has 2 cells, and the table 1 columns",
        ),
        ({"kind": "table", "caption": "", "columns": [], "rows": []}, "columns"),
        (
            {"kind": "table", "caption": "", "columns": [{"heading": "a", "on": "x"}], "rows": []},
            "columns.0.on",
        ),
        ({"kind": "chart", "finding": "", "alternative": "", "broad": DRAWING}, "alternative"),
        (
            {"kind": "chart", "finding": "", "alternative": "a", "broad": SVG.format("<script/>")},
            "a drawing is refused: it contains <script>",
        ),
        (
            {
                "kind": "chart",
                "finding": "",
                "alternative": "a",
                "broad": DRAWING,
                "slim": SVG.format("<script/>"),
            },
            "a drawing is refused: it contains <script>",
        ),
        (
            {
                "kind": "chart",
                "finding": "",
                "alternative": "a",
                "broad": DRAWING,
                "skip": {"name": "x onclick=y", "text": ""},
            },
            "skip.name",
        ),
        (
            {"kind": "picture", "media_type": "image/png", "content": "<>", "alternative": "a"},
            "content",
        ),
        (
            {"kind": "picture", "media_type": "text/html", "content": "", "alternative": "a"},
            "media_type",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_part_that_does_not_fit_is_refused_with_its_place(
    part: dict[str, Any], said: str
) -> None:
    with pytest.raises(ReportError) as refused:
        page_of(storing(part))
    assert str(refused.value).startswith("cell 2 (“report.x()”): the output is not a section")
    assert said in str(refused.value)


def test_a_section_that_does_not_apply_takes_its_heading_along() -> None:
    blank = notebook({MIME: {"version": 1, "applies": False, "parts": []}, "text/plain": ""})
    assert "Rubrik" not in page_of(blank)
