"""Combine a heading in two rows, as under merged cells: the upper row groups the lower one."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, zip_longest

from helpers.data.cells.column_headings import column_for_heading
from helpers.data.cells.days import parse_day
from helpers.data.cells.decisions import parse_decision

_CODE = re.compile(r"[0-9]{2,6}")


def combine_headings(upper: list[str], lower: list[str]) -> list[str] | None:
    """Return the headings of two rows as one; None if the rows cannot be a heading.

    Each heading is the lower cell, or the upper and lower cells together if only that names a known
    column ("Beslut" over "datum"). An upper cell also applies to blank cells to its right, as
    merged cells do.
    """
    if any(map(is_data_cell, (*upper, *lower))) or min(map(_filled, (upper, lower))) < 2:
        return None
    groups = accumulate(upper, _go_on)
    columns = zip_longest(groups, upper, lower, fillvalue="")
    return [_combined(group, own, below) for group, own, below in columns]


def _go_on(group: str, cell: str) -> str:
    return cell or group


def _combined(group: str, own: str, below: str) -> str:
    if not below:
        return own
    together = f"{group} {below}"
    known = column_for_heading(together) and not column_for_heading(below)
    return together if known else below


def count_known_columns(headings: list[str]) -> int:
    """Return the number of different columns that the headings name."""
    return len({column_for_heading(heading) for heading in headings} - {None})


@lru_cache(maxsize=1024)  # the cells of a file's first rows are asked for with each separator
def is_data_cell(cell: str) -> bool:
    """Return whether a cell contains only a code, a day or an answer."""
    return bool(cell) and bool(
        _CODE.fullmatch(cell) or parse_day(cell) or (len(cell) < 20 and parse_decision(cell))
    )


def _filled(cells: list[str]) -> int:
    return sum(map(bool, cells))
