"""What several sections state: what must be said of the answers, and whom the question goes to."""

from __future__ import annotations

from helpers.sections.components.block import EMPTY_BLOCK, Block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import callout, paragraphs


def page_notice(context: SectionContext) -> str:
    """What every page must say of the answers and of their day; else blank."""
    return " ".join(filter(None, [_future_notice(context), _reconstruction_notice(context)]))


def _future_notice(context: SectionContext) -> str:
    """That the day has not come, where the report is made before it."""
    if not context.statement.future:
        return ""
    return context.loc(
        "Uppgifterna gäller en dag som inte har kommit, den {day}. Svaren kan ändras till dess.",
        day=context.loc.date(context.statement.as_of),
    )


def _reconstruction_notice(context: SectionContext) -> str:
    """That the answers are not the members' own, where they are not."""
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


def contact_block(context: SectionContext) -> Block:
    """Whom at a member to ask for its answer; blank where the round does not state it."""
    contact = context.statement.round.contact
    if not contact:
        return EMPTY_BLOCK
    return paragraphs(context.loc("Frågan ställs till {role}.", role=context.loc.text(contact)))
