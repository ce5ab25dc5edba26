"""Tables with real headings and aligned numbers, the same on the page and in the PDF."""

from __future__ import annotations

from helpers.sections.components.block import Block
from helpers.sections.components.tables.section_table import SectionTable


def data_block(table: SectionTable) -> Block:
    """Return a table that also gives its data."""
    return Block((table.part,), sources=(table,))
