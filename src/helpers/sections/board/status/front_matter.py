"""The front of the report: who reports, to whom, for which meeting, and whom to ask."""

from __future__ import annotations

from typing import Any

from helpers.model.funding_round import Round
from helpers.sections.components.section_context import SectionContext


def front_matter(context: SectionContext) -> dict[str, Any]:
    """Return the sender and the facts of the front, each with its label.

    A fact that the round does not state is left out.
    """
    statement, loc = context.statement, context.loc
    board = statement.round.board
    facts = {
        loc("Till"): loc.text(board.recipient) if board.recipient else "",
        loc("Sammanträde"): _meeting_day(context),
        loc("Diarienummer"): board.case_number,
        loc("Kontakt"): loc.text(board.contact) if board.contact else "",
    }
    return {
        "sender": sender_name(statement.round),
        "facts": [[label, fact] for label, fact in facts.items() if fact],
    }


def sender_name(round_: Round) -> str:
    """The organiser's full name, with the short one where the name does not contain it."""
    name, short = round_.organiser.name, round_.organiser.short
    return name if short in name else f"{name} ({short})"


def _meeting_day(context: SectionContext) -> str:
    """The next meeting that is known on the day of the report; '' for none."""
    statement = context.statement
    meetings = statement.round.known_events("meeting", statement.known_on)
    days = [event.on for event in meetings if event.on and event.on >= statement.as_of]
    return context.loc.date(min(days)) if days else ""
