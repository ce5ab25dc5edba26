"""The notices that answers are reconstructed, and the example in a method text."""

from __future__ import annotations

from helpers.sections.components.block import EMPTY_BLOCK, Block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import callout


def reconstruction_notice(context: SectionContext) -> str:
    """What every page must say where the answers are not the members' own; else blank."""
    if not context.statement.reconstructed:
        return ""
    return context.loc(
        "Rekonstruerade svar: bara summorna är publicerade. Vem som svarat vad är draget av "
        "slumpen så att summorna stämmer."
    )


def example_callout(context: SectionContext) -> Block:
    """The heading that reconstructed answers carry wherever single members are spoken of."""
    if not (context.statement.reconstructed and context.statement.total.answered):
        return EMPTY_BLOCK
    return callout(
        context.loc(
            "Exempel på metod: vilka kommuner som svarat vad är rekonstruerat. Avsnittet visar hur "
            "uppgifterna skulle se ut, inte hur kommunerna faktiskt svarade."
        )
    )
