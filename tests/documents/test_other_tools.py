"""Notebooks as VS Code, Colab, Databricks, marimo and jupytext write them, by hand."""

from __future__ import annotations

import json
import logging
import re
from io import BytesIO
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from support.gallery_pictures import png


def documents(cells: list[dict[str, Any]], **metadata: Any) -> tuple[str, str]:
    """The texts of the page and of the PDF, their blanks single spaces."""
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
    for number, cell in enumerate(cells):
        cell.setdefault("id", f"c{number}")
        cell.setdefault("metadata", {})
        if cell["cell_type"] == "code":
            cell.setdefault("execution_count", None)
            cell.setdefault("outputs", [])
    text = json.dumps(whole)
    about = {"metadata": {"name": "egen"}}
    page = BoardHTMLExporter().from_notebook_node(nbformat.reads(text, as_version=4), about)[0]
    pdf = BoardPDFExporter().from_notebook_node(nbformat.reads(text, as_version=4), about)[0]
    main = BeautifulSoup(str(page), "lxml").find(id="main")
    assert main is not None
    sheets = PdfReader(BytesIO(bytes(pdf))).pages
    return plain(main.get_text(" ")), plain(" ".join(sheet.extract_text() for sheet in sheets))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def shown(data: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def code(source: str, *outputs: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {
        "cell_type": "code", "source": source, "outputs": list(outputs), "metadata": metadata,
        "execution_count": 1,
    }  # fmt: skip


def test_vs_code_data_wrangler_and_attached_pictures(caplog: pytest.LogCaptureFixture) -> None:
    viewer = {"columns": [{"name": "index"}], "rows": [["0"]]}
    table = "<div><style scoped>.d{}</style><table><tr><th></th><th>x</th></tr><tr><th>0</th><td>7"
    text = {
        "cell_type": "markdown",
        "source": ["# Rubrik\n", "\n", "![image.png](attachment:image.png)"],
        "attachments": {"image.png": {"image/png": png()}},
    }
    wrangled = shown(
        {
            "application/vnd.microsoft.datawrangler.viewer.v0+json": viewer,
            "text/html": [table],
            "text/plain": ["   x\n", "0  7"],
        }
    )
    failed = {
        "output_type": "error",
        "ename": "KeyError",
        "evalue": "\x1b[31m'y'\x1b[0m",
        "traceback": ["\x1b[0;31m-----\x1b[0m"],
    }
    cells = [text, code("df", wrangled, vscode={"languageId": "python"}), code("df['y']", failed)]
    for found in documents(cells):
        assert "Rubrik" in found
        assert "7" in found
        assert "KeyError: 'y'" in found
        assert "datawrangler" not in found
    assert "cell 3 (“df['y']”)" in caplog.text


def test_colab_shows_the_table_and_not_its_buttons(caplog: pytest.LogCaptureFixture) -> None:
    frame = (
        '<div id="df-1" class="colab-df-container"><div><style scoped>.dataframe{}</style>'
        '<table border="1" class="dataframe"><thead><tr><th></th><th>belopp</th></tr></thead>'
        "<tbody><tr><th>0</th><td>17</td></tr></tbody></table></div>"
        '<div class="colab-df-buttons"><button class="colab-df-convert" onclick="x()">'
        '<svg viewBox="0 0 1 1"><path d="M0"/></svg></button><style>.b{}</style>'
        "<script>const b = 1;</script></div></div>"
    )
    cells = [
        {"cell_type": "markdown", "source": "Utan rubrik", "metadata": {"id": "aB3"}},
        code(
            "#@title Tabell\ndf",
            shown({"text/html": frame, "text/plain": "x", "application/vnd.google.colaboratory."
                   "intrinsic+json": {"type": "dataframe"}}),
            cellView="form", colab={"base_uri": "https://localhost:8080/"},
        ),
    ]  # fmt: skip
    for found in documents(cells, colab={"provenance": []}):
        assert "Utan rubrik" in found
        assert re.search(r"belopp 0 17", found)
        assert "const b" not in found
        assert "Här stod" not in found
    assert caplog.text == ""


def test_databricks_texts_titles_and_tables() -> None:
    about = {"application/vnd.databricks.v1+cell": {"showTitle": True, "title": "Cellens titel"}}
    table = (
        "<style scoped>.ansiout{}</style><div class='table-result-container'>"
        "<table class='table-result'><thead style='background-color: white'><tr><th>namn</th>"
        "<th>antal</th></tr></thead><tbody><tr><td>Norr</td><td>3</td></tr></tbody></table></div>"
    )
    output = shown(
        {"text/html": [table]}, **{"application/vnd.databricks.v1+output": {"type": "x"}}
    )
    cells = [
        code("%md\n# Frågan\n\nText *med* tecken"),
        code("%md-sandbox Kort text"),
        code("display(df)", output, **about),
    ]
    for found in documents(cells):
        order = ["Frågan", "Text med tecken", "Kort text", "Cellens titel", "namn antal Norr 3"]
        assert [found.index(word) for word in order] == sorted(found.index(word) for word in order)
        assert "%md" not in found


def test_marimo_formulas_and_elements(caplog: pytest.LogCaptureFixture) -> None:
    text = (
        '<span class="markdown prose"><h1 id="rubrik">Rubriken</h1><span class="paragraph">Formeln '
        '<marimo-tex class="arithmatex">||(k^2||)</marimo-tex> här</span></span>'
    )
    slider = (
        "<marimo-ui-element object-id='a'><marimo-slider data-value='5'></marimo-slider>"
        "</marimo-ui-element>"
    )
    cells = [
        {"cell_type": "markdown", "source": "# Ur mo.md", "metadata": {"marimo": {"a": "r"}}},
        code("mo.md('x')", shown({"text/html": text}), marimo={"config": {"hide_code": True}}),
        code("mo.ui.slider(1, 9)", shown({"text/html": slider})),
    ]  # fmt: skip
    page, pdf = documents(cells, marimo={"marimo_version": "0.9"})
    for found in (page, pdf):
        assert "Ur mo.md" in found
        assert "Rubriken" in found
        assert re.search(r"Formeln .*här", found)
        assert "||" not in found
        assert "[Här stod något som bara visas med JavaScript.]" in found
    assert "k 2" in page
    assert "cell 3 (“mo.ui.slider(1, 9)”)" in caplog.text


def test_jupytext_and_quarto_settings_are_not_text(caplog: pytest.LogCaptureFixture) -> None:
    settings = "---\ntitle: Egen\njupyter:\n  jupytext:\n    formats: ipynb,md\n---"
    cells: list[dict[str, Any]] = [
        {"cell_type": "raw", "source": settings},
        {"cell_type": "markdown", "source": "Text", "metadata": {"lines_to_next_cell": 2}},
        {"cell_type": "raw", "source": "rå text", "metadata": {"raw_mimetype": ""}},
        code("#| label: fig-x\n#| output: false\n1", shown({"text/plain": "osynlig"})),
        code("2", shown({"text/plain": "synlig"}), tags=["active-ipynb"]),
    ]
    for found in documents(cells, jupytext={"formats": "ipynb,py:percent"}):
        assert "Text" in found
        assert "rå text" in found
        assert " synlig" in found
        assert "osynlig" not in found
        assert "formats" not in found
    assert caplog.text == ""


def test_the_title_in_a_files_settings_is_the_documents() -> None:
    settings = {"cell_type": "raw", "source": '---\nauthor: x\ntitle: "Min egen titel"\n---'}
    _, pdf = documents([settings, {"cell_type": "markdown", "source": "Text"}])
    assert "Min egen titel" in pdf  # in the head of the sheet


def test_a_notebook_that_has_not_been_run_says_so(caplog: pytest.LogCaptureFixture) -> None:
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "source": "## Rubrik"},
        {"cell_type": "code", "source": "1 + 1"},
    ]
    for found in documents(cells):
        assert "Anteckningsboken har inte körts, så resultaten saknas." in found
        assert "Rubrik" in found
    assert "The notebook has not been run: none of its 1 code cells has an output." in caplog.text


@pytest.fixture(autouse=True)
def _logger_as_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The warnings' logger, which a library that a test before has loaded may have turned off."""
    logger = logging.getLogger("funding-report")
    monkeypatch.setattr(logger, "disabled", False)
    monkeypatch.setattr(logger, "propagate", True)
