"""Offers the table [register] of round.toml for a register as `check` found it, ready to paste.

What only the round's own people know is marked "decide": a word that is not understood counts as
not answered until then.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.checking.content_columns import guess_columns
from helpers.checking.stated_register import StatedRegister
from helpers.data.cells.column_headings import ColumnNames
from helpers.data.cells.decisions import parse_decision
from helpers.data.readers.table_reader import DEFAULT_TABLE, read_table
from helpers.data.register.register_corrections import load_corrections
from helpers.data.register.register_loader import ExaminedRegister, examine_table
from helpers.data.round.answers_source import answers_source
from helpers.data.round.members_file import load_members
from helpers.data.round.round_config import load_round, round_folder
from helpers.errors import DataError, Problem, ReportError
from helpers.model.answer_register import SourceTable
from helpers.model.funding_round import Round
from helpers.model.localized_text import Language
from helpers.system.environment import ENVIRONMENT_PREFIX
from helpers.system.redaction import redact

_REGISTER_VARIABLE = "env:REGISTER"
_ENCODINGS = {
    "Read as UTF-16.": "utf-16",
    "Read as Windows-1252.": "windows-1252",
    "Read as Mac OS Roman.": "mac-roman",
    "Read as CP850 (MS-DOS).": "cp850",
}
_NUMERIC_DAY = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ](?:[0-9]{4}|[0-9]{2})\b.*")
_AMBIGUOUS_DAY = "can be read as more than one day."
_DECLINING = re.compile(
    r"avstå|avstod|avböj|tackar nej|(?:ej|inte) delta|deltar (?:ej|inte)|avsl[aå]|nekar|declin",
    re.IGNORECASE,
)
_ACCEPTING = re.compile(r"tackar ja|deltar|medverkar|bifall|godkän|anslut|accept", re.IGNORECASE)


class _Register:
    """A round's register, read and examined with one set of settings after the other."""

    def __init__(self, round_name: str, decisions: str | None, table: str) -> None:
        self.folder = round_folder(round_name)
        self.round: Round = load_round(self.folder)
        self.members: pd.DataFrame = load_members(self.folder, self.round)
        self.where, self.settings = answers_source(self.folder, self.round, decisions)
        self.table = table

    def read(self, **changes: Any) -> SourceTable:
        return read_table(self.where, self.table, self.settings.model_copy(update=changes))

    def examine(self, read: SourceTable, **changes: Any) -> ExaminedRegister:
        settings = self.settings.model_copy(update=changes)
        round_ = self.round.model_copy(update={"register_settings": settings})
        return examine_table(read, self.members, round_, load_corrections(self.folder))


def offer_register_block(
    round_name: str, decisions: str | None, table: str, language: Language = "en"
) -> str:
    """Return the block as text; '' where there is nothing to state, or nothing could be read.

    It is offered for a register that options name, and where something is to decide. Its comments
    are in the language.
    """
    try:
        register = _Register(round_name, decisions, table)
        stated = _find_settings(register)
    except ReportError:
        return ""
    if not (decisions or table != DEFAULT_TABLE or stated.decide):
        return ""
    stated.settings = {"source": _source(register, decisions), **stated.settings}
    return "\n".join(stated.lines(language))


def _find_settings(register: _Register) -> StatedRegister:
    stated = StatedRegister()
    columns: dict[str, str] = dict(register.settings.columns)
    read, hidden = _read_whatever_is_hidden(register)
    if hidden:
        stated.settings["hidden"] = hidden
        stated.decide["hidden"] = '"count" or "skip"'
    examined = _examine(register, read, columns, stated)
    stated.settings |= _appearance(register, read, stated)
    headings: dict[str, str] = {}
    for column, heading in examined.register.headings.items():
        headings.setdefault(heading, column)
    for heading in read.rows.columns:
        column = columns.get(heading) or headings.get(heading, heading)
        if column != heading:
            stated.columns[heading] = column
    stated.columns |= {h: c for h, c in columns.items() if h not in stated.columns}
    stated.answers |= {word: str(means) for word, means in register.settings.answers.items()}
    _declare_words(examined.errors, stated)
    _declare_days(register, examined, stated)
    return stated


def _read_whatever_is_hidden(register: _Register) -> tuple[SourceTable, str | None]:
    """The table, and what to state of its hidden rows and columns where that is to decide."""
    try:
        return register.read(), None
    except DataError as error:
        if register.settings.hidden is not None:
            raise
        # Without a hidden column a condition may be lost; without a hidden row, only an answer.
        first = "count" if any(problem.row is None for problem in error.problems) else "skip"
    try:
        return register.read(hidden=first), first
    except DataError:  # cells that are struck out cannot be skipped
        return register.read(hidden="count"), "count"


def _examine(
    register: _Register, read: SourceTable, columns: dict[str, str], stated: StatedRegister
) -> ExaminedRegister:
    """Examine the table; `columns` gains what its headings need to say for that."""
    try:
        examined = register.examine(read, columns=columns)
    except DataError:
        guessed = guess_columns(
            read.rows,
            register.members,
            replace(ColumnNames.of(register.settings), declared=columns),
        )
        columns |= guessed
        stated.decide |= {heading: f"it was taken for {guessed[heading]!r}" for heading in guessed}
        examined = register.examine(read, columns=columns)
    for problem in examined.errors:
        heading = problem.column or ""
        if heading in read.rows.columns and "seems to hold" in problem.what:
            columns[heading] = "ignore"
            stated.decide[heading] = '"ignore", or the column that it is'
    return register.examine(read, columns=columns)


def _appearance(register: _Register, read: SourceTable, stated: StatedRegister) -> dict[str, Any]:
    """Sheet, heading row and encoding, as far as they are not found without being stated."""
    found: dict[str, Any] = {}
    if read.sheets:
        found["sheets"] = list(read.sheets)
    elif read.sheet or register.table != DEFAULT_TABLE or register.settings.sheet:
        found["sheet"] = read.sheet or (
            register.table if register.table != DEFAULT_TABLE else register.settings.sheet
        )
    if read.heading_row > 1 and _reads_alike(register, read, stated):
        found["heading_row"] = read.heading_row
    encoding = register.settings.encoding or next(
        (_ENCODINGS[note] for note in read.notes if note in _ENCODINGS), None
    )
    return found | ({"encoding": encoding} if encoding else {})


def _reads_alike(register: _Register, read: SourceTable, stated: StatedRegister) -> bool:
    """Return whether the headings are found by the row's number: not where they take two rows."""
    hidden = stated.settings.get("hidden", register.settings.hidden)
    again = register.read(heading_row=read.heading_row, hidden=hidden)
    return list(again.rows.columns) == list(read.rows.columns)


def _declare_words(errors: list[Problem], stated: StatedRegister) -> None:
    for problem in errors:
        word = problem.value or ""
        if problem.column != "decision" or not word or parse_decision(word):
            continue
        stated.answers[word] = _likely_answer(word)
        stated.decide[word] = '"yes", "no" or "unanswered"'


def _likely_answer(word: str) -> str:
    if _DECLINING.search(word):
        return "no"
    return "yes" if _ACCEPTING.fullmatch(word) else "unanswered"


def _declare_days(register: _Register, examined: ExaminedRegister, stated: StatedRegister) -> None:
    order = register.settings.date_order
    ambiguous = any(problem.what.endswith(_AMBIGUOUS_DAY) for problem in examined.errors)
    if order is None and ambiguous:
        order = _usual_order(examined.register.text)
        stated.decide["date_order"] = '"day-first" or "month-first"'
    if order:
        stated.settings["date_order"] = order


def _usual_order(text: pd.DataFrame) -> Any:
    """The order of the register's days that can be read in one way only; else the day first."""
    days = [_NUMERIC_DAY.fullmatch(cell) for name in text for cell in text[name].unique()]
    pairs = [(int(found[1]), int(found[2])) for found in days if found]
    month_first = sum(second > 12 >= first for first, second in pairs)
    return "month-first" if month_first > sum(a > 12 >= b for a, b in pairs) else "day-first"


def _source(register: _Register, decisions: str | None) -> str | None:
    """Return the source as round.toml may keep it: no address that could hold a secret."""
    if decisions is None:
        return register.settings.source
    if decisions.startswith(ENVIRONMENT_PREFIX):
        return decisions
    if "://" in decisions:
        is_plain = "@" not in decisions and "?" not in decisions and redact(decisions) == decisions
        return decisions if is_plain else _REGISTER_VARIABLE
    try:
        return Path(os.path.relpath(decisions, register.folder)).as_posix()
    except ValueError:  # on another drive of Windows
        return Path(decisions).resolve().as_posix()
