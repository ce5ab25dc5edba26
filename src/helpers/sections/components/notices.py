"""Notices of several sections: on the answers and their day, and the office to contact."""

from __future__ import annotations

from helpers.sections.components.block import EMPTY_BLOCK, Block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import callout, paragraphs


def page_notice(context: SectionContext) -> str:
    """Return the notices that every page needs on its answers and its day; '' if none."""
    return " ".join(filter(None, [_future_notice(context), _reconstruction_notice(context)]))


def _future_notice(context: SectionContext) -> str:
    """Return the notice of a report of a day that has not come, otherwise ''."""
    if not context.statement.future:
        return ""
    return context.loc(
        "Uppgifterna gäller en dag som inte har kommit, den {day}. Svaren kan ändras till dess.",
        day=context.loc.date(context.statement.as_of),
    )


def _reconstruction_notice(context: SectionContext) -> str:
    """Return the notice of answers that are not the members' own, otherwise ''."""
    if not context.statement.reconstructed:
        return ""
    return context.loc(
        "Rekonstruerade svar: bara summorna är publicerade. Vem som svarat vad är slumpmässigt "
        "fördelat så att summorna stämmer."
    )


def example_callout(context: SectionContext) -> Block:
    """Return the heading for reconstructed answers wherever single members are named."""
    if not (context.statement.reconstructed and context.statement.total.answered):
        return EMPTY_BLOCK
    return callout(
        context.loc(
            "Exempel på metod: vilka kommuner som svarat vad är rekonstruerat. Avsnittet visar hur "
            "uppgifterna skulle se ut, inte hur kommunerna faktiskt svarade."
        )
    )


def contact_block(context: SectionContext) -> Block:
    """Return the office at a member to ask for its answer; blank if the round states none."""
    contact = context.statement.round.contact
    if not contact:
        return EMPTY_BLOCK
    return paragraphs(context.loc("Frågan ställs till {role}.", role=context.loc.text(contact)))
