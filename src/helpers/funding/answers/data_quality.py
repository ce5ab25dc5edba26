"""The quality of the data: every row accounted for, every correction and every remark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from helpers.errors import Problem
from helpers.funding.answers.effective_answers import EffectiveAnswers, RowAccounting
from helpers.model.answer_register import Register


@dataclass(frozen=True)
class DataQuality:
    """The account of a register on a day, with the knowledge of a day.

    `kinds` counts the known answers that are a member's first (new), that differ from the previous
    one (changed) or equal it (repeated). `corrected` has the corrections known on the day: the
    index is the row number, the columns are those of register_corrections.apply_corrections.
    `remarks` are the warnings and repairs of rows known on the day. `unread` are the headings of
    columns that were not read, `sheets` those read as one table (see answer_register.SourceTable).
    """

    accounting: RowAccounting
    kinds: dict[str, int]
    corrected: pd.DataFrame
    remarks: list[Problem]
    unread: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()


def assess_data_quality(
    register: Register, standing: EffectiveAnswers, known_on: date
) -> DataQuality:
    """Account for a register on a day; what is not yet known on that day is left out."""
    kinds = standing.known["kind"].value_counts()
    versions = register.versions
    registered = register.rows["registered_on"] <= pd.Timestamp(known_on)
    rows = set(register.rows.index[registered])
    return DataQuality(
        accounting=standing.row_counts,
        kinds={kind: int(kinds.get(kind, 0)) for kind in ("new", "changed", "repeated")},
        corrected=versions[versions["recorded_on"] <= pd.Timestamp(known_on)],
        remarks=[remark for remark in register.remarks if remark.row in rows],
        unread=register.table.unread,
        sheets=register.table.sheets,
    )
