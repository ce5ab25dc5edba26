"""What day and time it is: the only place where the clock is read."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today() -> date:
    """The day in Sweden."""
    return now().date()


def now() -> datetime:
    """The moment, as clocks in Sweden show it."""
    return datetime.now(ZoneInfo("Europe/Stockholm"))
