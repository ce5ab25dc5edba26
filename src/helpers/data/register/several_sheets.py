"""Several sheets that were read as one table: a member that stands on two of them is a question."""

from __future__ import annotations

import pandas as pd

from helpers.errors import ROWS_A_SHEET, Problem
from helpers.model.answer_register import SourceTable


def find_members_on_two_sheets(read: SourceTable, codes: pd.Series[str]) -> list[Problem]:
    """An error for each member on more than one sheet, where the round does not state the sheets.

    One sheet may be an older copy of another. `codes` are the members' by row, those of rows
    without an answer too.
    """
    listed = ", ".join(f'"{name}"' for name in read.sheets)
    remedy = (
        "Name the sheet to read with sheet under [register] in round.toml; or, if an answer on one "
        f"sheet may follow one on another, write sheets = [{listed}]."
    )
    found = []
    for code, of_member in codes[codes != ""].groupby(codes):
        rows = [int(str(row)) for row in of_member.index]
        other = [row for row in rows if row // ROWS_A_SHEET != rows[0] // ROWS_A_SHEET]
        if other:
            places = f"{read.place_of(rows[0])} and {read.place_of(other[0])}"
            what = f"member {code} is on more than one sheet (sheet and row: {places})."
            found.append(Problem(read.file, what, remedy, other[0], "code"))
    return found
