"""The register of answers: every row ever registered, checked, with what has been corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.data.checks import Place, check
from helpers.data.corrections import Correction, apply_corrections
from helpers.data.rows import COLUMNS, Vocabulary, canonical, known_text, typed
from helpers.data.tables import Table, read_table
from helpers.errors import DataError, Problem
from helpers.rounds import Round

# The source of a row that was drawn to meet published totals, not received from the member.
RECONSTRUCTED = "reconstructed"


@dataclass(frozen=True)
class Register:
    """Every answer ever registered, in the order of the source.

    `rows` has rows.COLUMNS, days as datetime64[s], with the source's row numbers as index; `sound`
    says of each whether it could be used as it stood, before any correction. `versions` has the
    same columns for every corrected version of a row, `sound`, and what
    corrections.apply_corrections says of each. `remarks` are warnings and repairs. `table` is what
    was read.
    """

    rows: pd.DataFrame
    sound: pd.Series[bool]
    versions: pd.DataFrame
    remarks: list[Problem]
    table: Table

    @property
    def latest(self) -> date | None:
        """The latest day on which something was registered; None for an empty register."""
        days = [*self.rows["registered_on"].dropna(), *self.versions["recorded_on"]]
        return max(days).date() if days else None


def register_csv(register: Register) -> str:
    """The known columns of every row as CSV text, as the source has them.

    What was corrected, or was not understood, can then be read and corrected again.
    """
    return known_text(register.table).to_csv(index=False, lineterminator="\n")


@dataclass(frozen=True)
class Examined:
    """A register and all that is wrong in it; where that is anything, it is not fit for use."""

    register: Register
    errors: list[Problem]


def load_register(
    where: str | Path,
    members: pd.DataFrame,
    round_: Round,
    corrections: list[Correction] | None = None,
    table: str = "decisions",
) -> Register:
    """Read a register from a file or a database, and examine it.

    Raises DataError, with every error at once, if it has any, or as `examine_table` does;
    ReportError where there is no such file or table.
    """
    return sound(examine_table(read_table(str(where), table), members, round_, corrections))


def sound(examined: Examined) -> Register:
    """The register; DataError, with every error at once, if it has any."""
    if examined.errors:
        raise DataError(examined.errors)
    return examined.register


def examine_table(
    read: Table, members: pd.DataFrame, round_: Round, corrections: list[Correction] | None = None
) -> Examined:
    """Understand each cell of a register that has been read, and check every row.

    `members` has code and name, and valid_from and valid_to where the members' file has them. A
    row that is wrong but has been put right by a correction is no error. Raises DataError where
    there is no register to examine: no such column, or a correction that does not fit.
    """
    text = known_text(read)
    names = dict(zip(members["code"], members["name"], strict=True))
    words = Vocabulary(names, round_.years)
    rows = canonical(text, words)
    versions = apply_corrections(rows, text, corrections or [], words)
    place = Place(read.file, read.sheet)
    problems = check(typed(rows), text, members, round_, place)
    errors = [problem for problem in problems if problem.row not in versions.index]
    broken = {problem.row for problem in problems}
    versions, wrong = _checked_versions(versions, members, round_, place)
    register = Register(
        rows=typed(rows),
        sound=pd.Series([row not in broken for row in rows.index], rows.index, dtype=bool),
        versions=versions,
        remarks=_remarks(text, rows, place),
        table=read,
    )
    return Examined(register, sorted(errors + wrong, key=lambda problem: problem.row or 0))


def _checked_versions(
    versions: pd.DataFrame, members: pd.DataFrame, round_: Round, place: Place
) -> tuple[pd.DataFrame, list[Problem]]:
    """Corrected versions with days as datetime64[s] and `sound`, and what is wrong in the last.

    A row may take more than one correction to mend; until the last it does not count.
    """
    numbered = versions.reset_index()
    problems = check(typed(numbered), numbered, members, round_, place) if len(versions) else []
    broken = {problem.row for problem in problems}
    final = ~numbered["row"].duplicated(keep="last") & ~numbered["removed"].astype(bool)
    wrong = [
        replace(problem, row=int(numbered["row"][problem.row]))
        for problem in problems
        if problem.row is not None and final[problem.row]
    ]
    account = versions[[name for name in versions.columns if name not in (*COLUMNS, "name")]]
    sound = [position not in broken for position in range(len(versions))]
    made = pd.concat([typed(versions), account], axis=1).assign(sound=sound)
    return made.astype({"recorded_on": "datetime64[s]", "removed": bool, "sound": bool}), wrong


def _remarks(text: pd.DataFrame, rows: pd.DataFrame, place: Place) -> list[Problem]:
    """Codes that were repaired, names that stood for a code, and rows that stand twice."""
    written, code = text["code"], rows["code"]
    twice = typed(rows).duplicated(COLUMNS)
    found = [
        *(_repair(text, line, "code", f"was read as {code[line]}.", place)
          for line in rows.index[(written != "") & (written != code)]),
        *(Problem(place.file, "repeats an earlier row, word for word.", "Delete one of them.",
                  int(line), None, None, place.sheet, "warning") for line in rows.index[twice]),
    ]  # fmt: skip
    return sorted(found, key=lambda remark: remark.row or 0)


def _repair(text: pd.DataFrame, line: int, column: str, what: str, place: Place) -> Problem:
    value = str(text.loc[line, column])
    remedy = "Format the column as text to keep leading zeros."
    return Problem(
        place.file, f"{value!r} {what}", remedy, int(line), column, value, place.sheet, "repair"
    )


def reconstructed(rows: pd.DataFrame) -> bool:
    """Whether any row says of itself that it is reconstructed."""
    return bool((rows["source"] == RECONSTRUCTED).any())
