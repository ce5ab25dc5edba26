"""The only reader of the clock, for the command line: what day and what time it is in Sweden."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

TODAY = "today"


def now() -> datetime:
    """The time in Sweden, wherever this machine stands and whatever its time zone is."""
    return datetime.now(ZoneInfo("Europe/Stockholm"))


def today() -> date:
    """The day in Sweden."""
    return now().date()


def resolve_day(asked: str | None) -> str | None:
    """A day as it was asked for, as YYYY-MM-DD where that was "today"; not checked otherwise."""
    return str(today()) if asked == TODAY else asked
