"""Detects columns of answers, members and days by their cells, where the heading says nothing."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers.data.cells.column_headings import ColumnNames
from helpers.data.cells.days import parse_day
from helpers.data.cells.decisions import is_no_answer, parse_decision
from helpers.data.register.columns.member_names import MemberNameIndex, find_member_code

CellTest = Callable[[str], bool]

_ENOUGH = 0.8  # of the cells that are filled


def guess_columns(rows: pd.DataFrame, members: pd.DataFrame, known: ColumnNames) -> dict[str, str]:
    """The headings that are not known and what their columns seem to be; only what is missing.

    Two columns of days are the day decided and the day received if one is never after the other.
    """
    there = {known.column_for(heading) for heading in rows.columns}
    unknown = [h for h in rows.columns if known.column_for(h) is None and not known.is_ignored(h)]
    names = dict(zip(members["code"], members["name"], strict=True))
    index = MemberNameIndex(names)
    found: dict[str, str] = {}
    if "decision" not in there:
        found |= _only(rows, unknown, "decision", lambda cell: parse_decision(cell) is not None)
    if not there & {"code", "name"}:
        column = "code"
        found |= _only(
            rows, unknown, column, lambda cell: find_member_code(cell, index, names) is not None
        )
    days = [h for h in unknown if _share(rows[h], lambda cell: parse_day(cell) is not None)]
    missing = [name for name in ("decided_on", "received_on") if name not in there]
    if len(missing) == len(days) == 2:
        found |= _in_order(rows, days)
    elif len(missing) == len(days) == 1:
        found[days[0]] = missing[0]
    return found


def _only(rows: pd.DataFrame, headings: list[str], column: str, fits: CellTest) -> dict[str, str]:
    fitting = [heading for heading in headings if _share(rows[heading], fits)]
    return {fitting[0]: column} if len(fitting) == 1 else {}


def _share(cells: pd.Series[str], fits: CellTest) -> bool:
    filled = [cell for cell in cells if not is_no_answer(cell)]
    return bool(filled) and sum(map(fits, filled)) >= _ENOUGH * len(filled)


def _in_order(rows: pd.DataFrame, headings: list[str]) -> dict[str, str]:
    one, other = (rows[heading].map(parse_day) for heading in headings)
    both = one.notna() & other.notna()
    if (one[both] <= other[both]).all():
        return {headings[0]: "decided_on", headings[1]: "received_on"}
    if (other[both] <= one[both]).all():
        return {headings[1]: "decided_on", headings[0]: "received_on"}
    return {}
