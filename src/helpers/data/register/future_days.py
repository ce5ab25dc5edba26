"""Days of a register that have not come yet: almost always a mistyped year."""

from __future__ import annotations

from datetime import date

import pandas as pd

from helpers.errors import DataError, Problem
from helpers.model.answer_register import DATE_COLUMNS, Register


def find_future_days(register: Register, today: date) -> list[Problem]:
    """An error for each day after today, in a row as it reads with its corrections.

    The caller gives today: the data room does not read the clock.
    """
    table, versions = register.table, register.versions
    final = versions[~versions.index.duplicated(keep="last") & ~versions["removed"]]
    untouched = register.rows[~register.rows.index.isin(versions.index)]
    rows = pd.concat([untouched[DATE_COLUMNS], final[DATE_COLUMNS]]).sort_index()
    found = []
    for row, days in rows.iterrows():
        late = {name: day for name, day in days.items() if day > pd.Timestamp(today)}
        # A blank day of registration is the day of receipt, which is named already.
        if late.get("registered_on") == late.get("received_on"):
            late.pop("registered_on", None)
        for name, day in late.items():
            value = f"{day:%Y-%m-%d}"
            what = f"{value} is after today, {today}."
            remedy = "Check the year, and write the day as it was."
            problem = Problem(
                table.file, what, remedy, int(str(row)), str(name), value, table.sheet
            )
            found.append(table.located(problem))
    return found


def refuse_future_days(register: Register, today: date) -> None:
    """Raise DataError, with all of them at once, where a day of the register is after today."""
    if problems := find_future_days(register, today):
        raise DataError(problems)
