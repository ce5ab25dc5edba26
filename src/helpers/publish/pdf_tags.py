"""Says in a PDF's tag tree which cells head the rows of its tables; Typst 0.15 cannot yet.

Source: PDF/UA-1 (ISO 14289-1) 7.5 and ISO 32000-1, table 349: a header cell is a TH whose Scope is
Row or Column.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode


def mark_row_headers(pdf: bytes) -> bytes:
    """The same PDF, in which the first cell of each row of a table's body heads the row.

    The cells' lists of headers, which know of columns only, give way to the scope of the heading
    cells; a caption that Typst left beside its table goes into it. A PDF without a tag tree, or
    without tables, comes back as it was. The same input gives the same bytes.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        tree = document.Root.get(Name.StructTreeRoot)
        tables = list(_elements(tree, Name.Table)) if tree is not None else []
        if not tables:
            return pdf
        for table in tables:
            _mark(table)
            _take_caption(table)
        changed = BytesIO()
        document.save(changed, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return changed.getvalue()


def _mark(table: Dictionary) -> None:
    for cell in [*_elements(table, Name.TH), *_elements(table, Name.TD)]:
        for attributes in _attributes(cell):
            if Name.Headers in attributes:
                del attributes[Name.Headers]
    for body in _elements(table, Name.TBody):
        for row in _elements(body, Name.TR):
            first = next(_kids(row), None)
            if first is not None and first.get(Name.S) == Name.TD:
                _head_row(first)


def _head_row(cell: Dictionary) -> None:
    cell[Name.S] = Name.TH
    scope = Dictionary(O=Name.Table, Scope=Name.Row)
    cell[Name.A] = Array([scope, *(a for a in _attributes(cell) if a.get(Name.O) != Name.Table)])


def _take_caption(table: Dictionary) -> None:
    """Typst wraps some tables once more, and their caption is then the wrapper's neighbour."""
    wrapper = table.P
    around = wrapper.get(Name.P)
    if around is None or [kid.get(Name.S) for kid in _kids(around)] != [Name.Caption, Name.Div]:
        return
    caption = next(_kids(around))
    around.K = Array([wrapper])
    caption.P = table
    table.K.insert(0, caption)


def _elements(node: Object, kind: Name) -> Iterator[Dictionary]:
    """The structure elements of one kind below a node, in reading order."""
    for kid in _kids(node):
        if kid.get(Name.S) == kind:
            yield kid
        yield from _elements(kid, kind)


def _kids(node: Object) -> Iterator[Dictionary]:
    """The structure elements directly below a node; what is marked content is passed over."""
    kids = node.get(Name.K, Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield kid


def _attributes(cell: Dictionary) -> list[Dictionary]:
    given = cell.get(Name.A, Array())
    listed = given if isinstance(given, Array) else [given]
    return [one for one in listed if isinstance(one, Dictionary)]
