"""What is read of a sheet, whatever the workbook's kind."""

from __future__ import annotations

from typing import NamedTuple

from helpers.data.readers.numbered_rows import NumberedRows
from helpers.errors import Problem


class WorkbookRows(NamedTuple):
    """The rows of a sheet from its heading on, its name, how it was chosen, and what to remark.

    Of several sheets read as one table, `sheet` is None and `sheets` has their names in order.
    """

    rows: NumberedRows
    sheet: str | None
    notes: list[str]
    remarks: list[Problem]
    sheets: tuple[str, ...] = ()
