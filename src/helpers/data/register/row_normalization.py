"""Normalize a register's rows: understood cells in one form, all others unchanged."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.data.cells.cell_values import parse_years
from helpers.data.cells.conditions import is_filler
from helpers.data.cells.days import parse_day
from helpers.data.cells.decisions import declared_answer, parse_decision
from helpers.data.cells.distinct_texts import DistinctTexts
from helpers.data.cells.pledged_amounts import (
    normalize_amount,
    normalize_confirmed,
    normalize_currency,
    understood_amount,
)
from helpers.data.register.columns.member_names import find_member_code
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.model.answer_register import DATE_COLUMNS, REGISTER_COLUMNS, columns_of_register

_SOURCE_WORDS = dict.fromkeys(["reconstructed", "rekonstruerad", "rekonstruerat"], "reconstructed")


def normalize_rows(text: pd.DataFrame, vocabulary: RegisterVocabulary) -> pd.DataFrame:
    """Return the rows as str in one form: codes, ISO days, yes and no; other cells keep their text.

    A condition in the cell of an answer moves to its column. Normalizing twice changes nothing.
    """
    declared, order = vocabulary.settings.answers, vocabulary.settings.date_order
    answers = DistinctTexts(text["decision"])
    understood = [_understood_answer(cell, declared) for cell in answers.texts]
    rows = text.assign(
        code=resolve_codes(text, vocabulary),
        decision=answers.replace([answer for answer, _ in understood]),
        condition=_join_conditions(
            _real_conditions(text["condition"]),
            answers.replace([found for _, found in understood]),
        ),
        years=DistinctTexts(text["years"]).map(
            lambda cell: _value_or(parse_years(cell, vocabulary.years), cell)
        ),
        source=DistinctTexts(text["source"]).map(
            lambda cell: _SOURCE_WORDS.get(cell.casefold(), cell)
        ),
        **{
            name: DistinctTexts(text[name]).map(
                lambda cell: _value_or(parse_day(cell, order), cell)
            )
            for name in DATE_COLUMNS
        },
    ).astype(dict.fromkeys([*REGISTER_COLUMNS, "name"], "str"))
    return with_amounts(rows) if "amount" in rows else rows


def _understood_answer(cell: str, declared: Mapping[str, str]) -> tuple[str, str]:
    """Return the answer and the condition of a cell; the cell itself if it is unclear."""
    if meaning := declared_answer(cell, declared):
        return meaning, ""
    return parse_decision(cell) or (cell, "")


def with_amounts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with amounts and currencies in one form; other cells keep their text.

    An amount without an answer is a yes.
    """
    amounts = DistinctTexts(rows["amount"]).map(normalize_amount)
    pledged = pd.Series([bool(understood_amount(a)) for a in amounts], rows.index, dtype=bool)
    decision = rows["decision"].mask((rows["decision"] == "") & pledged, "yes")
    cells = zip(rows["confirmed"], amounts, decision, strict=True)
    confirmed = [normalize_confirmed(*one) for one in cells]
    amounts = amounts.mask((amounts == "0") & (decision != "yes"), "")  # a yes to 0 is an error
    return rows.assign(
        decision=decision,
        amount=amounts,
        currency=DistinctTexts(rows["currency"]).map(normalize_currency),
        confirmed=pd.Series(confirmed, rows.index, dtype="str"),
    ).astype({"decision": "str", "currency": "str"})


def with_dates(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the columns with days as datetime64[s]; a day that was not understood is NaT.

    `registered_on` defaults to `received_on`.
    """
    registered = rows["registered_on"].where(rows["registered_on"] != "", rows["received_on"])
    rows = rows.assign(registered_on=registered)
    days = {name: _days(DistinctTexts(rows[name])) for name in DATE_COLUMNS}
    return rows[columns_of_register(rows)].assign(**days)


def _days(cells: DistinctTexts) -> pd.Series[pd.Timestamp]:
    texts = pd.Series(cells.texts, dtype="str")
    are_days = texts.str.fullmatch(r"\d{4}-\d{2}-\d{2}")
    days = pd.to_datetime(texts.where(are_days), format="%Y-%m-%d", errors="coerce")
    return cells.take(days.astype("datetime64[s]").array)


def resolve_codes(text: pd.DataFrame, vocabulary: RegisterVocabulary) -> pd.Series[str]:
    """Return each row's code: as written, repaired, or found by the name if the code is blank."""
    index = vocabulary.index
    by_code = DistinctTexts(text["code"]).map(
        lambda cell: find_member_code(cell, index, vocabulary.names) or cell
    )
    by_name = DistinctTexts(text["name"]).map(
        lambda cell: find_member_code(cell, index, vocabulary.names) or ""
    )
    return by_code.where(by_code != "", by_name)


def _real_conditions(column: pd.Series[str]) -> pd.Series[str]:
    """Return the conditions without words that mean "no condition" (NULL, Nej, -)."""
    return DistinctTexts(column).map(lambda cell: "" if is_filler(cell) else cell)


def _join_conditions(column: pd.Series[str], found: pd.Series[str]) -> pd.Series[str]:
    """Join a column's text with the condition found in another cell, without repeating it."""
    if (found == "").all():
        return column
    both = column.where((found == "") | (column == found), column + "; " + found)
    return both.where(column != "", found)


def _value_or(value: str | None, otherwise: str) -> str:
    return otherwise if value is None else value
