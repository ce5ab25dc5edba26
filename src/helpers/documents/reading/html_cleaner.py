"""Reads HTML as a browser does and keeps what a reader is shown, as a tree of known elements.

Scripts, styles, comments and hidden elements are dropped; an unknown element is replaced by its
content; what cannot be shown is replaced by a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from warnings import catch_warnings, simplefilter

from helpers.documents.content.cell_pictures import picture_at
from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_blocks import as_blocks, as_flow
from helpers.documents.content.content_tree import Element, Node, preformatted, stand_in, text_of
from helpers.documents.reading.beautiful_soup import (
    BeautifulSoup,
    MarkupResemblesLocatorWarning,
    NavigableString,
    PageElement,
    PreformattedString,
    Tag,
)
from helpers.documents.reading.embedded_media import media_stand_in
from helpers.documents.reading.formula_source import formula
from helpers.documents.reading.long_addresses import LongAddresses
from helpers.documents.reading.odd_characters import hide_odd_characters, odd_characters_of
from helpers.documents.reading.table_grid import read_grid

_DROPPED = {
    "base", "button", "col", "colgroup", "datalist", "link", "meta", "param",
    "script", "source", "style", "template", "title", "track", "wbr",
}  # fmt: skip
_AS_MARK = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em",
    "var": "em", "code": "code", "kbd": "code", "samp": "code", "tt": "code", "del": "del",
    "s": "del", "strike": "del", "ins": "u", "u": "u", "sub": "sub", "sup": "sup", "mark": "mark",
}  # fmt: skip
_CONTAINERS = {
    "address", "article", "body", "center", "details", "div", "fieldset", "figcaption", "figure",
    "footer", "form", "header", "html", "legend", "main", "nav", "option", "section", "optgroup",
}  # fmt: skip
_MEDIA = {"audio", "canvas", "embed", "iframe", "object", "video"}
_MAX_ELEMENT_DEPTH = 100  # of elements within elements
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LINK = re.compile(r"\s*(?:https?://|mailto:)\S", re.IGNORECASE)
_FOOTNOTE = re.compile(r"fn(?:ref)?-\d+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CALLOUT_CLASS = re.compile(r"(?:^|\s)(?:alert|admonition|callout)(?:\s|-|$)")
_NOT_FOR_READERS = re.compile(r"(?:^|\s)colab-df-(?:buttons|quickchart\S*|spinner)(?:\s|$)")


def read_content(html: str, source: CellSource, *, is_markdown: bool = False) -> list[Node]:
    """Return the HTML as blocks of known elements; with `is_markdown`, it is what mistune wrote."""
    text, addresses = LongAddresses.taken_from(html)
    text = hide_odd_characters(text)
    with catch_warnings():
        simplefilter("ignore", MarkupResemblesLocatorWarning)  # an output that is a mere address
        # lxml closes cells and paragraphs where a browser does; html.parser nests them instead.
        soup = BeautifulSoup(text, "lxml", multi_valued_attributes=None)
    return as_blocks(_Cleaner(source, addresses, is_markdown).children(soup))


@dataclass(frozen=True)
class _Cleaner:
    """Turns parsed HTML of one cell into the tree."""

    source: CellSource
    addresses: LongAddresses
    is_markdown: bool
    seen: set[str] = field(default_factory=set)
    inside: list[str] = field(default_factory=list)

    def children(self, parent: Tag) -> list[Node]:
        """What an element contains; of elements nested absurdly deep, the texts."""
        if len(self.inside) > _MAX_ELEMENT_DEPTH:
            texts = (text for text in parent.find_all(string=True) if type(text) is NavigableString)
            return [Element("div", [odd_characters_of(str(text))]) for text in texts]
        self.inside.append(parent.name)
        found = [node for child in parent.children for node in self.nodes(child)]
        self.inside.pop()
        return found

    def nodes(self, node: PageElement) -> list[Node]:
        """What an element becomes: nothing, itself, or its content."""
        if not isinstance(node, Tag):
            return [] if isinstance(node, PreformattedString) else [odd_characters_of(str(node))]
        if node.name in _DROPPED or _is_hidden(node):
            return []
        is_blank = not node.get_text(strip=True) and not node.find("img")
        if node.name in _MEDIA or ("-" in node.name and is_blank and node.name not in _READERS):
            return [media_stand_in(node, self.source)]
        reader = _READERS.get(node.name)
        return reader(self, node) if reader is not None else self.children(node)

    def mark(self, node: Tag) -> list[Node]:
        return [Element(_AS_MARK[node.name], self.children(node), self.footnote_id(node))]

    def container(self, node: Tag) -> list[Node]:
        if _CALLOUT_CLASS.search(_attribute(node, "class")):
            return [Element("aside", as_blocks(self.children(node)))]
        return [Element("div", self.children(node))]

    def heading(self, node: Tag) -> list[Node]:
        inner = self.children(node)
        return [Element(node.name if text_of(inner) else "div", inner)]  # PDF/UA: none is empty

    def paragraph(self, node: Tag) -> list[Node]:
        return [Element("div", self.children(node))]

    def link(self, node: Tag) -> list[Node]:
        """A link to the web or a mail address; of others, the address follows the text."""
        inner, address = self.children(node), _attribute(node, "href").strip()
        if _LINK.match(address):
            return [Element("a", inner, {"href": address})]
        if self.is_markdown and _FOOTNOTE.fullmatch(address[1:]):
            kind = {"class": "footnote"} if "footnote" in _attribute(node, "class") else {}
            return [Element("a", inner, {"href": f"#c{self.source.number}-{address[1:]}", **kind})]
        if address.startswith("#"):
            return [Element("a", inner, {"to": address[1:]})]
        if (
            not address
            or text_of(inner) == address
            or re.match(r"[a-z]+script:|data:", address, re.I)
        ):
            return inner
        return [*inner, f" ({address})"]

    def picture(self, node: Tag) -> list[Node]:
        address = self.addresses.original(_attribute(node, "src"))
        alternative = " ".join(_attribute(node, "alt").split())
        return [picture_at(address, alternative, self.source)]

    def footnote_id(self, node: Tag) -> dict[str, str]:
        """The address of a footnote or of the reference to it, with the cell's number."""
        address = _attribute(node, "id")
        if not self.is_markdown or not _FOOTNOTE.fullmatch(address) or address in self.seen:
            return {}
        self.seen.add(address)
        return {"id": f"c{self.source.number}-{address}"}

    def mermaid(self, _: Tag) -> list[Node]:
        """The sentence above a diagram in Mermaid, which is shown as its text."""
        self.source.warn(
            "a Mermaid diagram is shown as its text",
            "Export the diagram as PNG or SVG, and insert the picture.",
        )
        return [stand_in(self.source.loc("Diagrammet visas som text (Mermaid):"))]

    def list_items(self, node: Tag) -> list[Node]:
        name = "ol" if node.name == "ol" else "ul"
        items = [
            Element(
                "li",
                as_flow(self.children(child) if child.name == "li" else self.nodes(child)),
                self.footnote_id(child),
            )
            for child in node.children
            if isinstance(child, Tag) and child.name not in _DROPPED
        ]
        start = re.fullmatch(r"\s*(-?\d{1,9})\s*", _attribute(node, "start"))
        return [Element(name, list(items), {"start": start[1]} if start and name == "ol" else {})]

    def definitions(self, node: Tag) -> list[Node]:
        found: list[Node] = [
            Element(child.name, as_flow(self.children(child)))
            for child in node.find_all(["dt", "dd"])
            if child.find_parent("dl") is node
        ]
        return [Element("dl", found)] if found else self.children(node)

    def quotation(self, node: Tag) -> list[Node]:
        return [Element("blockquote", as_blocks(self.children(node)))]

    def table(self, node: Tag) -> list[Node]:
        return read_grid(node, self.children, self.source.loc)

    def code_block(self, node: Tag) -> list[Node]:
        block = preformatted(odd_characters_of(node.get_text().removeprefix("\n")))
        pictures = [made for img in node("img") for made in self.picture(img)]
        return [block, *pictures] if text_of([block]) else pictures

    def form_field(self, node: Tag) -> list[Node]:
        kind = _attribute(node, "type").lower()
        if kind in ("checkbox", "radio"):
            return ["☑ " if node.has_attr("checked") else "☐ "]
        return [] if kind in ("hidden", "button", "submit") else [_attribute(node, "value")]

    def formula(self, node: Tag) -> list[Node]:
        """A formula of ours, of marimo's, or MathML that contains its LaTeX."""
        latex = node.get_text()
        if node.name == "math":
            written = node.find("annotation", attrs={"encoding": "application/x-tex"})
            latex = written.get_text() if written else _attribute(node, "alttext")
            if not latex:
                return [node.get_text(" ", strip=True)]
        block = _attribute(node, "display") == "block" or latex.startswith("||[")
        latex = re.sub(r"^\|\|[\[(]|\|\|[\])]$", "", latex.strip()).strip()
        return [formula(latex, self.source, is_block=block)]


_Reader = Callable[[_Cleaner, Tag], list[Node]]
_READERS: dict[str, _Reader] = {
    **dict.fromkeys(_AS_MARK, _Cleaner.mark),
    **dict.fromkeys(_CONTAINERS, _Cleaner.container),
    **dict.fromkeys(_HEADINGS, _Cleaner.heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _Cleaner.list_items),
    **dict.fromkeys(("math", "x-formula", "marimo-tex"), _Cleaner.formula),
    **dict.fromkeys(("pre", "textarea", "listing", "xmp"), _Cleaner.code_block),
    "p": _Cleaner.paragraph,
    "summary": lambda cleaner, node: [Element("div", [Element("strong", cleaner.children(node))])],
    "a": _Cleaner.link,
    "img": _Cleaner.picture,
    "dl": _Cleaner.definitions,
    "blockquote": _Cleaner.quotation,
    "q": lambda cleaner, node: ["“", *cleaner.children(node), "”"],
    "table": _Cleaner.table,
    "input": _Cleaner.form_field,
    "x-mermaid": _Cleaner.mermaid,
    "br": lambda *_: [Element("br")],
    "hr": lambda *_: [Element("hr")],
}

# Tags in a text that are read as HTML, unlike a script or a word in pointed brackets.
KNOWN_TAGS = frozenset(
    {*_AS_MARK, *_CONTAINERS, *_MEDIA, *_READERS, "abbr", "big", "dd", "dt", "font", "img", "label",
     "li", "small", "source", "span", "style", "tbody", "td", "tfoot", "th", "thead", "tr",
     "caption", "col", "colgroup", "wbr"}
    - {"x-mermaid", "html", "body"}
)  # fmt: skip


def _is_hidden(node: Tag) -> bool:
    return (
        node.has_attr("hidden")
        or bool(_HIDDEN.search(_attribute(node, "style")))
        or bool(_NOT_FOR_READERS.search(_attribute(node, "class")))
    )


def _attribute(node: Tag, name: str) -> str:
    value: Any = node.get(name, "")
    return value if isinstance(value, str) else " ".join(value)
