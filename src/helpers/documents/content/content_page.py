"""Writes the tree of a notebook's content as HTML; every text in it is escaped."""

from __future__ import annotations

import html
from collections.abc import Sequence

from markupsafe import Markup

from helpers.documents.content.content_tree import Element, Grid, Node, is_block, text_of
from helpers.documents.content.formulas import formula_html
from helpers.sections.components.parts.section_html import (
    WIDE_TABLE_COLUMNS,
    breakable_words,
    keep_unit_together,
)

_VOID = {"br": "<br />\n", "hr": "<hr />\n"}
_OPEN_LINE = {"ul", "ol", "blockquote", "dl", "aside"}  # their content begins on a new line
_TAGS = {"aside": "figure", "line": ""}
_KEPT_ATTRIBUTES = ("id", "class", "href", "src", "alt", "start")


def content_as_html(nodes: Sequence[Node]) -> str:
    """Return the nodes as HTML."""
    return "".join(map(_node_as_html, nodes))


def _node_as_html(node: Node) -> str:
    if isinstance(node, str):
        return html.escape(node)
    return _grid_as_html(node) if isinstance(node, Grid) else _element_as_html(node)


def _element_as_html(node: Element) -> str:
    if node.name in _VOID:
        return _VOID[node.name]
    if node.name == "formula":
        return formula_html(node.attributes["latex"], is_block=is_block(node))
    inner = content_as_html(node.children)
    tag = _TAGS.get(node.name, node.name)
    if not tag or (tag == "a" and not {"href", "id"} & node.attributes.keys()):
        return inner
    kept = {name: node.attributes[name] for name in _KEPT_ATTRIBUTES if name in node.attributes}
    if node.name == "aside":
        kept |= {"class": "callout", "role": "note"}
    elif node.name == "p" and kept.get("class") == "callout":
        kept["role"] = "note"
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in kept.items())
    if tag == "img":
        return f"<img{attributes} />"
    start = "\n" if node.name in _OPEN_LINE else ""
    end = "\n" if is_block(node) or node.name in ("li", "dt", "dd") else ""
    return f"<{tag}{attributes}>{start}{inner}</{tag}>{end}"


def _grid_as_html(grid: Grid) -> str:
    columns = grid.columns
    head = Markup("").join(
        Markup('<th scope="col" class="{}">{}</th>').format(c.align, keep_unit_together(c.heading))
        for c in columns
    )
    rows = Markup("\n").join(_row_as_html(grid, row) for row in grid.rows)
    notes = Markup("").join(
        Markup('<p class="note">{}</p>').format(_cell_content(note)) for note in grid.notes
    )
    label = grid.caption or text_of([f"{column.heading} " for column in columns])
    label = label or text_of([node for cell in grid.rows[:1] for node in _spaced(cell)])
    return str(
        Markup(
            '<div class="{}" role="region" aria-label="{}" tabindex="0"><table>'
            "{}{}<tbody>{}</tbody></table>{}</div>\n"
        ).format(
            "wide many" if len(columns) >= WIDE_TABLE_COLUMNS else "wide",
            label,
            Markup("<caption><span>{}</span></caption>").format(grid.caption)
            if grid.caption
            else "",
            Markup("<thead><tr>{}</tr></thead>").format(head) if grid.has_headings else "",
            rows,
            notes,
        )
    )


def _spaced(row: Sequence[Sequence[Node]]) -> list[Node]:
    """The content of a row as running text."""
    return [node for cell in row for node in (*cell, " ")]


def _row_as_html(grid: Grid, row: Sequence[Sequence[Node]]) -> Markup:
    if len(row) < len(grid.columns):
        return Markup(
            '<tr><th scope="rowgroup" colspan="{}" class="left"><strong>{}</strong></th></tr>'
        ).format(len(grid.columns), _cell_content(row[0]))
    first, *others = zip(grid.columns, row, strict=True)
    heading = Markup('<th scope="row" class="{}">{}</th>').format(
        first[0].align, _cell_content(first[1])
    )
    cells = Markup("").join(
        Markup('<td class="{}">{}</td>').format(column.align, _cell_content(cell))
        for column, cell in others
    )
    return Markup('<tr class="">{}{}</tr>').format(heading, cells)


def _cell_content(nodes: Sequence[Node]) -> Markup:
    """The content of a cell, in whose texts a long word may be broken."""
    return Markup("").join(
        breakable_words(" ".join(node.split()) if len(nodes) == 1 else node)
        if isinstance(node, str)
        else Markup(_node_as_html(node))  # noqa: S704 made above, its texts escaped
        for node in nodes
    )
