"""Choose the columns that are read of a register, and refuse ambiguous ones.

A column on answers, conditions, withdrawals or amounts is never left out without a message:
round.toml states under [register.columns] what it is, or that it is ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from helpers.data.cells.column_headings import (
    find_answer_pair,
    may_be_a_persons,
    understood_headings,
)
from helpers.data.cells.decisions import answer_of_pair
from helpers.data.register.columns.member_names import find_member_code
from helpers.data.register.columns.name_columns import (
    has_some_member,
    hide_strangers,
    is_respondents_column,
    respondents_remark,
    shortened_name_remarks,
)
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.data.register.columns.unread_columns import (
    doubtful_column_problems,
    only_date_column,
    weighty_column_remarks,
)
from helpers.errors import DataError, Problem, in_own_words
from helpers.model.answer_register import AMOUNT_COLUMNS, REGISTER_COLUMNS, SourceTable

_REQUIRED_COLUMNS = ["decided_on", "received_on", "decision"]
_HEADINGS_SUGGESTED = 4
# Columns of which several are joined: their texts can be read together.
_JOINED_COLUMNS = {"note", "source", "case_number"}
_MEMBER_COLUMNS = ("code", "name")  # several may name the member, if they agree


@dataclass(frozen=True)
class ReadColumns:
    """What is read of a register: `text` has REGISTER_COLUMNS and name as str, unchanged.

    `headings` are the source's headings by column; `unread` are the headings that are not read.
    `errors` and `remarks` concern whole columns, and rows in which two columns disagree.
    """

    text: pd.DataFrame
    headings: dict[str, str]
    unread: list[str]
    errors: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    def named(self, problems: list[Problem]) -> list[Problem]:
        """Return the problems with the source's headings in place of column names."""
        return [in_own_words(problem, self.headings) for problem in problems]


def choose_columns(table: SourceTable, words: RegisterVocabulary) -> ReadColumns:
    """Return the table's known columns under their standard names; missing columns are blank.

    Raises DataError if a required column is missing, or if two columns are the same one.
    """
    headings = list(table.rows.columns)
    positions = words.columns.positions(headings)
    problem = partial(Problem, table.file, sheet=table.sheet)
    remarks = list(_leave_out_respondents(table, positions, words))
    errors = _settle_codes(table, positions, words)
    pair = None if "decision" in positions else find_answer_pair(headings)
    remarks += _fill_in_dates(table, positions, words)
    stated = pair or (words.settings.reads_amounts and "amount" in positions)
    found = {*positions, *(["decision"] if stated else [])}
    _require_columns(table, found, positions)
    text = pd.DataFrame(
        {column: _joined_text(table, column, at) for column, at in positions.items()},
        index=table.rows.index,
        dtype="str",
    )
    if pair:
        marks = zip(*(table.rows.iloc[:, at] for at in pair), strict=True)
        text["decision"] = [answer_of_pair(yes, no) for yes, no in marks]
    named = {column: headings[at[0]] for column, at in positions.items()}
    read = {*(pair or ()), *(at for one in positions.values() for at in one)}
    doubtful = doubtful_column_problems(table, read, words)
    errors += doubtful
    remarks += weighty_column_remarks(table, read, words, {one.column for one in doubtful})
    of_amounts = AMOUNT_COLUMNS if words.settings.reads_amounts else []
    text = text.reindex(columns=[*REGISTER_COLUMNS, *of_amounts, "name"], fill_value="")
    shown = hide_strangers(text["name"], words.index)
    remarks += shortened_name_remarks(table, text["name"].where(text["code"] == "", shown), shown)
    remarks += _missing_declared(table, positions, words, problem)
    unread = [heading for at, heading in enumerate(headings) if at not in read]
    return ReadColumns(text.assign(name=shown), named, unread, errors, remarks)


def _joined_text(table: SourceTable, column: str, positions: list[int]) -> pd.Series[str]:
    """Return the cells of a column; if several have its name, their different texts joined.

    For several columns of codes or names it is the first cell that is filled.
    """
    first, *others = (table.rows.iloc[:, at] for at in positions)
    for other in others:
        if column in _MEMBER_COLUMNS:
            first = first.where(first != "", other)
            continue
        both = (first != "") & (other != "") & (first != other)
        first = first.where(first != "", other).where(~both, first + "; " + other)
    return first


def _leave_out_respondents(
    table: SourceTable, positions: dict[str, list[int]], words: RegisterVocabulary
) -> Iterator[Problem]:
    """Remove columns of names that are not the members' from `positions`, with a remark on each.

    If there is neither a code nor another column of names, the column is kept: nothing else
    identifies the member.
    """
    at_names = positions.get("name", [])
    for at in list(at_names):
        alone = "code" not in positions and len(at_names) == 1
        cells = table.rows.iloc[:, at]
        if alone or not is_respondents_column(cells, words.index):
            continue
        # "Namn" may be anybody's; "Kommun" only where none is a member's.
        anybodys = may_be_a_persons(table.rows.columns[at])
        if anybodys or not has_some_member(cells, words.index):
            at_names.remove(at)
            yield respondents_remark(table, at)
    if "name" in positions and not at_names:
        del positions["name"]


def _settle_codes(
    table: SourceTable, positions: dict[str, list[int]], words: RegisterVocabulary
) -> list[Problem]:
    """Return an error for each row in which several columns of codes or names differ.

    The columns are then read as one (see _joined_text).
    """
    errors: list[Problem] = []
    for column in _MEMBER_COLUMNS:
        first, *others = positions.get(column, []) or [-1]
        for other in others:
            errors += _disagreements(table, (first, other), column, words)
    return errors


def _disagreements(
    table: SourceTable, positions: tuple[int, int], column: str, words: RegisterVocabulary
) -> Iterator[Problem]:
    one, other = (table.rows.iloc[:, at] for at in positions)
    headings = [table.rows.columns[at] for at in positions]
    for row in table.rows.index[(one != "") & (other != "") & (one != other)]:
        meant = [find_member_code(cells[row], words.index, words.names) for cells in (one, other)]
        if meant[0] != meant[1]:
            named = " and ".join(
                f"{heading!r} names {f'{code} ({words.names[code]})' if code else 'no member'}"
                for heading, code in zip(headings, meant, strict=True)
            )
            remedy = "Correct one of them."
            yield Problem(table.file, f"{named}.", remedy, int(row), column, None, table.sheet)


def _fill_in_dates(
    table: SourceTable, positions: dict[str, list[int]], words: RegisterVocabulary
) -> list[Problem]:
    """Use the only column of days both as the day decided and as the day received."""
    known = [column for column in ("decided_on", "received_on") if column in positions]
    if len(known) == 2:
        return []
    at = positions[known[0]][0] if known else only_date_column(table, words)
    if at is None:
        return []
    for column in ("decided_on", "received_on"):
        positions.setdefault(column, [at])
    heading = table.rows.columns[at]
    what = (
        f"{heading!r} is the only column of days: it was read as the day decided and as the day "
        "received."
    )
    remedy = "Add the other day, if it is known."
    return [Problem(table.file, what, remedy, None, None, None, table.sheet, "warning")]


def _require_columns(table: SourceTable, found: set[str], positions: dict[str, list[int]]) -> None:
    missing = [name for name in _REQUIRED_COLUMNS if name not in found]
    if not found & {"code", "name"}:
        missing.insert(0, "code")
    twice = [
        column
        for column, at in positions.items()
        if len(at) > 1 and column not in (*_JOINED_COLUMNS, *_MEMBER_COLUMNS)
    ]
    problems = [
        *(_missing_problem(table, name) for name in missing),
        *(_twice_problem(table, name, positions[name]) for name in twice),
    ]
    if problems:
        raise DataError(problems)


def _missing_problem(table: SourceTable, column: str) -> Problem:
    """Return the problem of a missing column, with the headings found and some accepted ones."""
    there = ", ".join(table.rows.columns) or "none"
    usual = ", ".join(map(str.capitalize, understood_headings(column)[:_HEADINGS_SUGGESTED]))
    what = f"there is no column {column!r}. The columns found are: {there}."
    remedy = (
        f"Call it {column} or, for instance, {usual}; or write in round.toml, under "
        f'[register.columns], "its heading" = "{column}".'
    )
    return Problem(table.file, what, remedy, None, column, None, table.sheet)


def _twice_problem(table: SourceTable, column: str, positions: list[int]) -> Problem:
    headings = " and ".join(repr(table.rows.columns[at]) for at in positions)
    remedy = 'Keep one, or write in round.toml, under [register.columns], "the other" = "ignore".'
    what = f"more than one column is {column!r}: {headings}."
    return Problem(table.file, what, remedy, None, column, None, table.sheet)


def _missing_declared(
    table: SourceTable,
    positions: dict[str, list[int]],
    words: RegisterVocabulary,
    problem: partial[Problem],
) -> list[Problem]:
    """Return an error for each heading in round.toml that the table does not have.

    Without it, the column's content would be left out without a message.
    """
    there = set(map(words.columns.column_for, table.rows.columns))
    return [
        problem(
            f"there is no column {heading!r}, of which round.toml speaks under [register.columns].",
            "Write the heading as the register has it, or delete the line.",
            column=column,
            severity="warning",
        )
        for heading, column in words.columns.declared.items()
        if column not in ("ignore", *positions) and column not in there
    ]
