"""The register of answers as it has been read: rows, corrected versions, remarks and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from helpers.errors import Problem

# The source of a row that was drawn to meet published totals, not received from the member.
RECONSTRUCTED_SOURCE = "reconstructed"


@dataclass(frozen=True)
class Register:
    """Every answer ever registered, in the order of the source.

    `rows` has answer_register.REGISTER_COLUMNS, days as datetime64[s], with the source's row
    numbers as index; `sound` says of each whether it could be used as it stood, before any
    correction. `versions` has the same columns for every corrected version of a row, `sound`, and
    what register_corrections.apply_corrections says of each. `remarks` are warnings and repairs.
    `table` is what was read.
    """

    rows: pd.DataFrame
    sound: pd.Series[bool]
    versions: pd.DataFrame
    remarks: list[Problem]
    table: SourceTable

    @property
    def latest(self) -> date | None:
        """The latest day on which something was registered; None for an empty register."""
        days = [*self.rows["registered_on"].dropna(), *self.versions["recorded_on"]]
        return max(days).date() if days else None


def reconstructed(rows: pd.DataFrame) -> bool:
    """Whether any row says of itself that it is reconstructed."""
    return bool((rows["source"] == RECONSTRUCTED_SOURCE).any())


@dataclass(frozen=True)
class SourceTable:
    """A register as it stands in its source.

    `rows` has every cell as stripped text (dtype str) under the headings as they stand; its index
    is the row as the source numbers it: the line of a CSV file and the row of a worksheet, where
    the heading row is counted; in Parquet and databases, which have none, the first row is 1.
    """

    rows: pd.DataFrame
    file: str  # a file's name, or a database as "postgresql, table decisions": never where it lies
    sheet: str | None
    sha256: str  # of the file's bytes; for a database of the columns read, as CSV
    notes: tuple[str, ...]  # how it was read, in English; never what a cell holds
    heading_row: int = 0  # 0 where headings stand in no row: in Parquet and databases
    remarks: tuple[Problem, ...] = ()  # warnings and repairs of cells that the reader saw


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
