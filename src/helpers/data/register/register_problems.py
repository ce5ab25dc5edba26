"""Find all problems of a register at once by rules over its columns, and explain them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers.data.cells.conditions import ERROR_BEGINS, is_error_cell
from helpers.data.cells.distinct_texts import DistinctTexts
from helpers.data.register.columns.member_names import MemberNameIndex
from helpers.data.register.columns.name_columns import alike_members, mentioned_member
from helpers.data.register.problem_texts import ExplainCell, explanations_by_rule
from helpers.data.register.rules.amount_rules import (
    RegisterRule,
    amount_checks,
    without_answer_for_its_amount,
)
from helpers.data.register.rules.part_pledge_rules import part_pledge_checks
from helpers.errors import Problem
from helpers.model.answer_register import DATE_COLUMNS, columns_of_register
from helpers.model.funding_round import Round

VALID_DECISIONS = ("yes", "no")


@dataclass(frozen=True)
class SourceLocation:
    """The file and sheet of rows, for messages."""

    file: str
    sheet: str | None


def find_register_problems(
    typed: pd.DataFrame,
    text: pd.DataFrame,
    members: pd.DataFrame,
    round_: Round,
    location: SourceLocation,
) -> list[Problem]:
    """Return every problem of the rows, by row.

    `typed` has answer_register.REGISTER_COLUMNS (days as datetime64, NaT if not understood), `text`
    the source's text and its name column. Both have the source's row numbers as index.
    """
    frame = typed.assign(by_name=_codes_by_name(text["name"], typed["code"], members))
    frame = frame.assign(name=text["name"])
    frame = frame.assign(**_membership_days(typed["code"], members))
    # A blank one is read as the day of receipt; if that is not a day, it is already reported.
    error_cells = _error_cell_problems(text, location)
    frame = frame.assign(defaulted=text["registered_on"] == "")
    broken = [
        (key, row)
        for key, holds in _register_rules(set(members["code"]), round_).items()
        for row in _rows_that_break(holds, frame)
    ]
    if not broken:
        return error_cells
    explanations = explanations_by_rule(members, round_)
    problems = [_rule_problem(key, row, text, explanations, location) for key, row in broken]
    said = {(problem.row, problem.column) for problem in error_cells}
    problems = [one for one in _root_causes(problems, text) if (one.row, one.column) not in said]
    return sorted([*error_cells, *problems], key=lambda problem: problem.row or 0)


def _rows_that_break(holds: RegisterRule, frame: pd.DataFrame) -> list[int]:
    fulfilled = np.asarray(holds(frame), bool)
    return [] if fulfilled.all() else [int(row) for row in frame.index[~fulfilled]]


def _root_causes(problems: list[Problem], text: pd.DataFrame) -> Iterator[Problem]:
    """Leave out problems of a row that may be due to another one in it.

    If an answer is not understood, a blank day may be right: there may be no answer. If a member is
    not understood, neither an answer nor a day needs to be there.
    """
    doubtful = {one.row for one in problems if one.column == "decision" and one.value}
    nameless = {one.row for one in problems if one.column in ("code", "name") and one.value}
    nameless &= _rows_without_answer(text)
    for one in problems:
        undated = one.row in doubtful and one.column in DATE_COLUMNS and not one.value
        if not undated and (one.row not in nameless or one.column in ("code", "name")):
            yield one


def _rows_without_answer(text: pd.DataFrame) -> set[int | None]:
    """Return the numbers of the rows that have neither an answer nor a day."""
    blank = (text[["decision", *DATE_COLUMNS]] == "").all(axis=1)
    return {int(str(row)) for row in text.index[blank]}


def _error_cell_problems(text: pd.DataFrame, location: SourceLocation) -> list[Problem]:
    """Return the cells of known columns in which a spreadsheet shows an error."""
    remedy = "Mend the formula in the spreadsheet, or write the value."
    return sorted(
        (
            Problem(location.file, f"{value!r} is a spreadsheet's error, not a value.", remedy,
                    int(row), str(column), value, location.sheet)
            for column in text.columns
            if column in (*columns_of_register(text), "name")
            for value in text[column][text[column].str.startswith(ERROR_BEGINS)].unique()
            if is_error_cell(str(value))
            for row in text.index[text[column] == value]
        ),
        key=lambda problem: problem.row or 0,
    )  # fmt: skip


def _register_rules(codes: set[str], round_: Round) -> dict[str, RegisterRule]:
    """Return the rules by key, which begins with the column to show.

    A rule returns for each row whether the row fulfils it, as a row does whose cell is blank (NaT).
    """
    begins, years = pd.Timestamp(round_.recommended_on), set(map(str, round_.years))
    base_day = pd.Timestamp(round_.base_day)
    checks_of = part_pledge_checks if round_.part_pledges else amount_checks
    of_amounts = checks_of(round_) if round_.register_settings.reads_amounts else {}
    independent, known = not round_.pricing.depends_on_joined, round_.answers.declined_known
    return {
        "code:unknown": lambda f: f["code"].isin(codes),
        "name:other": lambda f: ~_is_other_members_name(f, codes),
        "decision:unknown": _are_answers,
        **{f"{name}:day": _day_rule(name) for name in DATE_COLUMNS},
        **{f"{name}:early": _not_before_rule(name, begins) for name in DATE_COLUMNS[:2]},
        "decided_on:late": lambda f: ~(f["decided_on"] > f["received_on"]),
        "registered_on:early": lambda f: ~(f["registered_on"] < f["received_on"]),
        "years:unknown": lambda f: _are_years_of_round(f["years"], years),
        "years:no": lambda f: (f["years"] == "") | (f["decision"] != "no"),
        "years:alike": lambda f: (f["years"] == "") | independent,
        "decision:unknown_no": lambda f: (f["decision"] != "no") | known,
        "code:not_asked": lambda f: ~(f["valid_to"] < base_day),
        "code:outside": lambda f: ~_is_outside_membership(f) | (f["valid_to"] < base_day),
        **of_amounts,
    }


def _are_answers(frame: pd.DataFrame) -> pd.Series[bool]:
    """Whether each row has an answer, or an amount that amount_rules reports instead."""
    return frame["decision"].isin(VALID_DECISIONS) | without_answer_for_its_amount(frame)


def _day_rule(name: str) -> RegisterRule:
    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        blank = frame["defaulted"] & (name == "registered_on")
        return frame[name].notna() | blank

    return holds


def _not_before_rule(name: str, begins: pd.Timestamp) -> RegisterRule:
    return lambda frame: ~(frame[name] < begins)


def _are_years_of_round(cells: pd.Series[str], years: set[str]) -> pd.Series[bool]:
    return DistinctTexts(cells).match(lambda cell: not cell or set(cell.split(",")) <= years)


def _is_other_members_name(frame: pd.DataFrame, codes: set[str]) -> pd.Series[bool]:
    """Return whether each row has a member's code together with another member's name."""
    differ = (frame["by_name"] != "") & (frame["by_name"] != frame["code"])
    return differ & frame["code"].isin(codes)


def _is_outside_membership(frame: pd.DataFrame) -> pd.Series[bool]:
    day = frame["decided_on"]
    return (day < frame["valid_from"]) | (day > frame["valid_to"])


def _codes_by_name(
    names: pd.Series[str], codes: pd.Series[str], members: pd.DataFrame
) -> pd.Series[str]:
    """Return the code of the member that each name is or is closest to; '' if it resembles none.

    A misspelling of the name of the row's own member counts as that member.
    """
    index = MemberNameIndex(dict(zip(members["code"], members["name"], strict=True)))
    distinct = DistinctTexts(names)
    exact = {name: mentioned_member(name, index) for name in distinct.texts if name}
    alike = {name: alike_members(name, index) for name, code in exact.items() if code is None}
    found = distinct.map(lambda name: exact.get(name) or "")
    unsure = distinct.match(lambda name: bool(alike.get(name)))
    nearest = [
        code if code in alike[name] else alike[name][0]
        for name, code in zip(names[unsure], codes[unsure], strict=True)
    ]
    found[unsure] = pd.array(nearest, dtype="str")
    return found


def _membership_days(codes: pd.Series[str], members: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    """Return the first and last day of each row's membership; NaT if the file states none."""
    by_code = members.set_index("code")
    return {
        name: _days_of_members(codes, by_code[name])
        if name in by_code
        else pd.Series(pd.NaT, index=codes.index, dtype="datetime64[s]")
        for name in ("valid_from", "valid_to")
    }


def _days_of_members(codes: pd.Series[str], days: pd.Series[Any]) -> pd.Series[Any]:
    distinct = DistinctTexts(codes)
    return distinct.take(days.reindex(distinct.texts).astype("datetime64[s]").array)


def _rule_problem(
    key: str,
    row: int,
    text: pd.DataFrame,
    explanations: dict[str, ExplainCell],
    location: SourceLocation,
) -> Problem:
    column = key.partition(":")[0]
    if key == "code:unknown" and not text.loc[row, "code"]:
        column, key = "name", "name:unknown"
    value = str(text.loc[row, column])
    what, remedy = explanations[key](value)
    return Problem(location.file, what, remedy, row, column, value, location.sheet)
