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
    columns = {str(name): _json_column(frame[name]) for name in frame}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _json_column(column: pd.Series[Any]) -> list[Any]:
    missing = column.isna().tolist()
    texts = column.dt.strftime("%Y-%m-%d") if column.dtype.kind == "M" else column
    return [
        None if absent else json_number(value) if isinstance(value, Fraction) else value
        for value, absent in zip(texts.tolist(), missing, strict=True)
    ]


def units_from_thousandths(thousandths: int | None) -> int | float | None:
    """Return an amount in currency units: an int, or the float nearest to its decimals."""
    if thousandths is None or thousandths % 1000 == 0:
        return None if thousandths is None else thousandths // 1000
    return float(Fraction(thousandths, 1000))
