"""Rows of text with the row numbers of their source, and the search for the heading."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from helpers.data.cells.column_headings import COMMON_NAMES, ColumnNames
from helpers.data.cells.days import parse_day
from helpers.data.cells.decisions import parse_decision
from helpers.data.readers.two_row_headings import combine_headings, count_known_columns
from helpers.errors import DataError, Problem
from helpers.model.settings.register_settings import RegisterSettings

# What every reader returns: each row's number in its source, and its cells as stripped text.
NumberedRows = list[tuple[int, list[str]]]


HEADING_SEARCH_ROWS = 100  # rows in which the heading is looked for


@dataclass(frozen=True)
class HeadingSearch:
    """How to find the heading: by the column names, or by the row number that a round states."""

    columns: ColumnNames = COMMON_NAMES
    row: int | None = None


ANY_HEADING = HeadingSearch()


def heading_search(settings: RegisterSettings) -> HeadingSearch:
    """Return the search that [register] of round.toml asks for."""
    return HeadingSearch(ColumnNames.of(settings), settings.heading_row)


def find_heading(rows: NumberedRows, search: HeadingSearch = ANY_HEADING) -> int | None:
    """Return the position of the row that is recognised as a register's heading, or None.

    Only the first HEADING_SEARCH_ROWS rows of the source are searched. For a heading in two rows it
    is the position of the lower one.
    """
    found = find_headings(rows, search)
    return None if found is None else found[0]


def rows_from_heading(rows: NumberedRows, search: HeadingSearch = ANY_HEADING) -> NumberedRows:
    """Return the rows from the recognised heading on, or from the first row that is not blank.

    If the heading is not recognised, a caller can thus name the columns that are missing in it. A
    heading in two rows becomes one row, with the number of the lower one. The result is empty if
    all rows are blank.
    """
    found = find_headings(rows, search)
    if found is not None:
        at, heading = found
        return [(rows[at][0], heading), *rows[at + 1 :]]
    return rows[next((at for at, (_, cells) in enumerate(rows) if any(cells)), len(rows)) :]


def find_headings(rows: NumberedRows, search: HeadingSearch) -> tuple[int, list[str]] | None:
    """Return the position of the heading's last row, and the headings; None if not recognised."""
    if search.row is not None:
        stated = ((at, cells) for at, (number, cells) in enumerate(rows) if number == search.row)
        return next(stated, None)
    is_heading = search.columns.is_heading_row
    early = [cells for _, cells in takewhile(lambda row: row[0] <= HEADING_SEARCH_ROWS, rows)]
    alone = next((at for at, cells in enumerate(early) if is_heading(cells)), None)
    if alone is None:
        pairs = ((at, combine_headings(*early[at - 1 : at + 1])) for at in range(1, len(early)))
        return next(((at, both) for at, both in pairs if both and is_heading(both)), None)
    best = alone, early[alone]
    for at in (alone, alone + 1):
        both = combine_headings(*early[at - 1 : at + 1]) if 0 < at < len(early) else None
        if both and count_known_columns(both) > count_known_columns(best[1]):
            best = at, both
    return best


def refuse_answers_above(
    rows: NumberedRows, heading: int, file: str, sheet: str | None = None
) -> None:
    """Raise DataError for each row above the heading that has an answer, a day and another cell.

    If a sheet was sorted together with its heading, its first answers are above the heading and
    would not be read. Titles and counts ("Ja 209") have no such three cells. `heading` is the
    heading's row number.
    """
    what = "an answer is above the heading, where nothing is read."
    remedy = "Put the heading row first: the sheet may have been sorted with its heading."
    problems = [
        Problem(file, what, remedy, number, sheet=sheet)
        for number, cells in rows
        if number < heading and _is_answer(cells)
    ]
    if problems:
        raise DataError(problems)


def _is_answer(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return (
        len(filled) >= 3
        and any(parse_decision(cell) for cell in filled)
        and any(parse_day(cell) for cell in filled)
    )
