"""The section on the price, for rules by which it depends on who joins."""

from __future__ import annotations

from helpers.sections.components.block import Block, does_not_apply
from helpers.sections.components.section_context import SectionContext


def price(context: SectionContext) -> Block:
    """The price by the number of members; blank if a fee does not depend on other answers."""
    own_section = context.wording.own_section("price")
    if own_section is None:
        return does_not_apply(context.loc("Priset beror inte på vilka som ansluter sig."))
    return own_section
