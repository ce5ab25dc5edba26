"""Corrections of the register, kept as data: what was wrong, why, and since when it is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import model_validator

from helpers.base_model import StrictModel
from helpers.data.readers.toml_entries import load_toml_entries
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.data.register.row_normalization import normalize_rows
from helpers.errors import DataError, Problem, row_in_sheet
from helpers.model.answer_register import AMOUNT_COLUMNS, REGISTER_COLUMNS

CORRECTIONS_FILE = "corrections.toml"


class RegisterCorrection(StrictModel):
    """A correction of one row, known from `recorded_on`.

    `match` identifies exactly one row by its columns. Either `column` names the wrong cell, with
    `expected` as its value in the file and `corrected` as the right value; or `remove` removes the
    row.
    """

    recorded_on: date
    why: str
    match: Mapping[str, str | date]
    column: str | None = None
    expected: str | date | None = None
    corrected: str | date | None = None
    remove: bool = False

    @model_validator(mode="after")
    def _complete(self) -> RegisterCorrection:
        cell_fields = [self.column, self.expected, self.corrected]
        if self.remove == any(value is not None for value in cell_fields):
            raise ValueError("give column, expected and corrected, or remove = true alone")
        if not self.remove and None in cell_fields:
            raise ValueError("column, expected and corrected are all needed")
        known = [*REGISTER_COLUMNS, *AMOUNT_COLUMNS]
        unknown = [name for name in (*self.match, self.column or "code") if name not in known]
        if unknown or not self.match:
            raise ValueError(f"match and column name columns of the register: {', '.join(known)}")
        return self


def load_corrections(folder: Path) -> list[RegisterCorrection]:
    """Read corrections.toml, oldest first; [] if the round has no such file.

    Raises DataError or ReportError for mistakes in it.
    """
    entries: list[RegisterCorrection] = load_toml_entries(
        folder / CORRECTIONS_FILE, "correction", RegisterCorrection
    )
    return sorted(entries, key=lambda entry: entry.recorded_on)


def apply_corrections(
    rows: pd.DataFrame,
    text: pd.DataFrame,
    corrections: list[RegisterCorrection],
    vocabulary: RegisterVocabulary,
) -> pd.DataFrame:
    """Return every corrected version of a row, in the order in which they became known.

    `rows` are in canonical form, `text` as in the source: `match` and `expected` may be either
    until another correction has changed it. Returns the columns of `rows`, with the index of the
    row that each version replaces, and recorded_on, why, column, expected, corrected (str or date)
    and removed (bool). Raises DataError, with all of them at once, for a correction that matches no
    row or several, or whose expected value is missing, for instance because the source has been
    repaired.
    """
    current, source_text, versions, problems = rows.copy(), text.copy(), [], []
    for number, entry in enumerate(corrections, 1):
        problem = _amounts_not_read(current, entry, number)
        found = [] if problem else _matching_rows(current, source_text, entry, vocabulary)
        problem = problem or _mismatch_problem(current, source_text, found, entry, number)
        if problem:
            problems.append(problem)
            continue
        line = found[0]
        if entry.remove:
            current = current.drop(index=line)
            version = rows.loc[line].to_dict()
        else:
            current.loc[line, entry.column] = source_text.loc[line, entry.column] = str(
                entry.corrected
            )
            current.loc[line] = normalize_rows(current.loc[[line]], vocabulary).iloc[0]
            version = current.loc[line].to_dict()
        versions.append({"row": line, **version, **_correction_record(entry)})
    if problems:
        raise DataError(problems)
    columns = [*rows.columns, *_correction_columns()]
    frame = pd.DataFrame(versions, columns=["row", *columns]).set_index("row")
    return frame.astype(dict.fromkeys(rows.columns, "str"))


def _amounts_not_read(rows: pd.DataFrame, entry: RegisterCorrection, number: int) -> Problem | None:
    """Return the problem of a correction of an amount, in a round that reads no amounts."""
    unread = [name for name in (*entry.match, entry.column or "code") if name not in rows]
    if not unread:
        return None
    what = f"correction {number} names the column {unread[0]}, which this round does not read."
    return Problem(CORRECTIONS_FILE, what, "Name another column.", column=unread[0])


def _matching_rows(
    rows: pd.DataFrame, text: pd.DataFrame, entry: RegisterCorrection, words: RegisterVocabulary
) -> list[Any]:
    """The rows that are meant, by values as the source has them or in any form that is read."""
    match = {name: str(value) for name, value in entry.match.items()}
    stated = pd.DataFrame([match], dtype="str")
    understood = normalize_rows(stated.reindex(columns=text.columns, fill_value=""), words).iloc[0]
    mask = pd.Series(True, index=rows.index)
    for name, value in match.items():
        as_written = text.loc[rows.index, name] == value
        mask &= as_written | rows[name].isin([value, understood[name]])
    return list(rows.index[mask])


def _mismatch_problem(
    rows: pd.DataFrame, text: pd.DataFrame, found: list[Any], entry: RegisterCorrection, number: int
) -> Problem | None:
    match_text = ", ".join(f"{name} = {value}" for name, value in entry.match.items())
    if len(found) != 1:
        what = f"correction {number} ({match_text}) matches {len(found)} rows."
        if found:
            listed = ", ".join(map(_row_text, found))
            what = f"correction {number} ({match_text}) matches {len(found)} rows: {listed}."
        return Problem(
            CORRECTIONS_FILE, what, "Let match pick out exactly one row.", column="match"
        )
    if entry.remove:
        return None
    value = str(rows.loc[found[0], entry.column])
    if str(entry.expected) in (value, text.loc[found[0], entry.column]):
        return None
    if value == str(entry.corrected):
        row = _row_text(found[0])
        what = f"correction {number} ({match_text}): row {row} has since been mended in the source."
        return Problem(
            CORRECTIONS_FILE, what, "Delete the correction.", column=entry.column, value=value
        )
    row = _row_text(found[0])
    what = (
        f"correction {number} ({match_text}) expects {str(entry.expected)!r} in row {row} of "
        f"the register, there is {value!r}."
    )
    remedy = f"Look at row {row} again: correct expected, or delete the correction."
    return Problem(CORRECTIONS_FILE, what, remedy, column=entry.column, value=value)


def _row_text(row: Any) -> str:
    return str(row_in_sheet(int(row)))


def _correction_record(entry: RegisterCorrection) -> dict[str, Any]:
    changed = {} if entry.remove else {"expected": entry.expected, "corrected": entry.corrected}
    return {
        "recorded_on": pd.Timestamp(entry.recorded_on),
        "why": entry.why,
        "column": entry.column or "",
        "expected": str(changed.get("expected", "")),
        "corrected": str(changed.get("corrected", "")),
        "removed": entry.remove,
    }


def _correction_columns() -> list[str]:
    return ["recorded_on", "why", "column", "expected", "corrected", "removed"]
