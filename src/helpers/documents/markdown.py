"""Convert markdown cells to HTML and Typst; an author's text is never run as code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mistune

from helpers.documents.outputs.images import parse_data_url
from helpers.documents.typst.section_typst import picture_as_typst
from helpers.documents.typst.typst_source import typst_literal

_LINKED = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """A heading for the table of contents."""

    level: int
    text: str
    anchor: str


class _AnchoredHtml(mistune.HTMLRenderer):
    """mistune's HTML renderer, with an anchor on each heading."""

    def __init__(self) -> None:
        super().__init__(escape=True)
        self.headings: list[Heading] = []

    def heading(self, text: str, level: int, **_: Any) -> str:
        plain = mistune.util.striptags(text)
        anchor = heading_anchor(plain)
        self.headings.append(Heading(level, mistune.util.unescape(plain), anchor))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'


def markdown_to_html(text: str) -> tuple[str, list[Heading]]:
    """Return the HTML of a markdown text, and its headings; raw HTML in it is shown as text."""
    renderer = _AnchoredHtml()
    html = mistune.create_markdown(renderer=renderer, plugins=["table"])(text)
    return str(html), renderer.headings


def heading_anchor(heading: str) -> str:
    """Return a heading as the fragment of a URL: "Räcker det?" becomes "racker-det"."""
    plain = heading.lower().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "-"


def markdown_to_typst(text: str) -> str:
    """Return the Typst of a markdown text; every word is a string literal."""
    tokens, _ = mistune.create_markdown(renderer="ast", plugins=["table"]).parse(text)
    return "\n\n".join(_token_to_typst(token) for token in tokens if isinstance(token, dict))


MarkdownToken = dict[str, Any]


def _token_to_typst(token: MarkdownToken) -> str:
    """Return one token of mistune's tree as Typst markup."""
    render = _TOKEN_RENDERERS.get(token["type"])
    return (
        render(token)
        if render
        else _children_to_typst(token) or f"#{typst_literal(token.get('raw', ''))};"
    )


def _children_to_typst(token: MarkdownToken) -> str:
    return "".join(_token_to_typst(child) for child in token.get("children", []))


def _wrap_in_call(function: str) -> Callable[[MarkdownToken], str]:
    return lambda token: f"#{function}[{_children_to_typst(token)}];"


def _heading_to_typst(token: MarkdownToken) -> str:
    return f"#heading(level: {token['attrs']['level']})[{_children_to_typst(token)}];"


def _link_to_typst(token: MarkdownToken) -> str:
    """A link to the web or to a mail address; the text alone of any other, such as javascript:."""
    url, text = token["attrs"]["url"], _children_to_typst(token)
    return f"#link({typst_literal(url)})[{text}];" if _LINKED.match(url) else text


def _list_to_typst(token: MarkdownToken) -> str:
    function = "enum" if token["attrs"].get("ordered") else "list"
    return (
        f"#{function}({', '.join(f'[{_children_to_typst(item)}]' for item in token['children'])});"
    )


def _table_to_typst(token: MarkdownToken) -> str:
    head, *bodies = token["children"]
    heading = ", ".join(f"[{_children_to_typst(cell)}]" for cell in head["children"])
    cells = (cell for body in bodies for row in body["children"] for cell in row["children"])
    rest = "".join(f", [{_children_to_typst(cell)}]" for cell in cells)
    return f"#table(columns: {len(head['children'])}, table.header({heading}){rest});"


def _code_to_typst(token: MarkdownToken) -> str:
    block = typst_literal(token["type"] == "block_code")
    return f"#raw({typst_literal(token['raw'])}, block: {block});"


def _image_token_to_typst(token: MarkdownToken) -> str:
    """Return an embedded picture, or its text alternative (see images.embed_images)."""
    found = parse_data_url(token["attrs"]["url"])
    alternative = _children_to_typst(token)
    plain = "".join(child.get("raw", "") for child in token.get("children", []))
    return f"{picture_as_typst(*found, plain or '–')};" if found else alternative


_TOKEN_RENDERERS: dict[str, Callable[[MarkdownToken], str]] = {
    "paragraph": _wrap_in_call("par"),
    "strong": _wrap_in_call("strong"),
    "emphasis": _wrap_in_call("emph"),
    "block_quote": _wrap_in_call("quote"),
    "heading": _heading_to_typst,
    "link": _link_to_typst,
    "image": _image_token_to_typst,
    "list": _list_to_typst,
    "table": _table_to_typst,
    "codespan": _code_to_typst,
    "block_code": _code_to_typst,
    "softbreak": lambda _: " ",
    "blank_line": lambda _: "",
    "linebreak": lambda _: "#linebreak();",
    "thematic_break": lambda _: "#line(length: 100%);",
}
