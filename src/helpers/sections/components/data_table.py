"""Tables with real headings and aligned numbers, the same on the page and in the PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from helpers.i18n.money_units import NBSP
from helpers.sections.components.block import Block, typst_call

WIDE_TABLE_COLUMNS = 8  # columns, from which a table may be broader than the text
MAX_UNIT_LENGTH = 12  # letters of a heading's unit that stay on one line
LONG_WORD = 32  # characters without a space, from which a word may be broader than its column
_CHUNK = re.compile(r"(?s).{1,8}")
Align = Literal["left", "right"]


@dataclass(frozen=True)
class Column:
    """A column: its heading, how its cells align, and its share of a wide table's width."""

    heading: str
    align: Align = "right"
    width: int | None = None


def table_block(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    total: Sequence[str] | None = None,
) -> Block:
    """Return a table whose first column has row headings; `total` is a separate last row."""
    body = [*rows, total] if total else list(rows)
    typst = typst_call(
        "data-table",
        caption=caption,
        headings=[_keep_unit_together(column.heading) for column in columns],
        aligns=[column.align for column in columns],
        widths=[column.width for column in columns],
        rows=body,
        total=bool(total),
    )
    lines = [" | ".join(row) for row in [[c.heading for c in columns], *body]]
    return Block(_table_html(caption, columns, rows, total), typst, "\n".join([caption, *lines]))


def _keep_unit_together(heading: str) -> str:
    """Return a heading in which the unit, after the last comma, is not broken over lines."""
    text, comma, unit = heading.rpartition(", ")
    if not comma or len(unit) > MAX_UNIT_LENGTH:
        return heading
    return f"{text}, {unit.replace(' ', NBSP)}"


def _table_html(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    total: Sequence[str] | None,
) -> str:
    head = Markup("").join(
        Markup('<th scope="col" class="{}">{}</th>').format(c.align, _keep_unit_together(c.heading))
        for c in columns
    )
    body = Markup("").join(_table_row_html(columns, row, "") for row in rows)
    if total:
        body += _table_row_html(columns, total, "total")
    return Markup(
        '<div class="{}" role="region" aria-label="{}" tabindex="0"><table>'
        "<caption><span>{}</span></caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(
        "wide many" if len(columns) >= WIDE_TABLE_COLUMNS else "wide", caption, caption, head, body
    )


def _table_row_html(columns: Sequence[Column], cells: Sequence[str], kind: str) -> Markup:
    row_heading, *rest = zip(columns, cells, strict=True)
    header = Markup('<th scope="row" class="{}">{}</th>').format(
        row_heading[0].align, _breakable(row_heading[1])
    )
    others = Markup("").join(
        Markup('<td class="{}">{}</td>').format(column.align, _breakable(cell))
        for column, cell in rest
    )
    return Markup('<tr class="{}">{}{}</tr>').format(kind, header, others)


def _breakable(text: str) -> Markup:
    """A text whose words a line may break where they are too long for a column.

    report.typ does the same in the PDF.
    """
    words = [
        Markup("<wbr>").join(_CHUNK.findall(word)) if len(word) >= LONG_WORD else escape(word)
        for word in text.split(" ")
    ]
    return Markup(" ").join(words)


def name_list(label: str, items: Sequence[tuple[str, str]]) -> Block:
    """Return a long list of names, each with one number, in columns."""
    entries = Markup("").join(
        Markup("<li><span>{}</span> <span>{}</span></li>").format(_breakable(name), figure)
        for name, figure in items
    )
    html = Markup(
        '<div><p class="names-label">{}</p><ul class="names" aria-label="{}">{}</ul></div>'
    ).format(label, label, entries)
    typst = typst_call("name-list", label=label, items=[list(item) for item in items])
    return Block(html, typst, "\n".join(f"{name} {figure}" for name, figure in items))
