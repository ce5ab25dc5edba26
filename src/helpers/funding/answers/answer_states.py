"""The states of an answer, and the years that a yes covers."""

from __future__ import annotations

import pandas as pd

YES, NO, UNANSWERED = "yes", "no", "unanswered"


CONDITIONAL = "conditional"  # a yes with a condition, where the round counts it apart

LEFT = "left"  # of a former member, whatever its answer was


def covers_year(years: pd.Series[str], year: int) -> pd.Series[bool]:
    """Return whether each answer covers a year; '' means all years."""
    all_years = years == ""
    if all_years.all():
        return all_years
    return all_years | years.str.contains(str(year), regex=False)
