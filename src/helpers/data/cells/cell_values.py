"""Read single cells as people write them; a cell that is not understood is never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd

# Soft hyphen, zero-width and direction marks, byte order mark: copied along, never seen.
_INVISIBLE_CHARACTERS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_REMOVE_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE_CHARACTERS))
# str.strip() strips whitespace or the characters given, not both. U+3000 is the last whitespace.
STRIPPED_CHARACTERS = _INVISIBLE_CHARACTERS + "".join(
    chr(code) for code in range(0x3001) if chr(code).isspace()
)

_YEAR_SPAN = re.compile("([0-9]{4})(?: ?[-–—‑−] ?([0-9]{4}))?")
_YEAR_SPANS = re.compile(
    rf"{_YEAR_SPAN.pattern}(?:(?: ?[,;/&] ?|,? och |,? and | ){_YEAR_SPAN.pattern})*"
)


def cell_text(value: object) -> str:
    """Convert a cell of a spreadsheet, Parquet file or database to stripped text.

    A blank cell becomes ''. Dates and times become the date as YYYY-MM-DD. A time with a time zone
    is kept as it is: in Sweden it may be another day, so that `parse_day` has to refuse it. Whole
    numbers lose their '.0'.
    """
    if isinstance(value, str):
        return value.strip(STRIPPED_CHARACTERS)
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
    return str(value).strip(STRIPPED_CHARACTERS)


def normalize_text(text: str) -> str:
    """Normalize a text for comparison: composed (NFC), no invisible characters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_REMOVE_INVISIBLE).split())


def parse_years(text: str, years: Sequence[int]) -> str | None:
    """Return the years that an answer covers as '2017' or '2017,2018'; '' for all of the round's.

    Returns None if the text is not understood or names a year that is not in `years`.
    """
    text = normalize_text(text).casefold()
    if not text:
        return ""
    if not _YEAR_SPANS.fullmatch(text):
        return None
    ranges = [range(int(a), int(b or a) + 1) for a, b in _YEAR_SPAN.findall(text)]
    covered = {year for span in ranges for year in span}
    if not all(ranges) or not covered <= set(years):
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
