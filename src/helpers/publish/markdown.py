"""Markdown cells as HTML and as Typst; what an author writes is text, never code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mistune

from helpers.figures.block import typst
from helpers.publish.pictures import from_address
from helpers.publish.pictures import to_typst as to_picture


@dataclass(frozen=True)
class Heading:
    """A heading to list in the contents."""

    level: int
    text: str
    anchor: str


class _Html(mistune.HTMLRenderer):
    """mistune's HTML, with an anchor on each heading."""

    def __init__(self) -> None:
        super().__init__(escape=True)
        self.headings: list[Heading] = []

    def heading(self, text: str, level: int, **_: Any) -> str:
        plain = mistune.util.striptags(text)
        anchor = anchor_of(plain)
        self.headings.append(Heading(level, mistune.util.unescape(plain), anchor))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'


def to_html(text: str) -> tuple[str, list[Heading]]:
    """The HTML of a markdown text, and its headings in order. Raw HTML in it is shown as text."""
    renderer = _Html()
    html = mistune.create_markdown(renderer=renderer, plugins=["table"])(text)
    return str(html), renderer.headings


def anchor_of(heading: str) -> str:
    """A heading as the end of an address: "Räcker det?" becomes "racker-det"."""
    plain = heading.lower().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "-"


def to_typst(text: str) -> str:
    """The Typst of a markdown text. Every word of it is a string literal."""
    tokens, _ = mistune.create_markdown(renderer="ast", plugins=["table"]).parse(text)
    return "\n\n".join(_typst(token) for token in tokens if isinstance(token, dict))


Token = dict[str, Any]


def _typst(token: Token) -> str:
    """One token of mistune's tree as Typst markup."""
    render = _TYPST_OF.get(token["type"])
    return render(token) if render else _inner(token) or f"#{typst(token.get('raw', ''))};"


def _inner(token: Token) -> str:
    return "".join(_typst(child) for child in token.get("children", []))


def _wrapped(function: str) -> Callable[[Token], str]:
    return lambda token: f"#{function}[{_inner(token)}];"


def _heading(token: Token) -> str:
    return f"#heading(level: {token['attrs']['level']})[{_inner(token)}];"


def _link(token: Token) -> str:
    return f"#link({typst(token['attrs']['url'])})[{_inner(token)}];"


def _list(token: Token) -> str:
    function = "enum" if token["attrs"].get("ordered") else "list"
    return f"#{function}({', '.join(f'[{_inner(item)}]' for item in token['children'])});"


def _table(token: Token) -> str:
    head, *bodies = token["children"]
    heading = ", ".join(f"[{_inner(cell)}]" for cell in head["children"])
    cells = (cell for body in bodies for row in body["children"] for cell in row["children"])
    rest = "".join(f", [{_inner(cell)}]" for cell in cells)
    return f"#table(columns: {len(head['children'])}, table.header({heading}){rest});"


def _raw(token: Token) -> str:
    block = typst(token["type"] == "block_code")
    return f"#raw({typst(token['raw'])}, block: {block});"


def _image(token: Token) -> str:
    """A picture that stands in the text, or else its alternative (see pictures.inlined)."""
    found = from_address(token["attrs"]["url"])
    alternative = _inner(token)
    plain = "".join(child.get("raw", "") for child in token.get("children", []))
    return f"{to_picture(*found, plain or '–')};" if found else alternative


_TYPST_OF: dict[str, Callable[[Token], str]] = {
    "paragraph": _wrapped("par"),
    "strong": _wrapped("strong"),
    "emphasis": _wrapped("emph"),
    "block_quote": _wrapped("quote"),
    "heading": _heading,
    "link": _link,
    "image": _image,
    "list": _list,
    "table": _table,
    "codespan": _raw,
    "block_code": _raw,
    "softbreak": lambda _: " ",
    "blank_line": lambda _: "",
    "linebreak": lambda _: "#linebreak();",
    "thematic_break": lambda _: "#line(length: 100%);",
}
