"""Convert numbers and frames to JSON values."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pandas as pd


def json_number(value: int | Fraction | None) -> int | float | None:
    """Return a fraction as the nearest float; a whole number and None unchanged."""
    return float(value) if isinstance(value, Fraction) else value


def frame_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries: days as ISO text, missing values as None."""
    days = frame.select_dtypes("datetime").columns
    text = {name: frame[name].dt.strftime("%Y-%m-%d") for name in days}
    plain = frame.assign(**text).astype(object)
    rows = plain.where(plain.notna(), None).to_dict("records")
    return [{str(name): _json_value(value) for name, value in row.items()} for row in rows]


def _json_value(value: Any) -> Any:
    return json_number(value) if isinstance(value, Fraction) else value


def units_from_thousandths(thousandths: int | None) -> int | float | None:
    """Return an amount in currency units: an int, or the float nearest to its decimals."""
    if thousandths is None or thousandths % 1000 == 0:
        return None if thousandths is None else thousandths // 1000
    return float(Fraction(thousandths, 1000))
