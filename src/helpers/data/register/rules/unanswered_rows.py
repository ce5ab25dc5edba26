"""Leave out rows of a prefilled list that have no answer: those members have not answered."""

from __future__ import annotations

import pandas as pd

from helpers.data.cells.conditions import is_filler
from helpers.data.cells.decisions import declared_answer, is_no_answer, parse_decision
from helpers.data.cells.money_amounts import parse_amount
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.data.register.row_normalization import normalize_rows
from helpers.model.answer_register import DATE_COLUMNS


def leave_out_unanswered(text: pd.DataFrame, words: RegisterVocabulary) -> tuple[pd.DataFrame, str]:
    """Leave out rows that name a member and have neither an answer nor a day; also return a note.

    `text` is the frame of column_choice.ReadColumns. The note states the number of rows, '' for
    none. Such a row never withdraws an answer. A word that round.toml declares as "unanswered" is
    not an answer, with or without days. A row that states an amount is never left out, whatever its
    answer: amount_rules reports it.
    """
    # A total or a footnote names no member; outside_rows reports it.
    named = normalize_rows(text, words)["code"].isin(words.names)
    declared = words.settings.answers
    unanswered = {
        cell
        for cell in text["decision"].unique()
        if declared_answer(cell, declared) == "unanswered"
    }
    blank = pd.Series(True, index=text.index)
    for column in ("decision", *DATE_COLUMNS, "years"):
        blank &= text[column].isin([cell for cell in text[column].unique() if is_no_answer(cell)])
    no_money = _without_money(text)
    conditions = text["condition"]
    blank &= conditions.isin([c for c in conditions.unique() if not c or is_filler(c)])
    left_out = named & no_money & (blank | text["decision"].isin(unanswered))
    number = int(left_out.sum())
    if not number:
        return text, ""
    rows = f"{number} row{'s' * (number != 1)} with a member and no answer: not answered."
    return text[~left_out], rows


def _without_money(text: pd.DataFrame) -> pd.Series[bool]:
    """Which rows state neither an amount nor that one is confirmed."""
    rows = pd.Series(True, index=text.index)
    if "amount" not in text:
        return rows
    for column in ("amount", "confirmed"):
        rows &= text[column].isin([cell for cell in text[column].unique() if _is_nothing(cell)])
    return rows


def _is_nothing(cell: str) -> bool:
    answer = parse_decision(cell) if cell else None  # confirmed may be yes or no
    no = answer is not None and answer[0] != "yes"
    return not cell or is_filler(cell) or no or parse_amount(cell) == 0
