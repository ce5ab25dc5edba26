"""The section on the price, for rules by which it depends on who joins."""

from __future__ import annotations

from helpers.sections.components.block import EMPTY_BLOCK, Block
from helpers.sections.components.section_context import SectionContext


def price(context: SectionContext) -> Block:
    """The price by the number of members; blank if a fee does not depend on other answers."""
    own_section = context.wording.own_section("price")
    return EMPTY_BLOCK if own_section is None else own_section
