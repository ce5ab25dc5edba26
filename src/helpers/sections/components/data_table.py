"""Tables with real headings and aligned numbers, the same on the page and in the PDF."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.sections.components.block import Block
from helpers.sections.components.parts.section_parts import Column, NamesPart, TablePart
from helpers.sections.components.tables.section_table import SectionTable

__all__ = ["Column", "data_block", "name_list", "table_block"]


def data_block(table: SectionTable) -> Block:
    """Return a table, or a list of names, that also gives its data."""
    return Block((table.part,), sources=(table,))


def table_block(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    total: Sequence[str] | None = None,
) -> Block:
    """Return a table whose first column has row headings; `total` is a separate last row."""
    body = tuple(map(tuple, [*rows, total] if total else rows))
    part = TablePart(caption=caption, columns=tuple(columns), rows=body, total=bool(total))
    return Block((part,))


def name_list(label: str, items: Sequence[tuple[str, str]]) -> Block:
    """Return a long list of names, each with one number, in columns."""
    return Block((NamesPart(label=label, items=tuple(items)),))
