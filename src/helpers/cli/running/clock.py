"""The current day and time in Sweden; no other module reads the clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from helpers.errors import ReportError

if TYPE_CHECKING:
    from helpers.model.parameters import ParamsModel

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


def mark_future(params: ParamsModel, *, allowed: bool) -> ParamsModel:
    """Return the parameters, with `future` where their day has not come.

    Raises ReportError for such a day unless it is `allowed`, by the option --future.
    """
    latest, current = max(params.as_of, params.knowledge_day), today()
    if latest <= current:
        return params
    if not allowed:
        raise ReportError(
            f"{latest} is after today, {current}. Give a day that has come, or add --future: every "
            "page then states that the day has not come and that answers may change."
        )
    return params.model_copy(update={"future": True})
