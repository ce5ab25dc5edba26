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


def answers_are_examples(context: SectionContext) -> bool:
    """Whether who answered what is reconstructed: charts, maps and lists of members say so."""
    return context.statement.reconstructed and bool(context.statement.total.answered)


def example_box(context: SectionContext) -> Block:
    """The document's one box on reconstructed answers; blank where they are the members' own."""
    if not answers_are_examples(context):
        return EMPTY_BLOCK
    return callout(
        context.loc(
            "Exempel: summorna är publicerade, men vilka kommuner som svarat vad är rekonstruerat. "
            "Tabeller, diagram och kartor över kommuner, län och grupper visar hur uppgifterna "
            "skulle se ut, inte hur kommunerna svarade."
        )
    )


def example_mark(context: SectionContext) -> str:
    """Return the mark after a caption of a list of members with reconstructed answers."""
    return context.loc(" (EXEMPEL)") if answers_are_examples(context) else ""


def picture_foot(context: SectionContext) -> str:
    """Return the line in a chart: source and day, and that its answers are an example if so."""
    loc, statement = context.loc, context.statement
    source = loc(
        "Källa: {organiser}, läget den {day}.",
        organiser=statement.round.organiser.short,
        day=loc.date(statement.as_of),
    )
    mark = loc("EXEMPEL: rekonstruerade svar.") if answers_are_examples(context) else ""
    return f"{mark} {source}".strip()


def contact_block(context: SectionContext) -> Block:
    """Return the office at a member to ask for its answer; blank if the round states none."""
    contact = context.statement.round.contact
    if not contact:
        return EMPTY_BLOCK
    return paragraphs(context.loc("Frågan ställs till {role}.", role=context.loc.text(contact)))
