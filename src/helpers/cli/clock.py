"""The current day and time in Sweden; no other module reads the clock."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

TODAY = "today"


def now() -> datetime:
    """Return the time in Sweden, whatever this machine's time zone is."""
    return datetime.now(ZoneInfo("Europe/Stockholm"))


def today() -> date:
    """Return the current day in Sweden."""
    return now().date()


def resolve_day(text: str | None) -> str | None:
    """Replace "today" by the day as YYYY-MM-DD; other text is returned unchecked."""
    return str(today()) if text == TODAY else text
