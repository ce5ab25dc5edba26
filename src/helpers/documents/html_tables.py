"""HTML that others' objects show, pandas' tables above all, as tables and text of our own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.text import paragraphs

_NUMERIC_CELL = re.compile(
    r"[-−+]?[\d\s\u00a0.,]*\d[\d\s\u00a0.,]*(e[-+]?\d+)?\s*(%|kr)?|nan|none|nat", re.I
)
_MAX_COLUMNS_ON_PAPER = 7  # columns after the first that fit on a page
_SKIPPED_TAGS = ("style", "script", "head", "title", "template")
_BLOCK_TAGS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "tr", "ul", "ol", "pre")


@dataclass
class _HtmlCell:
    heads: bool
    across: int
    down: int
    text: str = ""


@dataclass
class _HtmlTable:
    """A table as it is read: its heading rows, its other rows and its caption."""

    head: list[list[_HtmlCell]] = field(default_factory=list)
    body: list[list[_HtmlCell]] = field(default_factory=list)
    caption: str = ""


def html_as_block(html: str, loc: Localizer) -> Block:
    """What the HTML shows: each table as a real one with headings, all other text as paragraphs.

    Nothing else of it is kept: no script, style, link or picture.
    """
    reader = _HtmlReader()
    reader.feed(html)
    reader.close()
    reader.end_text()
    shown = [
        paragraphs(part) if isinstance(part, str) else _table_as_block(part, loc)
        for part in reader.parts
    ]
    return stack(*shown)


class _HtmlReader(HTMLParser):
    """Reads HTML as texts and tables, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str | _HtmlTable] = []
        self._text = ""
        self._table: _HtmlTable | None = None
        self._in: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in (*_SKIPPED_TAGS, "thead", "caption"):
            self._in.append(tag)
        if tag in _BLOCK_TAGS and self._table is None:
            self.end_text()
        if tag == "table" and self._table is None:
            self.end_text()
            self._table = _HtmlTable()
            self.parts.append(self._table)
        elif self._table and tag == "tr":
            self._rows(self._table).append([])
        elif self._table and tag in ("td", "th"):
            attributes = dict(attrs)
            cell = _HtmlCell(
                tag == "th",
                _cell_span(attributes.get("colspan")),
                _cell_span(attributes.get("rowspan")),
            )
            rows = self._rows(self._table)
            if not rows:
                rows.append([])
            rows[-1].append(cell)
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._in:
            del self._in[len(self._in) - 1 - self._in[::-1].index(tag) :]
        if tag == "table":
            self._table = None
        elif tag in _BLOCK_TAGS and self._table is None:
            self.end_text()

    def handle_data(self, data: str) -> None:
        if any(tag in _SKIPPED_TAGS for tag in self._in):
            return
        if self._table is None:
            self._text += data
        elif "caption" in self._in:
            self._table.caption += data
        elif rows := [row for row in self._rows(self._table) if row]:
            rows[-1][-1].text += data

    def end_text(self) -> None:
        """Make a separate paragraph of the text since the last break."""
        if text := " ".join(self._text.split()):
            self.parts.append(text)
        self._text = ""

    def _rows(self, table: _HtmlTable) -> list[list[_HtmlCell]]:
        return table.head if "thead" in self._in else table.body


def _cell_span(value: str | None) -> int:
    """How many columns or rows a cell takes; 1 for an invalid number."""
    return min(max(int(value), 1), 100) if value and value.isdecimal() else 1


def _table_as_block(table: _HtmlTable, loc: Localizer) -> Block:
    """A table of ours; several heading rows are said in one, a cell of many columns in each."""
    if not table.head and len(table.body) > 1 and all(cell.heads for cell in table.body[0]):
        table.head.append(table.body.pop(0))
    head, body = _expanded_rows(table.head), _expanded_rows(table.body)
    width = max((len(row) for row in [*head, *body]), default=0)
    if not width:
        return paragraphs(loc("En tabell utan innehåll."))
    head, body = ([row + [""] * (width - len(row)) for row in rows] for rows in (head, body))
    columns = list(zip(*head, strict=True)) or [()] * width
    names = [" ".join(dict.fromkeys(filter(None, parts))) for parts in columns]
    if not names[0] and width > 1 and _is_row_count([row[0] for row in body]):
        names, body, width = names[1:], [row[1:] for row in body], width - 1
    names[0] = names[0] or loc("Rad")
    table_columns = [
        Column(name, "right" if at and _all_numbers([row[at] for row in body]) else "left")
        for at, name in enumerate(names)
    ]
    return _split_for_paper(" ".join(table.caption.split()), table_columns, body, loc)


def _split_for_paper(
    caption: str, columns: list[Column], rows: list[list[str]], loc: Localizer
) -> Block:
    """A table; on paper, where it cannot scroll, one of many columns becomes several below it."""
    whole, others = table_block(caption, columns, rows), len(columns) - 1
    tables = -(-others // _MAX_COLUMNS_ON_PAPER)
    if tables < 2:
        return whole
    each = -(-others // tables)
    parts = []
    for number, first in enumerate(range(1, others + 1, each), start=1):
        chosen = [0, *range(first, min(first + each, others + 1))]
        part = loc("del {n} av {all}", n=loc.count(number), all=loc.count(tables))
        named = f"{caption} ({part})" if caption else part
        cells = [[row[at] for at in chosen] for row in rows]
        parts.append(table_block(named, [columns[at] for at in chosen], cells))
    return Block(whole.html, stack(*parts).typst, whole.plain)


def _expanded_rows(rows: list[list[_HtmlCell]]) -> list[list[str]]:
    """The rows with what a cell of several columns or rows holds in each place that it takes."""
    taken: list[dict[int, str]] = [{} for _ in rows]
    for line, row in enumerate(rows):
        at = 0
        for cell in row:
            while at in taken[line]:
                at += 1
            text = " ".join(cell.text.split())
            for below in taken[line : line + cell.down]:
                below.update(dict.fromkeys(range(at, at + cell.across), text))
            at += cell.across
    return [[line.get(at, "") for at in range(max(line, default=-1) + 1)] for line in taken]


def _is_row_count(index: list[str]) -> bool:
    """Whether a nameless first column is pandas' count of the rows: 0, 1, 2 …, maybe cut short."""
    shown = [cell for cell in index if cell not in ("...", "…")]
    if not all(cell.isdecimal() for cell in shown) or not shown or shown[0] != "0":
        return False
    cut = len(shown) < len(index)
    steps = [int(b) - int(a) for a, b in pairwise(shown)]
    return all(step == 1 for step in steps) or (cut and sum(step != 1 for step in steps) == 1)


def _all_numbers(cells: list[str]) -> bool:
    shown = [cell for cell in cells if cell not in ("", "...", "…")]
    return bool(shown) and all(_NUMERIC_CELL.fullmatch(cell) for cell in shown)
