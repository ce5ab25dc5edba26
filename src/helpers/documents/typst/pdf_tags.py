"""Repair a PDF's tag tree where Typst 0.15 cannot express what a table or a list is.

Source: PDF/UA-1 (ISO 14289-1) 7.5 and ISO 32000-1, tables 336 and 349: a header cell is a TH whose
Scope is Row or Column; the caption of a table, a list or a figure is its own first element.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode

# Elements that may contain a table or a list; others are not searched.
_CONTAINER_TAGS = frozenset({"/Document", "/Part", "/Sect", "/Div", "/BlockQuote"})


def repair_tags(pdf: bytes) -> bytes:
    """Return the same PDF with a correct tag tree for its tables and its lists of names.

    The first cell of each row of a table's body becomes a row heading, and a caption that Typst
    placed next to its table or drawing is moved into it. A list that was set as several columns
    under one caption becomes one list. The scope of the heading cells replaces the cells' lists
    of headers, which name columns only. A PDF that needs no repair is returned unchanged. The
    same input gives the same bytes; metadata and dates are kept.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        tree = document.Root.get(Name.StructTreeRoot)
        if tree is None or not _repair_below(tree):
            return pdf
        repaired = BytesIO()
        document.save(
            repaired,
            deterministic_id=True,
            fix_metadata_version=False,  # or pikepdf writes the metadata again
            object_stream_mode=ObjectStreamMode.generate,
        )
        return repaired.getvalue()


def _repair_below(node: Object) -> bool:
    """Repair all tables and lists below a node; return whether there were any."""
    repaired = False
    for child in _child_elements(node):
        if _element_type(child) == "/Table":
            repaired |= _repair_table(child)
        elif _element_type(child) == "/Div" and _is_split_list(child):
            _join_lists(child)
            repaired = True
        elif _element_type(child) == "/Div" and (drawing := _captioned_drawing(child)) is not None:
            _move_caption_into_drawing(child, drawing)
            repaired = True
        elif _element_type(child) in _CONTAINER_TAGS:
            repaired |= _repair_below(child)
    return repaired


def _repair_table(table: Dictionary) -> bool:
    repaired = _move_caption_into_table(table)
    for part in _child_elements(table):
        for row in _child_elements(part):
            for number, cell in enumerate(_child_elements(row)):
                for attributes in _cell_attributes(cell):
                    if Name.Headers in attributes:
                        del attributes[Name.Headers]
                        repaired = True
                if number == 0 and _element_type(part) == "/TBody" and _element_type(cell) == "/TD":
                    _make_row_heading(cell)
                    repaired = True
    return repaired


def _make_row_heading(cell: Dictionary) -> None:
    cell.S = Name.TH
    scope = Dictionary(O=Name.Table, Scope=Name.Row)
    cell.A = Array([scope, *(a for a in _cell_attributes(cell) if a.get(Name.O) != Name.Table)])


def _move_caption_into_table(table: Dictionary) -> bool:
    """Move a caption into its table.

    Typst puts some tables into a wrapper, so that the caption is a sibling of the table.
    """
    wrapper = table.P
    container = wrapper.get(Name.P)
    if container is None or [_element_type(child) for child in _child_elements(container)] != [
        "/Caption",
        "/Div",
    ]:
        return False
    caption = next(_child_elements(container))
    container.K = Array([wrapper])
    caption.P = table
    table.K.insert(0, caption)
    return True


def _captioned_drawing(node: Dictionary) -> Dictionary | None:
    """Return the drawing of an element that contains its caption, it, and perhaps its note."""
    first, *others = [*_child_elements(node)] or [node]
    if _element_type(first) != "/Caption" or not others:
        return None
    inside = others if _element_type(others[0]) == "/Figure" else [*_child_elements(others[0])]
    return inside[0] if inside and _element_type(inside[0]) == "/Figure" else None


def _move_caption_into_drawing(node: Dictionary, drawing: Dictionary) -> None:
    """Move a drawing's caption into it: Typst puts it next to the drawing."""
    caption, *others = _child_elements(node)
    content = drawing.get(Name.K, Array())
    kept = list(content) if isinstance(content, Array) else [content]
    drawing.K = Array([caption, *kept])
    caption.P = drawing
    node.K = Array(others)


def _is_split_list(node: Dictionary) -> bool:
    """Return whether an element is a caption and lists only, as Typst's `name-list` creates."""
    first, *others = [*_child_elements(node)] or [node]
    return (
        _element_type(first) == "/Caption"
        and bool(others)
        and all(map(_contains_only_lists, others))
    )


def _contains_only_lists(node: Dictionary) -> bool:
    if _element_type(node) == "/Div":
        inside = list(_child_elements(node))
        return bool(inside) and all(map(_contains_only_lists, inside))
    return _element_type(node) == "/L"


def _join_lists(node: Dictionary) -> None:
    """Join the lists in an element into one, in reading order, after its caption."""
    caption, *others = _child_elements(node)
    items = [item for part in others for item in _list_items(part)]
    for item in items:
        item.P = node
        label = next(_child_elements(item), None)
        if label is not None and _element_type(label) == "/Lbl" and not list(label.get(Name.K, [])):
            del item.K[0]  # the names have no bullet, so their label is empty
    node.S = Name.L
    node.A = Array([Dictionary(O=Name.List, ListNumbering=Name("/None"))])
    node.K = Array([caption, *items])


def _list_items(node: Dictionary) -> Iterator[Dictionary]:
    for child in _child_elements(node):
        if _element_type(child) == "/LI":
            yield child
        else:
            yield from _list_items(child)


def _child_elements(node: Object) -> Iterator[Dictionary]:
    """Yield the structure elements directly below a node, without marked content."""
    children = node.get(Name.K, Array())
    for child in list(children) if isinstance(children, Array) else [children]:
        if isinstance(child, Dictionary) and Name.S in child:
            yield child


def _element_type(node: Dictionary) -> str:
    return str(node.S)


def _cell_attributes(cell: Dictionary) -> list[Dictionary]:
    value = cell.get(Name.A, Array())
    listed = value if isinstance(value, Array) else [value]
    return [attribute for attribute in listed if isinstance(attribute, Dictionary)]
