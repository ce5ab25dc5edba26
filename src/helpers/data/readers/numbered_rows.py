"""Rows of text with the row numbers of their source, and where the heading is."""

from __future__ import annotations

from itertools import takewhile

import pandas as pd

from helpers.data.cells.column_headings import COMMON_NAMES
from helpers.errors import ReportError

# Rows as every reader gives them: the row's number in its source, and its cells as stripped text.
NumberedRows = list[tuple[int, list[str]]]


HEADING_SEARCH_ROWS = 20  # rows in which the heading is looked for


def find_heading(rows: NumberedRows) -> int | None:
    """The position of the row that is recognised as a register's heading; None if there is none.

    It must stand within the first HEADING_SEARCH_ROWS rows of the source.
    """
    early = takewhile(lambda row: row[0] <= HEADING_SEARCH_ROWS, rows)
    return next(
        (at for at, (_, cells) in enumerate(early) if COMMON_NAMES.is_heading_row(cells)), None
    )


def rows_from_heading(rows: NumberedRows) -> NumberedRows:
    """The rows from the heading on: the recognised heading, else the first row that is not blank.

    So that what is missing in a heading that is not recognised can be named. Empty if all is blank.
    """
    at = find_heading(rows)
    if at is None:
        at = next((at for at, (_, cells) in enumerate(rows) if any(cells)), len(rows))
    return rows[at:]


def rows_to_frame(rows: NumberedRows, file: str) -> pd.DataFrame:
    """Rows, heading first, as a frame of text with the row numbers as its index.

    Missing cells are blank; columns without a heading and wholly blank rows are left out. Raises
    ReportError where a heading stands twice.
    """
    kept = {at: name for at, name in enumerate(rows[0][1]) if name}
    names = list(kept.values())
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ReportError(f"{file}: columns that stand twice: {', '.join(twice)}. Keep one each.")
    numbers, body = [], []
    for number, cells in rows[1:]:
        named = [cells[at] if at < len(cells) else "" for at in kept]
        if any(named):
            numbers.append(number)
            body.append(named)
    return pd.DataFrame(body, pd.Index(numbers, dtype="int64"), names, dtype="str")
