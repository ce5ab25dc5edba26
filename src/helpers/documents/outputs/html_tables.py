"""Convert the HTML of other libraries' objects, above all pandas' tables, to tables and text."""

from __future__ import annotations

import re
from itertools import pairwise

from helpers.documents.outputs.foreign_html import HtmlCell, HtmlTable, read_html
from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import Block, stack
from helpers.sections.components.parts.section_parts import Column, TablePart
from helpers.sections.components.text import paragraphs

_NUMERIC_CELL = re.compile(
    r"[-−+]?[\d\s\u00a0.,]*\d[\d\s\u00a0.,]*(e[-+]?\d+)?\s*(%|kr)?|nan|none|nat", re.I
)
_MAX_COLUMNS_ON_PAPER = 7  # columns after the first that fit on a page


def html_as_block(html: str, loc: Localizer) -> Block:
    """Return each table of the HTML with real headings, and all other text as paragraphs.

    Scripts, styles, links and pictures are not kept.
    """
    shown = [
        paragraphs(part) if isinstance(part, str) else _table_as_block(part, loc)
        for part in read_html(html)
    ]
    return stack(*shown)


def _table_as_block(table: HtmlTable, loc: Localizer) -> Block:
    """Return a table; several heading rows become one, a wide cell is repeated in each column."""
    if not table.head and len(table.body) > 1 and all(cell.is_heading for cell in table.body[0]):
        table.head.append(table.body.pop(0))
    (head_rows, head_begun), (body_rows, body_begun) = map(_expanded_rows, (table.head, table.body))
    # A column in which no cell begins has no width in a browser: colspan="100%" makes no columns.
    places = sorted(head_begun | body_begun)
    width = len(places)
    if not width:
        return paragraphs(loc("En tabell utan innehåll."))
    head, body = (
        [[row.get(at, "") for at in places] for row in rows] for rows in (head_rows, body_rows)
    )
    columns = list(zip(*head, strict=True)) or [()] * width
    names = [" ".join(dict.fromkeys(filter(None, parts))) for parts in columns]
    if not names[0] and width > 1 and _is_row_count([row[0] for row in body]):
        names, body, width = names[1:], [row[1:] for row in body], width - 1
    names[0] = names[0] or loc("Rad")
    table_columns = [
        Column(name, "right" if at and _all_numbers([row[at] for row in body]) else "left")
        for at, name in enumerate(names)
    ]
    return _split_for_paper(table.caption, table_columns, body, loc)


def _split_for_paper(
    caption: str, columns: list[Column], rows: list[list[str]], loc: Localizer
) -> Block:
    """Return a table; in the PDF, which cannot scroll, a wide one becomes several tables."""
    whole, others = TablePart(caption=caption, columns=columns, rows=rows), len(columns) - 1
    tables = -(-others // _MAX_COLUMNS_ON_PAPER)
    if tables < 2:
        return Block((whole,))
    each = -(-others // tables)
    parts = []
    for number, first in enumerate(range(1, others + 1, each), start=1):
        chosen = [0, *range(first, min(first + each, others + 1))]
        part = loc("del {n} av {all}", n=loc.count(number), all=loc.count(tables))
        named = f"{caption} ({part})" if caption else part
        cells = [[row[at] for at in chosen] for row in rows]
        on_paper = TablePart(caption=named, columns=[columns[at] for at in chosen], rows=cells)
        parts.append(on_paper)
    return Block((whole.model_copy(update={"paper": tuple(parts)}),))


def _expanded_rows(rows: list[list[HtmlCell]]) -> tuple[list[dict[int, str]], set[int]]:
    """Return each row's text by column, spans filled in, and the columns in which cells begin."""
    taken: list[dict[int, str]] = [{} for _ in rows]
    begun = set()
    for line, row in enumerate(rows):
        at = 0
        for cell in row:
            while at in taken[line]:
                at += 1
            begun.add(at)
            for below in taken[line : line + cell.rowspan]:
                below.update(dict.fromkeys(range(at, at + cell.colspan), cell.text))
            at += cell.colspan
    return taken, begun


def _is_row_count(index: list[str]) -> bool:
    """Return whether a nameless first column is pandas' row number: 0, 1, 2 …, also truncated."""
    shown = [cell for cell in index if cell not in ("...", "…")]
    if not all(cell.isdecimal() for cell in shown) or not shown or shown[0] != "0":
        return False
    cut = len(shown) < len(index)
    steps = [int(b) - int(a) for a, b in pairwise(shown)]
    return all(step == 1 for step in steps) or (cut and sum(step != 1 for step in steps) == 1)


def _all_numbers(cells: list[str]) -> bool:
    shown = [cell for cell in cells if cell not in ("", "...", "…")]
    return bool(shown) and all(_NUMERIC_CELL.fullmatch(cell) for cell in shown)
