"""Rows of a prefilled list without an answer: the member has not answered."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from helpers.data.cells.conditions import is_filler
from helpers.data.cells.decisions import is_no_answer
from helpers.data.register.row_normalization import (
    RegisterVocabulary,
    normalize_rows,
    select_known_columns,
)
from helpers.model.answer_register import DATE_COLUMNS, SourceTable


def leave_out_unanswered(table: SourceTable, words: RegisterVocabulary) -> SourceTable:
    """The table without the rows that name a member and neither an answer nor a day.

    A note of how it was read says how many there were. Such a row never withdraws an answer.
    Raises DataError as `select_known_columns`.
    """
    text = select_known_columns(table)
    # A total or a footnote names no member, and is not left out in silence.
    named = normalize_rows(text, words)["code"].isin(words.names)
    blank = pd.Series(True, index=text.index)
    for column in ("decision", *DATE_COLUMNS, "years"):
        blank &= text[column].isin([cell for cell in text[column].unique() if is_no_answer(cell)])
    conditions = text["condition"]
    blank &= conditions.isin([c for c in conditions.unique() if not c or is_filler(c)])
    unanswered = named & blank
    if not unanswered.any():
        return table
    number = int(unanswered.sum())
    rows = f"{number} row{'s' * (number != 1)} with a member and no answer:"
    return replace(
        table, rows=table.rows[~unanswered], notes=(*table.notes, f"{rows} not answered.")
    )
