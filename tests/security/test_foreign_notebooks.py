"""Notebooks from elsewhere: nothing stored in them runs, and no link leads to code or files."""

from __future__ import annotations

import io
import time
from contextlib import suppress
from pathlib import Path

import pypdf
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.errors import ReportError
from support.hostile_texts import Page, check_page

REFRESH = '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/"><p>after it</p>'
PACKAGE = '#import "@preview/cetz:0.3.1": canvas'
READ = '#read("/etc/passwd")'


def shown(**data: str) -> NotebookNode:
    kinds = {kind.replace("_", "/", 1).replace("_", "-"): text for kind, text in data.items()}
    cell: NotebookNode = new_code_cell("x", outputs=[new_output("display_data", data=kinds)])
    return cell


def exported(tmp_path: Path, *cells: NotebookNode) -> tuple[Page, str, list[str]]:
    """The page, checked for what runs or fetches; the text of the PDF, and where its links lead."""
    notebook = new_notebook(cells=[new_markdown_cell("# Title\n\n## Part"), *cells])
    path = tmp_path / "page.html"
    path.write_text(BoardHTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    pdf = pypdf.PdfReader(io.BytesIO(BoardPDFExporter().from_notebook_node(notebook)[0]))
    annotations = [a.get_object() for page in pdf.pages for a in page.get("/Annots", [])]
    actions = [annotation["/A"] for annotation in annotations if "/A" in annotation]
    links = [str(a.get("/URI", a["/S"])) for a in actions]
    text = "".join(page.extract_text() for page in pdf.pages)
    return check_page(path, beside="https://example.org/"), text, links


def test_a_refresh_and_its_script_are_not_in_the_page(tmp_path: Path) -> None:
    page, text, _ = exported(tmp_path, shown(text_html=REFRESH), new_markdown_cell(REFRESH))
    equivalents = [attributes.get("http-equiv") for _, attributes in page.tags]
    assert "refresh" not in [value.lower() for value in equivalents if value]
    assert "after it" in page.text
    assert "after it" in text


@pytest.mark.parametrize("typst", [PACKAGE, READ])
def test_typst_in_a_text_is_text(tmp_path: Path, typst: str) -> None:
    printed = new_code_cell("x", outputs=[new_output("stream", name="stdout", text=typst)])
    page, text, _ = exported(tmp_path, new_markdown_cell(typst), printed, shown(text_plain=typst))
    assert page.text.count(typst) == 3
    assert text.replace("\n", " ").count(typst.partition('"')[0].strip()) == 3
    assert "root:" not in text


@pytest.mark.parametrize("kind", ["text_x_typst", "text_vnd.typst", "application_x_typst"])
def test_a_stored_typst_output_is_never_set(tmp_path: Path, kind: str) -> None:
    source = f"#text(size: 40pt)[RUNS]\n{READ}"
    _, text, _ = exported(tmp_path, shown(**{kind: source, "text_plain": "the plain form"}))
    assert "RUNS" not in text
    assert "root:" not in text


ADDRESSES = [
    "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", "file:///etc/passwd",
    "data:text/html,<script>alert(1)</script>", "vbscript:x",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_link_leads_to_no_code_and_no_file(tmp_path: Path, address: str) -> None:
    html = f'<p><a href="{address}">word</a></p>'
    cells = [new_markdown_cell(f"[word]({address})\n\n<{address}>\n\n[ref]\n\n[ref]: {address}")]
    _, text, links = exported(tmp_path, *cells, shown(text_html=html), shown(text_markdown=html))
    assert "word" in text
    assert [link for link in links if link != "/GoTo"] == []  # no other action than to a heading


def test_a_link_to_the_web_remains(tmp_path: Path) -> None:
    page, _, links = exported(tmp_path, new_markdown_cell("[word](https://example.org/a)"))
    assert [a for t, a in page.tags if a.get("href") == "https://example.org/a"]
    assert "https://example.org/a" in links


QUADRATIC = {
    "open brackets": "[" * 20_000,
    "open pictures": "![" * 10_000,
    "emphasis": "*a " * 10_000,
    "underscores": "_" * 20_000,
    "backticks": "".join("`" * n + " " for n in range(1, 200)),
    "quotes": "> " * 5_000 + "x",
    "a list in a list": "".join("  " * n + "- x\n" for n in range(300)),
    "references": "".join(f"[a{n}]: x\n" for n in range(3_000)) + "[a1] " * 3_000,
    "angles": "<" * 20_000,
    "a table": "|" * 5_000 + "\n" + "|-" * 5_000,
    "entities": "&" * 20_000,
    "escapes": "\\" * 20_000,
    "comments": "<!--" * 30_000,
    "sections of characters": "<![CDATA[" * 20_000,
    "spaces": "a" + " " * 200_000 + "b",
}


def check_bounded(notebook: NotebookNode) -> None:
    """Both documents, or a message in place of one, take less than twenty seconds."""
    begun = time.process_time()
    for exporter in (BoardHTMLExporter(), BoardPDFExporter()):
        with suppress(ReportError):
            assert exporter.from_notebook_node(notebook)[0]
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("name", QUADRATIC)
def test_markdown_is_bounded(name: str) -> None:
    notebook = new_notebook(cells=[new_markdown_cell("# T"), new_markdown_cell(QUADRATIC[name])])
    check_bounded(notebook)


SPANS = {
    "a cell of many columns": '<td colspan="1000">a</td>' * 100,
    "a cell of many rows": '<td rowspan="65534">a</td>' * 100,
    "both": '<td colspan="1000" rowspan="65534">a</td>' * 50,
}


@pytest.mark.parametrize("name", SPANS)
def test_spans_are_bounded(name: str) -> None:
    html = f"<table><tr>{SPANS[name]}</tr><tr><td>b</td></tr></table>"
    notebook = new_notebook(cells=[new_markdown_cell("# T"), shown(text_html=html)])
    check_bounded(notebook)
