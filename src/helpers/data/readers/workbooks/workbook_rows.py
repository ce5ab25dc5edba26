"""The result of reading a sheet, the same for every kind of workbook."""

from __future__ import annotations

from typing import NamedTuple

from helpers.data.readers.numbered_rows import NumberedRows
from helpers.errors import Problem


class WorkbookRows(NamedTuple):
    """The rows of a sheet from its heading on, its name, notes on the choice, and remarks.

    Of several sheets read as one table, `sheet` is None and `sheets` has their names in order.
    """

    rows: NumberedRows
    sheet: str | None
    notes: list[str]
    remarks: list[Problem]
    sheets: tuple[str, ...] = ()
