"""Find columns that are not read although their headings concern what a report counts.

They are never left out without a message: "Ändrat svar", "Återtaget", "Villkor 2" or "Belopp" may
change what an answer means, and only the organiser knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pandas as pd

from helpers.data.cells.cell_values import parse_years
from helpers.data.cells.conditions import is_bare_mark, is_filler
from helpers.data.cells.days import parse_day
from helpers.data.cells.decisions import is_no_answer, parse_decision
from helpers.data.cells.doubtful_headings import (
    ABOUT_AMOUNTS,
    ABOUT_ANSWERS,
    ABOUT_CONDITIONS,
    ABOUT_LATER_ANSWERS,
    ABOUT_SOMETHING_ELSE,
    ABOUT_WITHDRAWALS,
    ABOUT_YEARS,
    WEIGHTY_WORDS,
    WITHDRAWAL_WORD,
    heading_words,
)
from helpers.data.register.columns.member_names import find_member_code
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.errors import Problem
from helpers.model.answer_register import SourceTable

_CELLS_LOOKED_AT = 2_000  # different texts of a column; more would not change the result

_ANY_HEADING = re.compile("")
_YEAR = re.compile(r"\b20[0-9]{2}\b")
_LIKE_A_NUMBER = re.compile(r"[+-]?[0-9][0-9\s.,]*")


def doubtful_column_problems(
    table: SourceTable, read: set[int], words: RegisterVocabulary
) -> list[Problem]:
    """Return an error for each column that is not read or ignored, and may change what is counted.

    `read` has the positions of the columns that are read.
    """
    problems = []
    for at, heading in enumerate(table.rows.columns):
        if at in read or words.columns.is_ignored(heading):
            continue
        cells = table.rows.iloc[:, at]
        texts = [text for text in cells.unique() if text][:_CELLS_LOOKED_AT]
        if texts and (what := _doubt(heading, texts, words)):
            row = int(cells.index[cells.isin(what[1])][0])
            problems.append(_doubt_problem(table, heading, what[0], row, words))
        elif ABOUT_AMOUNTS.search(heading_words(heading)):
            other = next(_amounts_but_the_fee(cells, table, words), None)
            problems += [_amount_problem(table, heading, *other, words)] if other else []
    return problems


def only_date_column(table: SourceTable, words: RegisterVocabulary) -> int | None:
    """Return the only column whose cells are days, whatever its heading.

    Returns None if there is no such column or several.
    """
    found = []
    for at in range(table.rows.shape[1]):
        texts = [text for text in table.rows.iloc[:, at].unique() if text]
        order = words.settings.date_order
        if texts and all(parse_day(text, order) for text in texts[:_CELLS_LOOKED_AT]):
            found.append(at)
    return found[0] if len(found) == 1 else None


def _doubt(
    heading: str, texts: list[str], words: RegisterVocabulary
) -> tuple[str, list[str]] | None:
    """Return what a column may say that is counted, and its texts that say it; None for nothing."""
    name = heading_words(heading)
    found: list[tuple[str, re.Pattern[str], Callable[[str], bool]]] = [
        ("withdrawals", ABOUT_WITHDRAWALS, lambda text: not is_filler(text)),
        ("conditions", ABOUT_CONDITIONS, lambda text: not is_filler(text)),
    ]
    if not ABOUT_SOMETHING_ELSE.search(name):
        found.append(("answers", ABOUT_ANSWERS, _may_be_an_answer))
        found.append(("answers", ABOUT_LATER_ANSWERS, _is_an_answer))
    found.append(("years", ABOUT_YEARS, partial(_names_some_years, years=words.years)))
    found.append(("withdrawals", _ANY_HEADING, _is_a_withdrawal))
    for subject, pattern, counts in found:
        said = [text for text in texts if counts(text)]
        if pattern.search(name) and said:
            return subject, said
    return None


def weighty_column_remarks(
    table: SourceTable, read: set[int], words: RegisterVocabulary, named: set[str | None]
) -> list[Problem]:
    """Return a warning for each column that is not read in which a text may change an answer.

    `named` are columns of which an error says so. The text is not quoted: it may name a person.
    """
    found = []
    for at, heading in enumerate(table.rows.columns):
        if at in read or heading in named or words.columns.is_ignored(heading):
            continue
        cells = table.rows.iloc[:, at]
        weighty = {text for text in cells.unique() if WEIGHTY_WORDS.search(text)}
        if weighty:
            row = int(cells.index[cells.isin(weighty)][0])
            what = f"the column {heading!r} is not read, but a text in it may change an answer."
            remedy = "Write a condition in the column of conditions, and a withdrawal as a new row."
            place = (table.file, what, remedy, row, heading, None, table.sheet)
            found.append(Problem(*place, severity="warning"))
    return found


def _is_an_answer(text: str) -> bool:
    return parse_decision(text) is not None or is_bare_mark(text)


def _is_a_withdrawal(text: str) -> bool:
    """Return whether a cell says nothing else, as one of a column Status."""
    return WITHDRAWAL_WORD.fullmatch(text) is not None


def _names_some_years(text: str, years: Sequence[int]) -> bool:
    """Return whether a text names years, and not all of the round's."""
    named = {int(year) for year in _YEAR.findall(text)}
    return bool(named & set(years)) and not set(years) <= named and parse_years(text, years) != ""


def _may_be_an_answer(text: str) -> bool:
    """Return whether a text may be an answer: short, and not a day, a number or a blank word."""
    if is_no_answer(text) or parse_day(text) or _LIKE_A_NUMBER.fullmatch(text):
        return False
    return parse_decision(text) is not None or is_bare_mark(text) or len(text.split()) <= 2


def _amounts_but_the_fee(
    cells: pd.Series[str], table: SourceTable, words: RegisterVocabulary
) -> Iterator[tuple[int, str]]:
    """Yield the rows and amounts of a column that differ from the fee of the row's member."""
    amounts = {text: _whole_amount(text) for text in cells.unique()}
    positions = words.columns.positions(list(table.rows.columns))
    at_member = [*positions.get("code", []), *positions.get("name", [])][:1]
    fees = words.fees() if any(amounts.values()) and at_member else {}
    members = table.rows.iloc[:, at_member[0]] if at_member else cells
    codes = {one: find_member_code(one, words.index, words.names) for one in members.unique()}
    for row, text, member in zip(cells.index, cells, members, strict=True):
        if amounts[text] and amounts[text] != fees.get(codes[member] or ""):
            yield int(row), text


def _whole_amount(text: str) -> int | None:
    """Return an amount in whole currency units, without öre; None if the text is not a number."""
    if not _LIKE_A_NUMBER.fullmatch(text):
        return None
    whole = re.sub(r"[.,][0-9]{1,2}$", "", text.strip())
    digits = re.sub(r"\D", "", whole)
    return int(digits) if digits else None


def _doubt_problem(
    table: SourceTable, heading: str, subject: str, row: int, words: RegisterVocabulary
) -> Problem:
    columns = {"answers": "decision", "conditions": "condition", "years": "years"}
    columns |= {"amounts": "amount"} if words.settings.reads_amounts else {}
    meaning = f'"{columns[subject]}" or "ignore"' if subject in columns else '"ignore"'
    what = f"the column {heading!r} seems to hold {subject}, and is not read."
    remedy = f'Write in round.toml, under [register.columns], what it is: "{heading}" = {meaning}.'
    if subject == "withdrawals":
        remedy = f"Record each withdrawal as a new row, with the answer that counts then. {remedy}"
    return Problem(table.file, what, remedy, row, heading, None, table.sheet)


def _amount_problem(
    table: SourceTable, heading: str, row: int, amount: str, words: RegisterVocabulary
) -> Problem:
    """The error of a column of amounts: the first that differs, and what a yes to it would need."""
    if words.settings.reads_amounts or not words.may_take_parts:
        return _doubt_problem(table, heading, "amounts", row, words)
    what = f"{amount!r} is not the member's fee, and the column {heading!r} is not read."
    remedy = (
        "If a yes may be of another amount than the fee, write part_pledges = true in round.toml. "
        f'If not, write there, under [register.columns]: "{heading}" = "ignore".'
    )
    return Problem(table.file, what, remedy, row, heading, amount, table.sheet)
