"""Parse days as people and programs write them; an ambiguous one is refused and never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

from helpers.data.cells.cell_values import normalize_text
from helpers.model.settings.register_settings import DateOrder

# Without hyphens only 19xx and 20xx: then eight digits cannot also be read with the year last.
_ISO_DATE = re.compile(r"((?:19|20)[0-9]{2}|[0-9]{4}(?=-))(-?)([0-9]{2})\2([0-9]{2})")
_WEEKDAY = r"(?:(?P<weekday>(?!den )[^\W\d_]+)\.?,? )?"
_SPELLED_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 3 oktober 2016, måndagen den 3:e okt. 2016, 3-Oct-2016
        _WEEKDAY + r"(?:den )?(?P<day>[0-9]{1,2})(?::?[ea]|\.|st|nd|rd|th)?[ -]"
        r"(?P<month>[^\W\d_]+)\.?,?[ -](?P<year>[0-9]{4})",
        # October 3, 2016
        _WEEKDAY + r"(?P<month>[^\W\d_]+)\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? "
        r"(?P<year>[0-9]{4})",
    )
]
_TIME_OF_DAY = re.compile(
    r"(?P<rest>.+?)(?:T|,? (?:(?:kl\.?|klockan|at) ?)?)"
    r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-5][0-9])"
    r"(?:[:.](?P<second>[0-5][0-9])(?:[.,][0-9]+)?)?"
    r"(?: ?(?P<half>[fe]\.?m\.?|[ap]\.?m\.?))?"
    r"(?: ?(?P<zone>Z|CES?T|MES?T|(?:UTC|GMT)?[+-][0-9]{1,2}(?::?[0-9]{2})?|UTC|GMT))?",
    re.IGNORECASE,
)
# Swedish for the fifth of September, which is never the other way round: 5/9 2016.
_SWEDISH_DATE = re.compile(
    r"(?:den )?([0-9]{1,2})/([0-9]{1,2})(?: ?- ?| )([0-9]{4})", re.IGNORECASE
)
_DASHES = re.compile("[‐‑‒–—−]")
_COMPACT_TIME = re.compile(r"([0-9]{8})T?(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?")
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2}):?([0-9]{2})?", re.IGNORECASE)
_SWEDISH_ZONES = {"CET", "CEST", "MET", "MEST"}
_SEPARATED_DATE = re.compile(r"([0-9]{1,4})([-/. ])([0-9]{1,2})\2([0-9]{1,4})")
_UNSEPARATED_DATE = re.compile(r"([0-9]{2})()([0-9]{2})([0-9]{2}|[0-9]{4})")
# Spreadsheets count days from 1900: these numbers are days from 1954 to 2119.
_SPREADSHEET_SERIAL = re.compile(r"[2-7][0-9]{4}(?:[.,][0-9]+)?")

_NOT_A_DATE = "is not a date."
_NONEXISTENT_DAY = "is not a day that exists."
_IN_ANOTHER_ZONE = "is a time in a time zone, where it may be another day than here."
_AMBIGUOUS = "can be read as more than one day."
_LIKE_A_SERIAL = "looks like a spreadsheet's number of a day."
_DATE_REMEDIES = {
    _NOT_A_DATE: "Write an existing day as YYYY-MM-DD.",
    _NONEXISTENT_DAY: "Write an existing day as YYYY-MM-DD.",
    _AMBIGUOUS: 'Write it as YYYY-MM-DD, or write date_order = "day-first" or "month-first" under '
    "[register] in round.toml.",
    _LIKE_A_SERIAL: "Format the column as dates in the spreadsheet, or write it as YYYY-MM-DD.",
}


@lru_cache(maxsize=1024)  # a register's days are asked for by each of its checks
def parse_day(text: str, order: DateOrder | None = None) -> str | None:
    """Return the day that a text names, as YYYY-MM-DD; None unless it names exactly one day.

    `order` says which number is the day in a text that does not show it itself (03/10/2016).

    It accepts days with the year first (2016-10-03, 2016/10/3, 20161003), numeric days that can be
    read in only one way (25.9.2016, and 3/10 2016, which is Swedish), and in Swedish or English
    3 oktober 2016 and October 3, 2016.
    A day of the week must be the right one. All may have a time of day.
    """
    day = _parse_date(normalize_text(text), order)
    return day.isoformat() if isinstance(day, date) else None


def explain_invalid_day(text: str) -> tuple[str, str]:
    """Return what is wrong with a text that `parse_day` refuses, and what to do."""
    if not normalize_text(text):
        return "The day is blank.", _DATE_REMEDIES[_NOT_A_DATE]
    read = _parse_date(normalize_text(text))
    what = read if isinstance(read, str) else _NOT_A_DATE
    shown = text if len(text) <= 80 else text[:77] + "..."
    return f"{shown!r} {what}", _DATE_REMEDIES.get(what, "Write it as YYYY-MM-DD.")


def _parse_date(text: str, order: DateOrder | None = None) -> date | str:
    """Return the day that a text names, with or without a time, or an explanation of its fault."""
    text = _DASHES.sub("-", text)
    if found := _COMPACT_TIME.fullmatch(text):
        return _parse_plain_date(found[1], order)
    found = _TIME_OF_DAY.fullmatch(text)
    day = _parse_plain_date(found["rest"] if found else text, order)
    if found is None or isinstance(day, str):
        return day
    hour = _hour_of_day(int(found["hour"]), found["half"])
    if hour is None:
        return _NOT_A_DATE
    clock = time(hour, int(found["minute"]), int(found["second"] or 0))
    return day if _is_same_day_in_sweden(day, clock, found["zone"]) else _IN_ANOTHER_ZONE


def _hour_of_day(hour: int, half: str | None) -> int | None:
    """The hour from 0 to 23; None for an hour that does not exist."""
    if not half:
        return hour if hour < 24 else None
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half[0].casefold() in "ep" else 0)


def _is_same_day_in_sweden(day: date, clock: time, zone: str | None) -> bool:
    # 22:30 in UTC is the next day in Sweden; midnight is how programs store a bare day.
    if not zone or zone.upper() in _SWEDISH_ZONES or clock == time.min:
        return True
    found = _OFFSET.fullmatch(zone)
    shift = timedelta()
    if found:
        shift = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        shift = -shift if found[1] == "-" else shift
    if abs(shift) >= timedelta(days=1):
        return False
    there = datetime.combine(day, clock, timezone(shift))
    return there.astimezone(ZoneInfo("Europe/Stockholm")).date() == day


def _parse_plain_date(text: str, order: DateOrder | None) -> date | str:
    if found := _ISO_DATE.fullmatch(text):
        return _date_or_none(*found.group(1, 3, 4)) or _NONEXISTENT_DAY
    for pattern in _SPELLED_DATES:
        if found := pattern.fullmatch(text):
            return _parse_spelled_date(found)
    if found := _SWEDISH_DATE.fullmatch(text):
        return _date_or_none(*found.group(3, 2, 1)) or _NONEXISTENT_DAY
    if found := _SEPARATED_DATE.fullmatch(text):
        return _parse_numeric_date(order, *found.group(1, 3, 4))
    if found := _UNSEPARATED_DATE.fullmatch(text):
        return _explain_numeric_date(*found.group(1, 3, 4))
    return _LIKE_A_SERIAL if _SPREADSHEET_SERIAL.fullmatch(text) else _NOT_A_DATE


def _date_or_none(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _parse_spelled_date(found: re.Match[str]) -> date | str:
    month = _calendar_name_numbers(get_month_names).get(found["month"].casefold())
    name = (found["weekday"] or "").casefold().replace("dagen", "dag")  # "måndagen den"
    weekday = _calendar_name_numbers(get_day_names).get(name)
    if month is None or (name and weekday is None):
        return _NOT_A_DATE
    day = _date_or_none(found["year"], month, found["day"])
    # Of a day and a weekday that disagree, either may be the mistake.
    if day and weekday not in (None, day.weekday()):
        return "names another day of the week than that day has."
    return day or _NONEXISTENT_DAY


def _parse_numeric_date(order: DateOrder | None, first: str, second: str, third: str) -> date | str:
    """Parse a numeric day: year first, readable in only one way, or in the declared order."""
    if len(first) == 4 and len(third) <= 2:
        return _date_or_none(first, second, third) or _NONEXISTENT_DAY
    if order and len(third) in (2, 4) and len(first) <= 2:
        number, month = (first, second) if order == "day-first" else (second, first)
        return _date_or_none(f"20{third}"[-4:], month, number) or _NONEXISTENT_DAY
    if len(third) == 4 and len(first) <= 2:
        orders = [(third, second, first), (third, first, second)]
        days = {day for order in orders if (day := _date_or_none(*order))}
        if len(days) == 1:
            return days.pop()
    return _explain_numeric_date(first, second, third)


def _explain_numeric_date(first: str, second: str, third: str) -> str:
    """Return what is wrong with a numeric day: year first, year last, or month first."""
    orders = [(first, second, third), (third, second, first), (third, first, second)]
    days = {_date_or_none(f"20{y}"[-4:], m, d) for y, m, d in orders if len(y) in (2, 4)} - {None}
    if len(days) > 1:
        return _AMBIGUOUS
    return "is written in a form that is not read." if days else _NONEXISTENT_DAY


@lru_cache
def _calendar_name_numbers(names: Callable[..., Mapping[int, str]]) -> dict[str, int]:
    """The number of each name of a month (1 to 12) or a weekday (Monday is 0)."""
    return {
        name.rstrip(".").casefold(): number
        for locale in ("sv", "en", "en_GB")
        for width in ("wide", "abbreviated")
        for number, name in names(width, locale=locale).items()
    }
