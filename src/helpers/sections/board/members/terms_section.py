"""The section on what applies to members that say yes and to the others."""

from __future__ import annotations

from helpers.sections.board.status.membership_section import membership_block
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import bullets, paragraphs


def terms(context: SectionContext) -> Block:
    """The terms for the members that pay, and for the others."""
    known = context.statement.round.known_events("terms", context.statement.known_on)
    return stack(
        bullets([context.loc.text(event.text) for event in known]) if known else EMPTY_BLOCK,
        EMPTY_BLOCK if context.reply_period_runs else paragraphs(_not_taking_part_text(context)),
        membership_block(context),
    )


def _not_taking_part_text(context: SectionContext) -> str:
    loc = context.loc
    total = context.statement.total
    outside = total.outside
    if not outside:
        return loc("Ingen kommun står utanför.")
    if not context.statement.round.answers.declined_known:
        return loc(
            "Utanför står {outside} av {members} kommuner.",
            outside=loc.count(outside),
            members=loc.count(total.members),
        )
    return (
        loc(
            "Utanför står {outside} av {members} kommuner: {no} som har sagt nej och {others} som "
            "inte har svarat eller inte har lämnat ett slutligt ja.",
            outside=loc.count(outside),
            members=loc.count(total.members),
            no=loc.count(total.no),
            others=loc.count(outside - total.no),
        )
        if total.conditional
        else loc(
            "Utanför står {outside} av {members} kommuner: {no} som har sagt nej och {others} som "
            "inte har svarat.",
            outside=loc.count(outside),
            members=loc.count(total.members),
            no=loc.count(total.no),
            others=loc.count(outside - total.no),
        )
    )
