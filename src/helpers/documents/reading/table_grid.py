"""Reads an HTML table into a grid without spans: one heading row, a cell in each column.

The spans are those of the HTML standard, "forming a table".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from helpers.documents.content.content_blocks import as_flow
from helpers.documents.content.content_tree import Element, Grid, Node, text_of
from helpers.documents.reading.beautiful_soup import Tag
from helpers.i18n.localizer import Localizer
from helpers.sections.components.parts.section_parts import Column

_NUMERIC_CELL = re.compile(
    r"[-−+]?[\d\s\u00a0.,]*\d[\d\s\u00a0.,]*(e[-+]?\d+)?\s*(%|kr)?|nan|none|nat", re.I
)
_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)|;right$", re.IGNORECASE)
# The largest spans of the HTML standard, "Attributes common to td and th elements".
_MAX_COLSPAN, _MAX_ROWSPAN = 1000, 65534
ReadChildren = Callable[[Tag], list[Node]]


@dataclass(frozen=True)
class _Cell:
    is_heading: bool
    colspan: int
    rowspan: int
    content: list[Node]
    is_right: bool = False


@dataclass
class _Rows:
    head: list[list[_Cell]] = field(default_factory=list)
    body: list[list[_Cell]] = field(default_factory=list)
    foot: list[list[_Cell]] = field(default_factory=list)
    caption: list[str] = field(default_factory=list)
    outside: list[Node] = field(default_factory=list)


def read_grid(table: Tag, read: ReadChildren, loc: Localizer) -> list[Node]:
    """Return a table as a grid, and after it its text outside its cells."""
    rows = _read_rows(table, read)
    if not rows.head and len(rows.body) > 1 and all(cell.is_heading for cell in rows.body[0]):
        rows.head.append(rows.body.pop(0))
    while len(rows.head) > 1 and _is_title(rows.head[0]):
        rows.caption.append(text_of(rows.head.pop(0)[0].content))
    notes = []
    while rows.foot and len(rows.foot[0]) == 1:  # a source or a footnote over all columns
        notes.append(rows.foot.pop(0)[0].content)
    return [_grid(rows, notes, loc), *rows.outside]


def _grid(rows: _Rows, notes: list[list[Node]], loc: Localizer) -> Node:
    (head_rows, head_begun), (body_rows, body_begun) = (
        _expanded(rows.head),
        _expanded([*rows.body, *rows.foot]),
    )
    # A column in which no cell begins has no width in a browser: colspan="100%" makes no columns.
    places = sorted({*head_begun, *body_begun})
    if not places:
        return Element("p", [loc("En tabell utan innehåll.")])
    head = [[text_of(row.get(at, [])) for at in places] for row in head_rows]
    body = [
        [row.get(at, []) for at in (places[:1] if _is_wide(cells, len(places)) else places)]
        for cells, row in zip([*rows.body, *rows.foot], body_rows, strict=True)
    ]
    columns = list(zip(*head, strict=True)) or [()] * len(places)
    names = [" ".join(dict.fromkeys(filter(None, parts))) for parts in columns]
    if any(names):
        names[0] = names[0] or loc("Rad")
    rights = [body_begun.get(at, False) for at in places]
    whole = [row for row in body if len(row) == len(places)]
    aligned = [
        Column(
            name, "right" if at and (rights[at] or _all_numbers([r[at] for r in whole])) else "left"
        )
        for at, name in enumerate(names)
    ]
    return Grid(aligned, body, " – ".join(filter(None, rows.caption)), notes)


def _is_title(row: Sequence[_Cell]) -> bool:
    return len(row) == 1 and row[0].colspan > 1


def _is_wide(cells: Sequence[_Cell], width: int) -> bool:
    return width > 1 and len(cells) == 1 and cells[0].colspan >= width and cells[0].rowspan == 1


def _read_rows(table: Tag, read: ReadChildren) -> _Rows:
    """Read the rows, and remove them from the table."""
    found = _Rows()
    for part in [table, *table(["thead", "tbody", "tfoot", "tr", "caption"])]:
        if part is not table and part.find_parent("table") is not table:
            continue  # of a table within a cell
        if part.name == "caption":
            found.caption.append(text_of(read(part)))
        elif (cells := part(["td", "th"], recursive=False)) or part.name == "tr":
            around = {part.name, part.parent.name if part.parent else ""}
            rows = (
                found.head if "thead" in around else found.foot if "tfoot" in around else found.body
            )
            rows.append([_read_cell(cell, read) for cell in cells])
    for cell in table(["td", "th", "caption"]):
        cell.extract()
    found.outside = read(table)
    return found


def _read_cell(cell: Tag, read: ReadChildren) -> _Cell:
    colspan = _span(cell, "colspan", _MAX_COLSPAN) or 1
    rowspan = _span(cell, "rowspan", _MAX_ROWSPAN) or _MAX_ROWSPAN  # 0: to the last row
    is_right = bool(_RIGHT.search(f"{cell.get('style', '')};{cell.get('align', '')}"))
    return _Cell(
        cell.name == "th", colspan, rowspan, as_flow(_inner_tables_as_lines(read(cell))), is_right
    )


def _inner_tables_as_lines(nodes: Sequence[Node]) -> list[Node]:
    """A table within a cell as a line a row, its cells divided by a bar."""
    shown: list[Node] = []
    for node in nodes:
        if isinstance(node, Element):
            node.children = _inner_tables_as_lines(node.children)
        if not isinstance(node, Grid):
            shown.append(node)
            continue
        headings: list[list[Node]] = [[column.heading] for column in node.columns]
        rows = [headings, *node.rows] if node.has_headings else node.rows
        shown.extend(Element("div", _joined(row)) for row in rows)
    return shown


def _joined(row: Sequence[Sequence[Node]]) -> list[Node]:
    line: list[Node] = []
    for number, cell in enumerate(row):
        line += [" | ", *cell] if number else [*cell]
    return line


def _span(cell: Tag, name: str, most: int) -> int:
    """Return the number of columns or rows of a cell: the attribute's leading digits, or 1."""
    digits = re.match(r"\s*\+?([0-9]{1,9})", str(cell.get(name, "")))
    return min(int(digits[1]), most) if digits else 1


def _expanded(rows: list[list[_Cell]]) -> tuple[list[dict[int, list[Node]]], dict[int, bool]]:
    """Return each row's content by column, spans filled in, and the columns where cells begin.

    Of these, whether the table's maker has put all their cells to the right.
    """
    taken: list[dict[int, list[Node]]] = [{} for _ in rows]
    begun: dict[int, bool] = {}
    for line, row in enumerate(rows):
        at = 0
        for cell in row:
            while at in taken[line]:
                at += 1
            begun[at] = begun.get(at, True) and cell.is_right
            for below in taken[line : line + cell.rowspan]:
                below.update(dict.fromkeys(range(at, at + cell.colspan), cell.content))
            at += cell.colspan
    return taken, begun


def _all_numbers(cells: Sequence[Sequence[Node]]) -> bool:
    shown = [text for text in map(text_of, cells) if text not in ("", "...", "…")]
    return bool(shown) and all(map(_NUMERIC_CELL.fullmatch, shown))
