"""Corrections of the record, kept as data: what was wrong, why, and since when it is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import model_validator

from helpers.data.round_files import load_entries
from helpers.data.rows import COLUMNS, Vocabulary, canonical
from helpers.errors import DataError, Problem
from helpers.strict import Strict

FILE = "corrections.toml"


class Correction(Strict):
    """One record put right, known from `recorded_on`.

    `match` picks out exactly one row by its columns. Either `column` says which cell is wrong,
    `expected` what it holds and `corrected` what it should hold; or `remove` takes the row out.
    """

    recorded_on: date
    why: str
    match: Mapping[str, str | date]
    column: str | None = None
    expected: str | date | None = None
    corrected: str | date | None = None
    remove: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Correction:
        given = [self.column, self.expected, self.corrected]
        if self.remove == any(value is not None for value in given):
            raise ValueError("give column, expected and corrected, or remove = true alone")
        if not self.remove and None in given:
            raise ValueError("column, expected and corrected are all needed")
        unknown = [name for name in (*self.match, self.column or "code") if name not in COLUMNS]
        if unknown or not self.match:
            raise ValueError(f"match and column name columns of the register: {', '.join(COLUMNS)}")
        return self


def load_corrections(folder: Path) -> list[Correction]:
    """Read corrections.toml, oldest first; a round in which nothing was corrected has no such file.

    Raises DataError or ReportError for what is wrong in it.
    """
    entries: list[Correction] = load_entries(folder / FILE, "correction", Correction)
    return sorted(entries, key=lambda entry: entry.recorded_on)


def apply_corrections(
    rows: pd.DataFrame, text: pd.DataFrame, corrections: list[Correction], words: Vocabulary
) -> pd.DataFrame:
    """Every corrected version of a row, in the order in which they became known.

    `rows` are in canonical form, `text` as the source has them: `expected` may be either until
    another correction has changed it. Returns the columns of `rows`, with the index of the row that
    each version replaces, and recorded_on, why, column, expected, corrected; `removed` is true
    where the row is taken out. Raises DataError, all at once, for a correction that matches no row
    or several, or whose expected value is not there, for instance because the source has been
    mended.
    """
    current, raw, versions, problems = rows.copy(), text.copy(), [], []
    for number, entry in enumerate(corrections, 1):
        found = _match(current, entry)
        problem = _problem(current, raw, found, entry, number)
        if problem:
            problems.append(problem)
            continue
        line = found[0]
        if entry.remove:
            current = current.drop(index=line)
            version = rows.loc[line].to_dict()
        else:
            current.loc[line, entry.column] = raw.loc[line, entry.column] = str(entry.corrected)
            current.loc[line] = canonical(current.loc[[line]], words).iloc[0]
            version = current.loc[line].to_dict()
        versions.append({"row": line, **version, **_account(entry)})
    if problems:
        raise DataError(problems)
    columns = [*rows.columns, *_account_names()]
    made = pd.DataFrame(versions, columns=["row", *columns]).set_index("row")
    return made.astype(dict.fromkeys(rows.columns, "str"))


def _match(rows: pd.DataFrame, entry: Correction) -> list[Any]:
    mask = pd.Series(True, index=rows.index)
    for name, value in entry.match.items():
        mask &= rows[name] == str(value)
    return list(rows.index[mask])


def _problem(
    rows: pd.DataFrame, text: pd.DataFrame, found: list[Any], entry: Correction, number: int
) -> Problem | None:
    picked = ", ".join(f"{name} = {value}" for name, value in entry.match.items())
    if len(found) != 1:
        what = f"correction {number} ({picked}) matches {len(found)} rows."
        return Problem(FILE, what, "Let match pick out exactly one row.", column="match")
    if entry.remove:
        return None
    value = str(rows.loc[found[0], entry.column])
    if str(entry.expected) in (value, text.loc[found[0], entry.column]):
        return None
    if value == str(entry.corrected):
        what = f"correction {number} ({picked}): the source has since been mended."
        return Problem(FILE, what, "Delete the correction.", column=entry.column, value=value)
    what = f"correction {number} ({picked}) expects {str(entry.expected)!r}, there is {value!r}."
    return Problem(FILE, what, "Look at the row again.", column=entry.column, value=value)


def _account(entry: Correction) -> dict[str, Any]:
    changed = {} if entry.remove else {"expected": entry.expected, "corrected": entry.corrected}
    return {
        "recorded_on": pd.Timestamp(entry.recorded_on),
        "why": entry.why,
        "column": entry.column or "",
        "expected": str(changed.get("expected", "")),
        "corrected": str(changed.get("corrected", "")),
        "removed": entry.remove,
    }


def _account_names() -> list[str]:
    return ["recorded_on", "why", "column", "expected", "corrected", "removed"]
