"""The register of answers after reading: rows, corrected versions, remarks and source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from helpers.errors import ROWS_A_SHEET, Problem, row_in_sheet

# The source of a row that was drawn to meet published totals, not received from the member.
RECONSTRUCTED_SOURCE = "reconstructed"
# What a remark says of a row that is not counted again.
REPEATED_ROW = "says the same as an earlier row."


@dataclass(frozen=True)
class Register:
    """All rows of the register, in the order of the source.

    `rows` has answer_register.REGISTER_COLUMNS, days as datetime64[s], with the source's row
    numbers as index. `sound` (bool, same index) is false for a row with an error before any
    correction. `versions` has the same columns for every corrected version of a row, `sound`, and
    the columns that register_corrections.apply_corrections adds. `remarks` are warnings and
    repairs. `table` is the table that was read. `text` has its known columns as the source has
    them, without texts that may not be kept; `headings` are the source's own, by known column.
    `source_remarks` are the remarks that only the source shows, so that a release has to keep them:
    comments, merged cells, rows and columns that are not read.
    """

    rows: pd.DataFrame
    sound: pd.Series[bool]
    versions: pd.DataFrame
    remarks: list[Problem]
    table: SourceTable
    text: pd.DataFrame
    headings: Mapping[str, str] = field(default_factory=dict)
    source_remarks: list[Problem] = field(default_factory=list)

    @property
    def latest(self) -> date | None:
        """The latest day on which something was registered; None for an empty register."""
        days = [*self.rows["registered_on"].dropna(), *self.versions["recorded_on"]]
        return max(days).date() if days else None


def reconstructed(rows: pd.DataFrame) -> bool:
    """Whether the source of any row is `reconstructed`."""
    return bool((rows["source"] == RECONSTRUCTED_SOURCE).any())


def row_place(row: int, sheets: Sequence[str]) -> str:
    """Return a row's number, after its sheet's name if `sheets` were read as one table."""
    number = str(row_in_sheet(row))
    return f"{sheets[row // ROWS_A_SHEET]} {number}" if sheets else number


@dataclass(frozen=True)
class SourceTable:
    """A register as it is in its source, before its cells are interpreted.

    `rows` has every cell as stripped text (dtype str) under the headings of the source. Its index
    is the source's row number: the line of a CSV file or the row of a worksheet, with the heading
    row counted. In Parquet files and databases the first row is 1.
    """

    rows: pd.DataFrame
    file: str  # a file's name, or a database as "postgresql, table decisions"; no path or host
    sheet: str | None
    sha256: str  # of the file's bytes; for a database, of the columns read, as CSV
    notes: tuple[str, ...]  # how it was read, in English; never the content of a cell
    heading_row: int = 0  # 0 in Parquet and databases, where headings are not a row
    remarks: tuple[Problem, ...] = ()  # warnings and repairs by the reader
    unread: tuple[str, ...] = ()  # headings of columns of which nothing was read
    # The sheets that were read as one table, in the order of ROWS_A_SHEET; () for one.
    sheets: tuple[str, ...] = ()
    sheets_stated: bool = False  # whether somebody has said that they are one table

    def sheet_of(self, row: int) -> str | None:
        """The sheet that a row is on."""
        return self.sheets[row // ROWS_A_SHEET] if self.sheets else self.sheet

    def place_of(self, row: int) -> str:
        """A row as people find it: its number, and the sheet where there are several."""
        return row_place(row, self.sheets)

    def located(self, problem: Problem) -> Problem:
        """The problem with the sheet that its row is on."""
        if problem.row is None or not self.sheets:
            return problem
        return replace(problem, sheet=self.sheet_of(problem.row))


DATE_COLUMNS = ["decided_on", "received_on", "registered_on"]


REGISTER_COLUMNS = [
    "code",
    *DATE_COLUMNS,
    "decision",
    "years",
    "condition",
    "case_number",
    "note",
    "source",
]

# What a member pledges, in a round in which it states its amount.
AMOUNT_COLUMNS = ["amount", "currency", "confirmed"]


def columns_of_register(rows: pd.DataFrame) -> list[str]:
    """The register's columns that a frame has: all of them, and those of amounts if it has any."""
    return [*REGISTER_COLUMNS, *(name for name in AMOUNT_COLUMNS if name in rows)]
