"""Remarks on a register that can be used: repairs, bare marks, rows that are repeated."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from helpers.data.cells.conditions import is_bare_mark, is_filler, is_hardly_a_condition
from helpers.data.cells.doubtful_headings import WEIGHTY_WORDS
from helpers.data.register.columns.name_columns import HIDDEN_NAME
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.data.register.register_problems import SourceLocation
from helpers.errors import Problem
from helpers.model.answer_register import DATE_COLUMNS, REPEATED_ROW

_KEEP_ZEROS = "Format the column as text to keep leading zeros."
_WRITE_THE_CODE = "Write the code alone."


def find_remarks(
    text: pd.DataFrame,
    rows: pd.DataFrame,
    dated: pd.DataFrame,
    words: RegisterVocabulary,
    place: SourceLocation,
) -> list[Problem]:
    """Return warnings and repairs, by row.

    `text` is the source's text, `rows` the interpreted rows, `dated` the same with days as
    datetime64, all with the source's row numbers as index.
    """
    found = [
        *_code_repairs(text, rows, place),
        *_filler_repairs(text, place),
        *_bare_marks(rows, place),
        *_doubtful_conditions(rows, place),
        *_weighty_notes(text, place),
        *_strange_names(text, rows, words, place),
        *_lost_accents(text, words, place),
        *_repeated_rows(dated, set(words.names), place),
    ]
    return sorted(found, key=lambda remark: remark.row or 0)


def _code_repairs(text: pd.DataFrame, rows: pd.DataFrame, place: SourceLocation) -> list[Problem]:
    written, code = text["code"], rows["code"]
    return [
        _remark(f"{written[row]!r} was read as {code[row]}.",
                _KEEP_ZEROS if written[row].isdigit() else _WRITE_THE_CODE, row, "code",
                written[row], place, "repair")
        for row in rows.index[(written != "") & (written != code)]
    ]  # fmt: skip


def _filler_repairs(text: pd.DataFrame, place: SourceLocation) -> list[Problem]:
    """Return one repair for each word that means "no condition", at the first row that has it."""
    found = []
    for value, cells in text["condition"].groupby(text["condition"]):
        if is_filler(str(value)):
            rows = "row" if len(cells) == 1 else f"row and {len(cells) - 1} more"
            what = f"{value!r} was read as no condition, in this {rows}."
            remedy = "Leave the cell blank where there is no condition."
            found.append(_remark(what, remedy, cells.index[0], "condition", value, place, "repair"))
    return found


def _bare_marks(rows: pd.DataFrame, place: SourceLocation) -> list[Problem]:
    conditions = rows["condition"]
    marks = {value for value in conditions.unique() if is_bare_mark(value)}
    return [
        _remark(f"{conditions[row]!r} says that there is a condition, but not which.",
                "Write the condition, or leave the cell blank where there is none.",
                row, "condition", conditions[row], place)
        for row in rows.index[conditions.isin(marks) & (rows["decision"] == "yes")]
    ]  # fmt: skip


def _doubtful_conditions(rows: pd.DataFrame, place: SourceLocation) -> list[Problem]:
    conditions = rows["condition"]
    doubtful = {value for value in conditions.unique() if is_hardly_a_condition(value)}
    return [
        _remark(f"{conditions[row]!r} was counted as a condition, but says none.",
                "Write the condition, or leave the cell blank where there is none.",
                row, "condition", conditions[row], place)
        for row in rows.index[conditions.isin(doubtful) & (rows["decision"] == "yes")]
    ]  # fmt: skip


def _weighty_notes(text: pd.DataFrame, place: SourceLocation) -> list[Problem]:
    notes = text["note"]
    weighty = {value for value in notes.unique() if WEIGHTY_WORDS.search(value)}
    return [
        _remark(f"{notes[row]!r} may change what the answer means, but a note is not counted.",
                "Write a condition in the column of conditions, and a withdrawal as a new row.",
                row, "note", notes[row], place)
        for row in text.index[notes.isin(weighty)]
    ]  # fmt: skip


def _strange_names(
    text: pd.DataFrame, rows: pd.DataFrame, words: RegisterVocabulary, place: SourceLocation
) -> list[Problem]:
    """Return a remark for each name that resembles no member's, next to a code.

    The name may be a person's and is not quoted.
    """
    strange = (text["name"] == HIDDEN_NAME) & (text["code"] != "") & rows["code"].isin(words.names)
    return [
        _remark(f"the name resembles no member's; the code {code} is that of {words.names[code]}.",
                "Check the code.", row, "name", None, place)
        for row, code in rows["code"][strange].items()
    ]  # fmt: skip


def _lost_accents(
    text: pd.DataFrame, words: RegisterVocabulary, place: SourceLocation
) -> list[Problem]:
    """Return a remark for each member found by a name that may be another's, its accent lost.

    If both members are in the register, the names are correct as they are.
    """
    by_name = text["name"].where(text["code"] == "", "")
    meant = {name: words.index.find_code(name) for name in by_name.unique() if name}
    there = set(meant.values())
    found = []
    for name, code in meant.items():
        for other in words.index.accented_twins(code) if code else []:
            if other not in there:
                what = f"{name!r} may be {words.names[other]} ({other}) without its accents."
                remedy = f"Write the code: {code} or {other}."
                row = by_name.index[by_name == name][0]
                found.append(_remark(what, remedy, row, "name", name, place))
    return found


def _repeated_rows(dated: pd.DataFrame, codes: set[str], place: SourceLocation) -> list[Problem]:
    """Return remarks on repeated rows of a known member.

    Rows whose member was not understood may belong to different members.
    """
    alike = dated[dated["code"].isin(codes)]
    # Where a column tells all rows apart, the others need no comparison.
    for column in ("case_number", *DATE_COLUMNS, "code"):
        alike = alike[alike[column].duplicated(keep=False)]
    twice = alike.duplicated()
    return [
        Problem(
            place.file,
            REPEATED_ROW,
            "Delete one of them.",
            int(row),
            None,
            None,
            place.sheet,
            "warning",
        )
        for row in alike.index[twice]
    ]


def _remark(
    what: str, remedy: str, row: object, column: str, value: object, place: SourceLocation,
    severity: Literal["warning", "repair"] = "warning",
) -> Problem:  # fmt: skip
    return Problem(
        place.file, what, remedy, int(str(row)), column, str(value), place.sheet, severity
    )
