"""The content of a foreign notebook as a tree of known elements, the source of both documents.

Text cells and outputs become this tree. The page and the PDF are written from it and from nothing
else, so both show the same, and no markup of a notebook reaches a document unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from helpers.sections.components.parts.section_parts import Column


@dataclass
class Element:
    """An element by its HTML name, with the few attributes that are kept.

    Three names are not HTML's: `line` is running text within a list item or a cell, `formula` has
    its LaTeX in the attribute `latex`, and `aside` is a callout.
    """

    name: str
    children: list[Node] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Grid:
    """A table without spans: a heading and an alignment for each column, and rows of cells.

    A row with one cell where there are more columns reaches over all of them. `notes` are below it.
    """

    columns: list[Column]
    rows: list[list[list[Node]]]
    caption: str = ""
    notes: list[list[Node]] = field(default_factory=list)

    @property
    def has_headings(self) -> bool:
        """Whether the table has a heading row."""
        return any(column.heading for column in self.columns)


Node = Element | Grid | str

BLOCK_NAMES = frozenset(
    {
        "aside", "blockquote", "div", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "line", "ol", "p", "pre", "ul",
    }
)  # fmt: skip


def is_block(node: Node) -> bool:
    """Whether a node begins a new line, unlike a piece of running text."""
    if isinstance(node, Element):
        return node.name in BLOCK_NAMES or node.attributes.get("display") == "block"
    return isinstance(node, Grid)


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield all nodes in the order of reading."""
    for node in nodes:
        yield node
        if isinstance(node, Element):
            yield from walk(node.children)
        elif isinstance(node, Grid):
            for cell in (cell for row in node.rows for cell in row):
                yield from walk(cell)
            for note in node.notes:
                yield from walk(note)


def text_of(nodes: Sequence[Node]) -> str:
    """The text of nodes with single spaces, blocks kept apart."""
    return " ".join(_text(nodes).split())


def _text(nodes: Sequence[Node]) -> str:
    texts = []
    for node in nodes:
        if isinstance(node, str):
            texts.append(node)
        elif isinstance(node, Grid):
            headings = " ".join(column.heading for column in node.columns)
            cells = " ".join(_text(cell) for row in node.rows for cell in row)
            notes = " ".join(map(_text, node.notes))
            texts.append(f" {node.caption} {headings} {cells} {notes} ")
        elif node.name == "img":
            texts.append(node.attributes.get("alt", ""))
        elif node.name == "formula":
            texts.append(node.attributes["latex"])
        elif node.name == "br":
            texts.append(" ")
        else:
            inner = _text(node.children)
            texts.append(
                f" {inner} " if is_block(node) or node.name in ("li", "dt", "dd") else inner
            )
    return "".join(texts)


def stand_in(text: str) -> Element:
    """The sentence in a document in place of what it cannot show."""
    return Element("p", [text], {"class": "callout"})


def preformatted(text: str) -> Element:
    """Text whose lines and spaces stay as they are."""
    return Element("pre", [text])
