"""Parse the HTML of other libraries' objects as a browser does: texts and tables in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby
from warnings import catch_warnings, simplefilter

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from bs4.element import PageElement, PreformattedString, Tag

_SKIPPED_TAGS = ("style", "script", "head", "title", "template")
# Tags that a browser shows on separate lines.
_BLOCK_TAGS = {
    "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
# The largest spans of the HTML standard, "Attributes common to td and th elements".
_MAX_COLSPAN, _MAX_ROWSPAN = 1000, 65534


@dataclass(frozen=True)
class HtmlCell:
    """A cell of a table, with the number of columns and rows that it spans."""

    is_heading: bool
    colspan: int
    rowspan: int
    text: str


@dataclass
class HtmlTable:
    """A parsed table: its heading rows, its other rows and its caption."""

    head: list[list[HtmlCell]] = field(default_factory=list)
    body: list[list[HtmlCell]] = field(default_factory=list)
    caption: str = ""


def read_html(html: str) -> Iterator[str | HtmlTable]:
    """Yield each paragraph and each table; a table within a table is text of its cell.

    Text in a table outside its cells, which HTML does not allow, follows the table.
    """
    soup = _parse_html(html)
    outermost = [table for table in soup("table") if not table.find_parent("table")]
    tables = {id(table): _take_table(table) for table in outermost}
    for block, run in groupby(_visible_nodes(soup), key=lambda node: id(_nearest_block(node))):
        if block in tables:
            yield tables.pop(block)
        yield from _joined_text(run)


def _parse_html(html: str) -> BeautifulSoup:
    # A lone half of a surrogate pair is not text and could not be written to a file.
    text = html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    with catch_warnings():
        simplefilter("ignore", MarkupResemblesLocatorWarning)  # an output that is a mere address
        # lxml closes cells and paragraphs where a browser does; html.parser nests them instead.
        soup = BeautifulSoup(text, "lxml")
    for skipped in soup(_SKIPPED_TAGS):
        skipped.decompose()
    return soup


def _visible_nodes(root: Tag) -> Iterator[PageElement]:
    """Yield texts, and the tags that begin a new line, in document order."""
    for node in root.descendants:
        if isinstance(node, Tag):
            if node.name in _BLOCK_TAGS:
                yield node
        elif not isinstance(node, PreformattedString):  # a comment or a declaration
            yield node


def _nearest_block(node: PageElement) -> Tag | None:
    """Return the closest enclosing tag that begins a new line, or the node itself."""
    around = (tag for tag in chain([node], node.parents) if isinstance(tag, Tag))
    return next((tag for tag in around if tag.name in _BLOCK_TAGS), None)


def _joined_text(nodes: Iterable[PageElement]) -> list[str]:
    """Return the text of the nodes with single spaces; [] if there are only spaces."""
    text = " ".join("".join(node for node in nodes if isinstance(node, str)).split())
    return [text] if text else []


def _take_table(table: Tag) -> HtmlTable:
    """Parse a table, and remove its rows and its caption from the document."""
    taken = HtmlTable()
    for part in [table, *table(["thead", "tbody", "tfoot", "tr", "caption"])]:
        if part is not table and part.find_parent("table") is not table:
            continue  # of a table within a cell
        if part.name == "caption":
            taken.caption = _cell_text(part)
        elif (cells := part(["td", "th"], recursive=False)) or part.name == "tr":
            in_head = "thead" in (part.name, part.parent and part.parent.name)
            (taken.head if in_head else taken.body).append([_read_cell(cell) for cell in cells])
    for cell in table(["td", "th", "caption"]):
        cell.extract()
    return taken


def _read_cell(cell: Tag) -> HtmlCell:
    colspan = _span(cell, "colspan", _MAX_COLSPAN) or 1
    rowspan = _span(cell, "rowspan", _MAX_ROWSPAN) or _MAX_ROWSPAN  # 0: to the last row
    return HtmlCell(cell.name == "th", colspan, rowspan, _cell_text(cell))


def _cell_text(cell: Tag) -> str:
    """Return the text of a cell or caption, with a space between its blocks."""
    runs = groupby(_visible_nodes(cell), key=lambda node: id(_nearest_block(node)))
    return " ".join(text for _, run in runs for text in _joined_text(run))


def _span(cell: Tag, name: str, most: int) -> int:
    """Return the number of columns or rows of a cell: the attribute's leading digits, or 1."""
    digits = re.match(r"\s*\+?([0-9]{1,9})", str(cell.get(name, "")))
    return min(int(digits[1]), most) if digits else 1
