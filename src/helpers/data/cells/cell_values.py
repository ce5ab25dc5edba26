"""Reads single cells as people write them; what is not understood is never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
from babel.dates import get_day_names, get_month_names

# Soft hyphen, zero-width and direction marks, byte order mark: copied along, never seen.
_INVISIBLE_CHARACTERS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_REMOVE_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE_CHARACTERS))
# str.strip() strips whitespace or the characters given, not both. U+3000 is the last whitespace.
_STRIPPED_CHARACTERS = _INVISIBLE_CHARACTERS + "".join(
    chr(code) for code in range(0x3001) if chr(code).isspace()
)

# Without hyphens, only these centuries: so no eight digits can be read with the year last too.
_ISO_DATE = re.compile(
    r"((?:19|20)[0-9]{2}|[0-9]{4}(?=-))(-?)([0-9]{2})\2([0-9]{2})"
    r"(?:[ T](?P<time>(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){1,2}(?:\.[0-9]+)?)"
    r"(?P<zone> ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?))?)?"
)
_SPELLED_DATE = re.compile(
    r"(?:(?P<weekday>(?!den )[^\W\d_]+)\.?,? )?(?:den )?"
    r"(?P<day>[0-9]{1,2}) (?P<month>[^\W\d_]+)\.? (?P<year>[0-9]{4})",
    re.IGNORECASE,
)
_SEPARATED_DATE = re.compile(r"([0-9]{1,4})([-/. ])([0-9]{1,2})\2([0-9]{1,4})")
_UNSEPARATED_DATE = re.compile(r"([0-9]{2})()([0-9]{2})([0-9]{2}|[0-9]{4})")
# Spreadsheets count days from 1900: these numbers are days from 1954 to 2119.
_SPREADSHEET_SERIAL = re.compile(r"[2-7][0-9]{4}(?:[.,][0-9]+)?")

_NOT_A_DATE = "is not a date."
_NONEXISTENT_DAY = "is not a day that exists."
_LIKE_A_SERIAL = "looks like a spreadsheet's number of a day."
_DATE_REMEDIES = {
    _NOT_A_DATE: "Write an existing day as YYYY-MM-DD.",
    _NONEXISTENT_DAY: "Write an existing day as YYYY-MM-DD.",
    _LIKE_A_SERIAL: "Format the column as dates in the spreadsheet, or write it as YYYY-MM-DD.",
}
_DECISION_WORDS = {"ja": "yes", "yes": "yes", "nej": "no", "no": "no"}
# "villkorslöst" and "utan förbehåll" mean the opposite, and are not here.
_CONDITIONAL_YES = re.compile(
    r"(?:ja|yes)(?: ?[,;:–—-] ?| )(?P<condition>(?:"
    r"under (?:den )?förutsättning(?:en|ar|arna)?|förutsatt|villkora[dt]|"
    r"(?:med|under|på) (?:ett |visst |vissa )?(?:förbehåll|villkor)(?:et|en)?|"
    r"provided|subject to|on (?:the )?condition"
    r")\b.*)",
    re.IGNORECASE,
)
_YEAR_SPAN = re.compile("([0-9]{4})(?: ?[-–—‑−] ?([0-9]{4}))?")
_YEAR_SPANS = re.compile(
    rf"{_YEAR_SPAN.pattern}(?:(?: ?[,;/&] ?|,? och |,? and | ){_YEAR_SPAN.pattern})*"
)


def cell_text(value: object) -> str:
    """Any cell of a spreadsheet, Parquet file or database as stripped text; '' for none.

    Days and times become the day as YYYY-MM-DD; but a time in a time zone keeps its time, for
    `iso_day` to refuse, as it may be another day here. Whole numbers lose their '.0'.
    """
    if isinstance(value, str):
        return value.strip(_STRIPPED_CHARACTERS)
    if _is_missing(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return str(value).lower()
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, date):
        return _format_day(value)
    if isinstance(value, float | np.floating | Decimal) and isfinite(value):
        value = round(value) if value == round(value) else value
    return str(value).strip(_STRIPPED_CHARACTERS)


def normalize_text(text: str) -> str:
    """A text for comparing: composed (NFC), nothing invisible, each run of blanks one space."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_REMOVE_INVISIBLE).split())


def parse_day(text: str) -> str | None:
    """The day that a text names, as YYYY-MM-DD; None unless it names exactly one.

    Understood are 2016-10-03 (with or without a time of day), 20161003 and, in Swedish or
    English, 3 oktober 2016, with 'den' and the right day of the week if any.
    """
    day = _parse_date(normalize_text(text))
    return day.isoformat() if isinstance(day, date) else None


def explain_invalid_day(text: str) -> tuple[str, str]:
    """What is wrong with a text that `iso_day` refuses, and what to do."""
    if not normalize_text(text):
        return "The day is blank.", _DATE_REMEDIES[_NOT_A_DATE]
    read = _parse_date(normalize_text(text))
    what = read if isinstance(read, str) else _NOT_A_DATE
    shown = text if len(text) <= 80 else text[:77] + "..."
    return f"{shown!r} {what}", _DATE_REMEDIES.get(what, "Write it as YYYY-MM-DD.")


def parse_decision(text: str) -> tuple[str, str] | None:
    """'yes' or 'no' and the condition that the cell carries ('' for none); None for the rest.

    Only a yes can carry one, and only if it begins as they do ('under förutsättning att').
    """
    if found := _CONDITIONAL_YES.fullmatch(normalize_text(text)):
        return "yes", found["condition"]
    answer = _DECISION_WORDS.get(normalize_text(text).casefold().removesuffix("."))
    return (answer, "") if answer else None


def parse_years(text: str, years: Sequence[int]) -> str | None:
    """The years that an answer covers as '2017' or '2017,2018'; '' for all of the round's.

    None if the text is not understood or names a year that is not one of the round's `years`.
    """
    text = normalize_text(text).casefold()
    if not text:
        return ""
    if not _YEAR_SPANS.fullmatch(text):
        return None
    spans = [range(int(a), int(b or a) + 1) for a, b in _YEAR_SPAN.findall(text)]
    covered = {year for span in spans for year in span}
    if not all(spans) or not covered <= set(years):
        return None
    return "" if covered == set(years) else ",".join(map(str, sorted(covered)))


def _is_missing(value: Any) -> bool:
    # pandas compares a Decimal with itself, which a signalling NaN answers with an exception.
    if isinstance(value, Decimal):
        return value.is_nan()
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _format_day(value: date) -> str:
    if isinstance(value, datetime) and value.tzinfo and value.time() != time.min:
        return value.isoformat(sep=" ")
    return value.isoformat()[:10]


def _parse_date(text: str) -> date | str:
    """The one day that a plain text names, or else what is wrong with it."""
    if found := _ISO_DATE.fullmatch(text):
        # 22:00 in UTC is the next day in Sweden; midnight is how a bare day is stored.
        if found["zone"] and found["time"].strip("0:."):
            return "is a time in a time zone, where it may be another day than here."
        return _date_or_none(*found.group(1, 3, 4)) or _NONEXISTENT_DAY
    if found := _SPELLED_DATE.fullmatch(text):
        return _parse_spelled_date(found)
    if found := _SEPARATED_DATE.fullmatch(text) or _UNSEPARATED_DATE.fullmatch(text):
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


def _explain_numeric_date(first: str, second: str, third: str) -> str:
    """What is wrong with a day in numbers: year first, year last, or the American way."""
    orders = [(first, second, third), (third, second, first), (third, first, second)]
    days = {_date_or_none(f"20{y}"[-4:], m, d) for y, m, d in orders if len(y) in (2, 4)} - {None}
    if len(days) > 1:
        return "can be read as more than one day."
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
