"""The key dates of a round: the days that a report may be made for, and the milestones."""

from __future__ import annotations

from datetime import date

from helpers.errors import ReportError
from helpers.model.funding_round import Round


def raise_if_before_start(round_: Round, **days: date) -> None:
    """Raise ReportError for a day before the round began.

    The names of `days` are those of the parameters, for the message.
    """
    for name, day in days.items():
        if day < round_.recommended_on:
            raise ReportError(
                f"{name} is {day}, before the round {round_.name} began on "
                f"{round_.recommended_on}. Give that day or a later one."
            )


def passed_deadlines(round_: Round, as_of: date, known_on: date) -> list[date]:
    """Return the reply dates that were known on a day and have passed, in order."""
    days = {event.on for event in round_.known_events("deadline", known_on) if event.on}
    return sorted(day for day in days if day < as_of)


def reply_period_runs(round_: Round, as_of: date, known_on: date) -> bool:
    """Whether the last reply date that was known has not passed; never without a reply date."""
    days = [event.on for event in round_.known_events("deadline", known_on) if event.on]
    return bool(days) and as_of <= max(days)


def milestones(round_: Round, as_of: date, known_on: date) -> list[date]:
    """Return the day the round began, each reply date that has passed, and the day itself."""
    return sorted({round_.recommended_on, as_of, *passed_deadlines(round_, as_of, known_on)})
