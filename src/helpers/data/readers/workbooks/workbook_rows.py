"""The result of reading a sheet, the same for every kind of workbook."""

from __future__ import annotations

from typing import NamedTuple

from helpers.data.readers.numbered_rows import NumberedRows
from helpers.errors import Problem


class WorkbookRows(NamedTuple):
    """The rows of a sheet from its heading on, its name, notes on the choice, and remarks."""

    rows: NumberedRows
    sheet: str
    notes: list[str]
    remarks: list[Problem]
