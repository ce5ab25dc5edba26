"""Load the register of answers: every row, checked, with the corrections applied."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from helpers.data.register.columns.column_choice import ReadColumns, choose_columns
from helpers.data.register.columns.outside_rows import set_aside_other_rows
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary, round_vocabulary
from helpers.data.register.register_corrections import RegisterCorrection, apply_corrections
from helpers.data.register.register_problems import SourceLocation, find_register_problems
from helpers.data.register.register_remarks import find_remarks
from helpers.data.register.row_normalization import normalize_rows, resolve_codes, with_dates
from helpers.data.register.rules.unanswered_rows import leave_out_unanswered
from helpers.data.register.several_sheets import find_members_on_two_sheets
from helpers.errors import DataError, Problem
from helpers.model.answer_register import Register, SourceTable, columns_of_register
from helpers.model.funding_round import Round


def register_csv(register: Register) -> str:
    """Return the known columns of every row as CSV text, unchanged.

    The archive thus contains what was corrected or not understood. Names that resemble no member's
    are left out.
    """
    return register.text.to_csv(index=False, lineterminator="\n")


@dataclass(frozen=True)
class ExaminedRegister:
    """A register and its errors; with any error it must not be used for a report."""

    register: Register
    errors: list[Problem]


def require_sound(examined: ExaminedRegister) -> Register:
    """Return the register; raises DataError with every error at once if it has any."""
    if examined.errors:
        raise DataError(examined.errors)
    return examined.register


def examine_table(
    read: SourceTable,
    members: pd.DataFrame,
    round_: Round,
    corrections: list[RegisterCorrection] | None = None,
) -> ExaminedRegister:
    """Interpret each cell of a register that has been read, and check every row.

    `members` has code and name (str), and valid_from and valid_to (datetime64) if the members' file
    has them. A wrong row that a correction has repaired is not an error. Raises DataError if the
    table cannot be examined: a required column is missing, or a correction does not match.
    """
    words = round_vocabulary(members, round_)
    read, other_rows = set_aside_other_rows(read, words)
    columns = choose_columns(read, words)
    shared = _members_on_two_sheets(read, columns, words)
    text, unanswered = leave_out_unanswered(columns.text, words)
    read = _as_read(read, text, columns, unanswered)
    rows = normalize_rows(text, words)
    versions = apply_corrections(rows, text, corrections or [], words)
    location = SourceLocation(read.file, read.sheet)
    dated = with_dates(rows)
    problems = find_register_problems(dated, text, members, round_, location)
    versions, wrong = _check_versions(versions, members, round_, location)
    of_source = _shown(read, columns, [*read.remarks, *other_rows, *columns.remarks])
    remarks = find_remarks(text, rows, dated, words, location)
    wrong_rows = {problem.row for problem in problems}
    register = Register(
        rows=dated,
        sound=pd.Series(~rows.index.isin(wrong_rows), rows.index, dtype=bool),
        versions=versions,
        remarks=[*of_source, *_shown(read, columns, remarks)],
        table=read,
        text=text,
        headings=columns.headings,
        source_remarks=of_source,
    )
    errors = [problem for problem in problems if problem.row not in versions.index]
    found = sorted([*columns.errors, *shared, *errors, *wrong], key=lambda one: one.row or 0)
    return ExaminedRegister(register, _shown(read, columns, found))


def _shown(read: SourceTable, columns: ReadColumns, problems: list[Problem]) -> list[Problem]:
    """Return the problems with the source's own headings and sheets."""
    return [read.located(problem) for problem in columns.named(problems)]


def _members_on_two_sheets(
    read: SourceTable, columns: ReadColumns, words: RegisterVocabulary
) -> list[Problem]:
    """Rows of a prefilled list that have no answer are looked at too."""
    if not read.sheets or read.sheets_stated:
        return []
    return find_members_on_two_sheets(read, resolve_codes(columns.text, words))


def _as_read(
    read: SourceTable, text: pd.DataFrame, columns: ReadColumns, unanswered: str
) -> SourceTable:
    """Return the table with only the rows of `text`, and with notes on what was not read."""
    # A table of a database or an archive already has the columns that were not read.
    unread = (*read.unread, *columns.unread)
    unread_note = f"Columns not used: {', '.join(unread)}." if unread else ""
    notes = (*read.notes, *filter(None, [unread_note, unanswered]))
    rows = read.rows if len(text) == len(read.rows) else read.rows.loc[text.index]
    return replace(read, rows=rows, notes=notes, unread=unread)


def _check_versions(
    versions: pd.DataFrame, members: pd.DataFrame, round_: Round, location: SourceLocation
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return corrected versions with days as datetime64[s] and `sound` (bool), and their problems.

    Several corrections may be needed to repair a row; its problems are those of the last version.
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
        [name for name in versions.columns if name not in (*columns_of_register(versions), "name")]
    ]
    sound = [position not in problem_rows for position in range(len(versions))]
    with_soundness = pd.concat([with_dates(versions), record_columns], axis=1).assign(sound=sound)
    return with_soundness.astype(
        {"recorded_on": "datetime64[s]", "removed": bool, "sound": bool}
    ), wrong
