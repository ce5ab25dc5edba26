"""The rows of a register made alike: what was understood in one form, the rest as it stood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.data.cells import decision_of, iso_day, years_of
from helpers.data.headings import known_columns_of
from helpers.data.names import NameIndex, repair_code
from helpers.data.tables import Table
from helpers.errors import DataError, Problem

DATES = ["decided_on", "received_on", "registered_on"]
COLUMNS = [
    "code", *DATES, "decision", "years", "condition", "case_number", "note", "source",
]  # fmt: skip
_NEEDED = ["decided_on", "received_on", "decision"]
_SOURCES = dict.fromkeys(["reconstructed", "rekonstruerad", "rekonstruerat"], "reconstructed")


@dataclass(frozen=True)
class Vocabulary:
    """What the cells of a round's register may speak of: its members and its years."""

    names: Mapping[str, str]  # by code
    years: Sequence[int]


def known_text(table: Table) -> pd.DataFrame:
    """The table's known columns under their own names; those that are missing are blank.

    Raises DataError where a needed column is missing or two headings name the same one.
    """
    places, twice = known_columns_of(list(table.rows.columns))
    found = set(places.values())
    missing = [name for name in _NEEDED if name not in found]
    if not found & {"code", "name"}:
        missing.insert(0, "code")
    problems = [
        *(_heading(table, name, "there is no column", "Add it.") for name in missing),
        *(_heading(table, name, "more than one column is", "Keep one.") for name in twice),
    ]
    if problems:
        raise DataError(problems)
    text = table.rows.iloc[:, list(places)].set_axis(list(places.values()), axis=1)
    return text.reindex(columns=[*COLUMNS, "name"], fill_value="")


def _heading(table: Table, name: str, what: str, remedy: str) -> Problem:
    columns = f"The columns found are: {', '.join(table.rows.columns)}."
    return Problem(table.file, f"{what} {name!r}. {columns}", remedy, None, name, None, table.sheet)


def canonical(text: pd.DataFrame, words: Vocabulary) -> pd.DataFrame:
    """The rows in one form: codes, ISO days, yes and no; a cell not understood keeps its text.

    A condition that stands in the answer's own cell moves to its column. Doing it again changes
    nothing.
    """
    answers = _each(text["decision"], lambda cell: decision_of(cell) or (cell, ""))
    return text.assign(
        code=_codes(text, words),
        decision=answers.map(lambda answer: answer[0]),
        condition=_join(text["condition"], answers.map(lambda answer: answer[1])),
        years=_each(text["years"], lambda cell: _or(years_of(cell, words.years), cell)),
        source=_each(text["source"], lambda cell: _SOURCES.get(cell.casefold(), cell)),
        **{name: _each(text[name], lambda cell: _or(iso_day(cell), cell)) for name in DATES},
    ).astype(dict.fromkeys([*COLUMNS, "name"], "str"))


def typed(rows: pd.DataFrame) -> pd.DataFrame:
    """COLUMNS with days as datetime64[s]; a day that was not understood is NaT.

    `registered_on` defaults to `received_on`.
    """
    registered = rows["registered_on"].where(rows["registered_on"] != "", rows["received_on"])
    rows = rows.assign(registered_on=registered)
    days = {
        name: pd.to_datetime(
            rows[name].where(rows[name].str.fullmatch(r"\d{4}-\d{2}-\d{2}")),
            format="%Y-%m-%d", errors="coerce",
        ).astype("datetime64[s]")
        for name in DATES
    }  # fmt: skip
    return rows[COLUMNS].assign(**days)


def _codes(text: pd.DataFrame, words: Vocabulary) -> pd.Series[str]:
    """Each row's code: as written, repaired, or found by the name where no code is given."""
    index = NameIndex(words.names)
    by_code = _each(text["code"], lambda cell: repair_code(cell, words.names))
    by_name = _each(text["name"], lambda cell: index.code_of(cell) or "")
    return by_code.where(by_code != "", by_name)


def _join(column: pd.Series[str], found: pd.Series[str]) -> pd.Series[str]:
    """A column's text and what was found for it elsewhere, without saying the same twice."""
    both = column.where((found == "") | (column == found), column + "; " + found)
    return both.where(column != "", found)


def _or(value: str | None, otherwise: str) -> str:
    return otherwise if value is None else value


def _each(column: pd.Series[str], convert: Callable[[str], object]) -> pd.Series[str]:
    """Convert each different text once: a register of a million rows has few of them."""
    converted = {cell: convert(cell) for cell in column.unique()}
    return column.map(converted)
