"""Typst loads no package and no file, and a source that is too long is refused before it is set."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import quote

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.documents.content.content_tree import Element
from helpers.documents.content.content_typst import content_as_typst
from helpers.documents.exporters import BoardPDFExporter
from helpers.documents.page_templates import read_template
from helpers.documents.typst.pdf_compiler import compile_pdf
from helpers.documents.typst.source_limits import check_source
from helpers.documents.typst.typst_source import typst_call, typst_literal
from helpers.errors import NotebookError
from helpers.i18n.localizer import Localizer

DAY = datetime(2026, 3, 1, tzinfo=UTC)
PACKAGE = '#import "@preview/cetz:0.3.1": canvas'
LOADS = {
    PACKAGE: "import",
    '#include "other.typ"': "include",
    '#read("/etc/passwd")': "read",
    '#plugin("x.wasm")': "plugin",
    '#eval("1 + 1")': "eval",
    '#csv("x.csv")': "csv",
    '#"a string with // and a quote \\"" + read("x")': "read",
    '// it is "quoted\n#read("x")': "read",
    '/* " */ #json("x")': "json",
}


@pytest.mark.parametrize("source", LOADS)
def test_a_source_that_loads_something_is_refused(source: str) -> None:
    with pytest.raises(NotebookError, match=f"a call of {LOADS[source]}"):
        compile_pdf(source, DAY)


@pytest.mark.parametrize("text", [*LOADS, 'a "quote', "back\\slash\\", "// import", "/* read"])
def test_the_same_as_a_text_is_text(text: str) -> None:
    check_source(f"#{typst_literal(text)};\n#{typst_literal('and after it')};")


def test_our_template_loads_nothing() -> None:
    check_source(read_template("report.typ"))


class _Proxy(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012 of the one server of a test

    def do_CONNECT(self) -> None:
        self.asked.append(self.path)
        self.send_error(403)


COMPILE = """\
import sys, typst
from datetime import UTC, datetime
from helpers.documents.typst import pdf_compiler
pdf_compiler.check_source = lambda source: None
for compiled in (lambda source: pdf_compiler.compile_pdf(source, datetime(2026, 3, 1, tzinfo=UTC)),
                 lambda source: typst.compile(source.encode())):
    try:
        compiled(sys.argv[1])
    except Exception as error:
        print(type(error).__name__, flush=True)
    sys.stdin.readline()
"""


def test_no_package_is_asked_for_over_the_network() -> None:
    """Not even without the check of the source; Typst by itself asks for it."""
    with HTTPServer(("127.0.0.1", 0), _Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        proxy = f"http://127.0.0.1:{server.server_port}"
        names = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
        with subprocess.Popen(
            [sys.executable, "-c", COMPILE, PACKAGE],
            env={**os.environ, **dict.fromkeys(names, proxy)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            assert process.stdout
            assert process.stdin
            assert process.stdout.readline() == "TypesettingError\n"
            assert _Proxy.asked == []
            process.communicate("\n\n", timeout=120)
        server.shutdown()
    assert _Proxy.asked == ["packages.typst.org:443"]


def table(rows: int) -> str:
    row = "<tr><td>a</td><td>b</td></tr>"
    return f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{row * rows}</tbody></table>"


def test_a_table_of_a_thousand_pages_is_refused_before_it_is_set() -> None:
    output = new_output("display_data", data={"text/html": table(65_000)})
    notebook = new_notebook(cells=[new_code_cell("x", outputs=[output])])
    with pytest.raises(NotebookError, match="more than a thousand pages"):
        BoardPDFExporter().from_notebook_node(notebook)


def test_pictures_do_not_count() -> None:
    check_source(f"#own-picture(data: bytes(({'255, ' * 2_000_000})))")


def test_a_text_of_millions_of_characters_is_refused() -> None:
    check_source(f"#{typst_literal('x' * 4_000_000)};")
    with pytest.raises(NotebookError, match="more than a thousand pages"):
        check_source(f"#{typst_literal('x' * 6_000_000)};")


def drawing(characters: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" id="{"a" * characters}"/>'


def test_drawings_do_not_count() -> None:
    own = Element("img", [], {"src": f"data:image/svg+xml,{quote(drawing(2_000_000))}", "alt": "x"})
    check_source(content_as_typst([own, own, own], Localizer("en")))
    check_source("\n".join([typst_call("chart", svg=drawing(2_000_000), finding="x")] * 3))


@pytest.mark.parametrize("before", ["bytes(", "chart(svg: ", 'bytes("'])
def test_a_text_that_looks_like_a_drawing_counts(before: str) -> None:
    with pytest.raises(NotebookError, match="more than a thousand pages"):
        check_source(f"#{typst_literal(f'{before}{drawing(6_000_000)}')};")
