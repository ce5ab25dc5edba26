"""Hostile text, and what none of the outputs may make of it."""

from __future__ import annotations

import csv
import re
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import openpyxl
import pypdf

CANARY = "CANARY-5f1c77"  # stands in a file beside the project that no text may have read

SCRIPT = "</title></style><script>alert(1)</script><img src=x onerror=alert(2)>"
TYPST = '"]#read("/canary.txt")#image("/canary.txt") $x$ @ref <lbl> *b* _i_ `r` \\ //'
FORMULA = '=HYPERLINK("http://127.0.0.1:9/","x")'
COMMAND = "@SUM(1+1)*cmd|' /C calc'!A0"
MARKDOWN = "[x](javascript:alert(3)) ![y](http://127.0.0.1:9/z.png) <b onclick=alert(4)>&lt;"
TEMPLATE = "{{ 7*7 }}{% raw %} ${7*7} %(x)s {0.__class__}"
CONTROL = "a\u202eb\u2028c\u0085d"
# A file name, too, comes from whoever sent the register.
REGISTER = "=cmd <img src=x onerror=alert(1)> #read(canary.txt).csv"
Run = Callable[..., subprocess.CompletedProcess[str]]
CORPUS = [SCRIPT, TYPST, FORMULA, COMMAND, MARKDOWN, TEMPLATE, CONTROL]


class Page(HTMLParser):
    """What a browser would make of a page: its tags, its policy and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def check_page(path: Path, beside: str = "#") -> Page:
    """Nothing that runs, fetches or sends; links lead within the page, or begin with `beside`."""
    page = Page(path.read_text(encoding="utf-8"))
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "iframe", "object", "embed", "form", "base", "link"}, path.name
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")], (path.name, tag)
        for name in ("src", "href", "xlink:href", "action", "data"):
            place = attributes.get(name) or "#"
            assert place.startswith(("#", "data:image/", "data:font/", beside)), (
                path.name,
                tag,
                place,
            )
    policies = [a["content"] or "" for t, a in page.tags if a.get("http-equiv")]
    assert len(policies) == 1
    rules = dict(rule.strip().partition(" ")[::2] for rule in policies[0].split(";"))
    assert rules["default-src"] == "'none'"  # scripts and connections, too
    assert not [rule for rule in rules if rule.startswith(("script-src", "connect-src"))]
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert not re.search(r"https?:|\*", policies[0])
    return page


def check_pdf(path: Path) -> str:
    """The text of a PDF, blanks and line breaks aside."""
    reader = pypdf.PdfReader(path)
    raw = path.read_bytes()
    for action in (b"/JavaScript", b"/JS ", b"/Launch", b"/URI", b"/EmbeddedFile", b"/SubmitForm"):
        assert action not in raw, (path.name, action)
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))


def check_workbook(path: Path) -> None:
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            assert not [cell.value for cell in row if cell.data_type == "f"], path.name
            assert not [cell for cell in row if cell.hyperlink], path.name


def check_csv(path: Path) -> None:
    text = path.read_text(encoding="utf-8-sig")
    for row in csv.reader(StringIO(text), delimiter=";" if ";" in text.split("\n")[0] else ","):
        assert not [cell for cell in row if re.match(r"\s*[=+@\t\r\n]|\s*-[^0-9]", cell)], row
