"""Mends a PDF's tag tree where Typst 0.15 cannot say what a table or a list is.

Source: PDF/UA-1 (ISO 14289-1) 7.5 and ISO 32000-1, tables 336 and 349: a header cell is a TH whose
Scope is Row or Column; a table's or a list's caption is its own first element.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode

# Elements that may stand around a table or a list; nothing is looked for in any other.
_AROUND = frozenset({"/Document", "/Part", "/Sect", "/Div", "/BlockQuote"})


def mend_tags(pdf: bytes) -> bytes:
    """The same PDF, with a tag tree that says what its tables and its lists of names are.

    The first cell of each row of a table's body heads the row, and a caption that Typst left beside
    its table goes into it. A list that was set as several lists side by side under one caption is
    one list. The cells' lists of headers, which know of columns only, give way to the scope of the
    heading cells. A PDF with nothing to mend comes back as it was; the same input gives the same
    bytes, and metadata and dates stay as they are.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        tree = document.Root.get(Name.StructTreeRoot)
        if tree is None or not _mend(tree):
            return pdf
        mended = BytesIO()
        document.save(
            mended,
            deterministic_id=True,
            fix_metadata_version=False,  # or pikepdf writes the metadata anew
            object_stream_mode=ObjectStreamMode.generate,
        )
        return mended.getvalue()


def _mend(node: Object) -> bool:
    """Mend all tables and lists below a node; whether there were any to mend."""
    mended = False
    for kid in _kids(node):
        if _kind(kid) == "/Table":
            mended |= _mend_table(kid)
        elif _kind(kid) == "/Div" and _is_split_list(kid):
            _join_lists(kid)
            mended = True
        elif _kind(kid) in _AROUND:
            mended |= _mend(kid)
    return mended


def _mend_table(table: Dictionary) -> bool:
    mended = _take_caption(table)
    for part in _kids(table):
        for row in _kids(part):
            for number, cell in enumerate(_kids(row)):
                for attributes in _attributes(cell):
                    if Name.Headers in attributes:
                        del attributes[Name.Headers]
                        mended = True
                if number == 0 and _kind(part) == "/TBody" and _kind(cell) == "/TD":
                    _head_row(cell)
                    mended = True
    return mended


def _head_row(cell: Dictionary) -> None:
    cell.S = Name.TH
    scope = Dictionary(O=Name.Table, Scope=Name.Row)
    cell.A = Array([scope, *(a for a in _attributes(cell) if a.get(Name.O) != Name.Table)])


def _take_caption(table: Dictionary) -> bool:
    """Typst wraps some tables once more, and their caption is then the wrapper's neighbour."""
    wrapper = table.P
    around = wrapper.get(Name.P)
    if around is None or [_kind(kid) for kid in _kids(around)] != ["/Caption", "/Div"]:
        return False
    caption = next(_kids(around))
    around.K = Array([wrapper])
    caption.P = table
    table.K.insert(0, caption)
    return True


def _is_split_list(node: Dictionary) -> bool:
    """Whether a caption and nothing but lists stand in it, as `name-list` of report.typ makes."""
    first, *others = [*_kids(node)] or [node]
    return _kind(first) == "/Caption" and bool(others) and all(map(_holds_only_lists, others))


def _holds_only_lists(node: Dictionary) -> bool:
    if _kind(node) == "/Div":
        inside = list(_kids(node))
        return bool(inside) and all(map(_holds_only_lists, inside))
    return _kind(node) == "/L"


def _join_lists(node: Dictionary) -> None:
    """Make one list of the lists in an element, in reading order, after its caption."""
    caption, *others = _kids(node)
    items = [item for part in others for item in _items(part)]
    for item in items:
        item.P = node
        label = next(_kids(item), None)
        if label is not None and _kind(label) == "/Lbl" and not list(label.get(Name.K, [])):
            del item.K[0]  # no sign stands before the names
    node.S = Name.L
    node.A = Array([Dictionary(O=Name.List, ListNumbering=Name("/None"))])
    node.K = Array([caption, *items])


def _items(node: Dictionary) -> Iterator[Dictionary]:
    for kid in _kids(node):
        if _kind(kid) == "/LI":
            yield kid
        else:
            yield from _items(kid)


def _kids(node: Object) -> Iterator[Dictionary]:
    """The structure elements directly below a node; what is marked content is passed over."""
    kids = node.get(Name.K, Array())
    for kid in list(kids) if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield kid


def _kind(node: Dictionary) -> str:
    return str(node.S)


def _attributes(cell: Dictionary) -> list[Dictionary]:
    given = cell.get(Name.A, Array())
    listed = given if isinstance(given, Array) else [given]
    return [one for one in listed if isinstance(one, Dictionary)]
