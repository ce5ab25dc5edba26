"""The section on what applies to members that say yes and to those that are not in."""

from __future__ import annotations

from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.text import bullets, paragraphs


def terms(statement: Statement, say: Localizer) -> Block:
    """What those who pay get, and who is outside."""
    known = statement.round.known_events("terms", statement.known_on)
    return stack(
        bullets([say.text(event.text) for event in known]) if known else EMPTY_BLOCK,
        paragraphs(_not_taking_part_text(statement, say)),
    )


def _not_taking_part_text(statement: Statement, say: Localizer) -> str:
    total = statement.total
    outside = total.outside
    if not outside:
        return say("Ingen kommun står utanför.")
    if not statement.round.answers.declined_known:
        return say(
            "Utanför står {outside} av {members} kommuner.",
            outside=say.count(outside),
            members=say.count(total.members),
        )
    return (
        say(
            "Utanför står {outside} av {members} kommuner: {no} som har sagt nej och {others} som "
            "inte har svarat eller inte har lämnat ett slutligt ja.",
            outside=say.count(outside),
            members=say.count(total.members),
            no=say.count(total.no),
            others=say.count(outside - total.no),
        )
        if total.conditional
        else say(
            "Utanför står {outside} av {members} kommuner: {no} som har sagt nej och {others} som "
            "inte har svarat.",
            outside=say.count(outside),
            members=say.count(total.members),
            no=say.count(total.no),
            others=say.count(outside - total.no),
        )
    )
