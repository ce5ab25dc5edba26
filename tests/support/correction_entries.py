"""Three rows of a register, and an entry of corrections.toml that puts one of them right."""

from __future__ import annotations

from datetime import date

# The heading is row 1.
ROWS = [
    "0001,2016-06-15,2016-06-20,,yes",  # 2
    "0002,2016-06-16,2016-06-20,,yes",  # 3
    "0003,2016-07-01,2016-07-05,,no",  # 4
]


def day(month_day: str) -> date:
    return date.fromisoformat(f"2016-{month_day}")


def correction(recorded: str = "08-01", code: str = "0001", **cells: object) -> dict[str, object]:
    """One entry of corrections.toml; unless it is told otherwise, a yes should have been a no."""
    if "column" not in cells and "remove" not in cells:
        cells |= {"column": "decision", "expected": "yes", "corrected": "no"}
    return {"recorded_on": day(recorded), "why": "Fel", "match": {"code": code}} | cells
