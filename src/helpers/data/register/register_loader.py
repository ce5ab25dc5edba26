"""The register of answers: every row ever registered, checked, with what has been corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from helpers.data.readers.table_reader import read_table
from helpers.data.register.columns.column_choice import ReadColumns, choose_columns
from helpers.data.register.columns.outside_rows import set_aside_other_rows
from helpers.data.register.columns.register_vocabulary import round_vocabulary
from helpers.data.register.register_corrections import RegisterCorrection, apply_corrections
from helpers.data.register.register_remarks import find_remarks
from helpers.data.register.register_schema import SourceLocation, find_register_problems
from helpers.data.register.row_normalization import normalize_rows, with_dates
from helpers.data.register.unanswered_rows import leave_out_unanswered
from helpers.errors import DataError, Problem
from helpers.model.answer_register import REGISTER_COLUMNS, Register, SourceTable
from helpers.model.funding_round import Round


def register_csv(register: Register) -> str:
    """The known columns of every row as CSV text, as the source has them.

    What was corrected, or was not understood, can then be read and corrected again. Names that
    resemble no member's are not there.
    """
    return register.text.to_csv(index=False, lineterminator="\n")


@dataclass(frozen=True)
class ExaminedRegister:
    """A register and all that is wrong in it; where that is anything, it is not fit for use."""

    register: Register
    errors: list[Problem]


def load_register(
    where: str | Path,
    members: pd.DataFrame,
    round_: Round,
    corrections: list[RegisterCorrection] | None = None,
    table: str = "decisions",
) -> Register:
    """Read a register from a file or a database, and examine it.

    Raises DataError, with every error at once, if it has any, or as `examine_table` does;
    ReportError where there is no such file or table.
    """
    return require_sound(examine_table(read_table(str(where), table), members, round_, corrections))


def require_sound(examined: ExaminedRegister) -> Register:
    """The register; DataError, with every error at once, if it has any."""
    if examined.errors:
        raise DataError(examined.errors)
    return examined.register


def examine_table(
    read: SourceTable,
    members: pd.DataFrame,
    round_: Round,
    corrections: list[RegisterCorrection] | None = None,
) -> ExaminedRegister:
    """Understand each cell of a register that has been read, and check every row.

    `members` has code and name, and valid_from and valid_to where the members' file has them. A
    wrong row that a correction has put right is not an error. Raises DataError if the table has
    no register to examine: a needed column is missing, or a correction does not fit.
    """
    words = round_vocabulary(members, round_)
    read, other_rows = set_aside_other_rows(read, words)
    columns = choose_columns(read, words)
    text, unanswered = leave_out_unanswered(columns.text, words)
    read = _as_read(read, text, columns, unanswered)
    rows = normalize_rows(text, words)
    versions = apply_corrections(rows, text, corrections or [], words)
    location = SourceLocation(read.file, read.sheet)
    problems = find_register_problems(with_dates(rows), text, members, round_, location)
    versions, wrong = _check_versions(versions, members, round_, location)
    of_source = columns.named([*read.remarks, *other_rows, *columns.remarks])
    problem_rows = {problem.row for problem in problems}
    register = Register(
        rows=with_dates(rows),
        sound=pd.Series([row not in problem_rows for row in rows.index], rows.index, dtype=bool),
        versions=versions,
        remarks=[*of_source, *columns.named(find_remarks(text, rows, words, location))],
        table=read,
        text=text,
        headings=columns.headings,
        source_remarks=of_source,
    )
    errors = [problem for problem in problems if problem.row not in versions.index]
    found = sorted([*columns.errors, *errors, *wrong], key=lambda problem: problem.row or 0)
    return ExaminedRegister(register, columns.named(found))


def _as_read(
    read: SourceTable, text: pd.DataFrame, columns: ReadColumns, unanswered: str
) -> SourceTable:
    """The table with the rows that `text` has, and with what was not read of it."""
    notes = (*read.notes, *filter(None, [columns.unread_note, unanswered]))
    # A table from an archive says already what was not read of its source.
    unread = (*read.unread, *columns.unread)
    return replace(read, rows=read.rows.loc[text.index], notes=notes, unread=unread)


def _check_versions(
    versions: pd.DataFrame, members: pd.DataFrame, round_: Round, location: SourceLocation
) -> tuple[pd.DataFrame, list[Problem]]:
    """Corrected versions with days as datetime64[s] and `sound`, and what is wrong in the last.

    A row may take more than one correction to mend; until the last it does not count.
    """
    numbered = versions.reset_index()
    problems = (
        find_register_problems(with_dates(numbered), numbered, members, round_, location)
        if len(versions)
        else []
    )
    problem_rows = {problem.row for problem in problems}
    final = ~numbered["row"].duplicated(keep="last") & ~numbered["removed"].astype(bool)
    wrong = [
        replace(problem, row=int(numbered["row"][problem.row]))
        for problem in problems
        if problem.row is not None and final[problem.row]
    ]
    record_columns = versions[
        [name for name in versions.columns if name not in (*REGISTER_COLUMNS, "name")]
    ]
    sound = [position not in problem_rows for position in range(len(versions))]
    with_soundness = pd.concat([with_dates(versions), record_columns], axis=1).assign(sound=sound)
    return with_soundness.astype(
        {"recorded_on": "datetime64[s]", "removed": bool, "sound": bool}
    ), wrong
