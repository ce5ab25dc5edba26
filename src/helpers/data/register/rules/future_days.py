"""Find days of a register after today, almost always a mistyped year."""

from __future__ import annotations

from datetime import date

import pandas as pd

from helpers.errors import DataError, Problem
from helpers.model.answer_register import DATE_COLUMNS, Register


def find_future_days(register: Register, today: date) -> list[Problem]:
    """Return an error for each day after `today`, in a row with its corrections applied.

    The caller passes `today`, because the data room does not read the clock.
    """
    table, versions = register.table, register.versions
    final = versions[~versions.index.duplicated(keep="last") & ~versions["removed"]]
    untouched = register.rows[~register.rows.index.isin(versions.index)]
    rows = pd.concat([untouched[DATE_COLUMNS], final[DATE_COLUMNS]]).sort_index()
    found = []
    # Only rows with such a day are looked at one by one: a register may have a million rows.
    for row, days in rows[(rows > pd.Timestamp(today)).any(axis=1)].iterrows():
        late = {name: day for name, day in days.items() if day > pd.Timestamp(today)}
        # A blank day of registration is read as the day of receipt, which is already reported.
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
    """Raise DataError with all days of the register that are after `today`."""
    if problems := find_future_days(register, today):
        raise DataError(problems)
