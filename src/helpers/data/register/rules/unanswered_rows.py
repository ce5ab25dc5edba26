"""Leave out rows of a prefilled list that have no answer: those members have not answered."""

from __future__ import annotations

import pandas as pd

from helpers.data.cells.conditions import is_filler
from helpers.data.cells.decisions import declared_answer, is_no_answer, parse_decision
from helpers.data.cells.distinct_texts import DistinctTexts
from helpers.data.cells.money_amounts import parse_amount
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.data.register.row_normalization import resolve_codes
from helpers.model.answer_register import DATE_COLUMNS


def leave_out_unanswered(text: pd.DataFrame, words: RegisterVocabulary) -> tuple[pd.DataFrame, str]:
    """Leave out rows that name a member and have neither an answer nor a day; also return a note.

    `text` is the frame of column_choice.ReadColumns. The note states the number of rows, '' for
    none. Such a row never withdraws an answer. A word that round.toml declares as "unanswered" is
    not an answer, with or without days. A row that states an amount is never left out, whatever its
    answer: amount_rules reports it.
    """
    # A total or a footnote names no member; outside_rows reports it.
    named = resolve_codes(text, words).isin(words.names)
    declared = words.settings.answers
    unanswered = DistinctTexts(text["decision"]).match(
        lambda cell: declared_answer(cell, declared) == "unanswered"
    )
    blank = pd.Series(True, index=text.index)
    for column in ("decision", *DATE_COLUMNS, "years"):
        blank &= DistinctTexts(text[column]).match(is_no_answer)
    blank &= DistinctTexts(text["condition"]).match(lambda cell: not cell or is_filler(cell))
    left_out = named & _without_money(text) & (blank | unanswered)
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
        rows &= DistinctTexts(text[column]).match(_is_nothing)
    return rows


def _is_nothing(cell: str) -> bool:
    answer = parse_decision(cell) if cell else None  # confirmed may be yes or no
    no = answer is not None and answer[0] != "yes"
    return not cell or is_filler(cell) or no or parse_amount(cell) == 0
