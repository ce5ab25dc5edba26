"""The rows of a worksheet as a person sees them: merged, hidden, struck-out and commented cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from openpyxl.utils.cell import get_column_letter

from helpers.data.cells.column_headings import COMMON_NAMES, ColumnNames
from helpers.data.readers.numbered_rows import NumberedRows
from helpers.data.readers.workbooks.sheet_appearance import SheetAppearance
from helpers.errors import DataError, Problem
from helpers.model.settings.register_settings import HiddenRule

# A row without any of these is not an answer; hidden, it is a note or a total.
_ANSWER_COLUMNS = {"code", "name", "decision"}
_DECISIVE_COLUMNS = {"code", "decision", "condition"}
_HIDDEN_REMEDY = (
    'Show it if it counts, delete it if it does not; or write hidden = "count" or "skip" under '
    "[register] in round.toml."
)
_STRUCK_REMEDY = (
    'Remove the strikethrough if it counts, delete it if it does not; or write hidden = "count" or '
    '"skip" under [register] in round.toml.'
)


@dataclass(frozen=True)
class SheetPlace:
    """The file and sheet of rows, for messages, and the meaning of headings there."""

    file: str
    sheet: str
    columns: ColumnNames = COMMON_NAMES


ProblemAt = Callable[..., Problem]


def rows_as_shown(
    rows: NumberedRows, shown: SheetAppearance, place: SheetPlace, hidden: HiddenRule | None
) -> tuple[NumberedRows, list[Problem]]:
    """Fill merged cells, and drop, count or refuse hidden and struck-out rows; also return remarks.

    `rows` begin with the heading. `hidden` is "count" or "skip" for rows and columns that are
    hidden or struck out. With None, each of them with an answer is an error. A row that is struck
    out only in part is an error except with "count". Raises DataError with all of them.
    """
    known = _known_columns(rows, place.columns)
    problem = partial(Problem, place.file, sheet=place.sheet)
    rows, remarks = _fill_merged(rows, shown, known, problem)
    answers = [
        (number, cells)
        for number, cells in rows[1:]
        if any(at < len(cells) and cells[at] for at in known if known[at] in _ANSWER_COLUMNS)
    ]
    comments = _comment_remarks(answers, shown, known, problem)
    columns = list(_hidden_columns(answers, shown, known, rows[0][1], problem))
    whole = [*_hidden_rows(answers, shown, problem), *_struck_rows(answers, shown, known, problem)]
    partly = list(_struck_cells(answers, shown, known, problem))
    refused = {None: [*columns, *whole, *partly], "skip": partly, "count": []}[hidden]
    if refused:
        # A comment may say why something is struck out.
        raise DataError(sorted([*refused, *comments], key=lambda one: one.row or 0))
    if hidden == "skip":
        gone = {one.row for one in whole}
        rows = [(number, cells) for number, cells in rows if number not in gone]
        rows = _without_columns(rows, {at for at in known if at + 1 in shown.hidden_columns})
    what = "It was left out" if hidden == "skip" else "It was counted"
    declared = [_as_declared(one, what) for one in (*columns, *whole, *partly)]
    return rows, [*remarks, *comments, *declared]


def _known_columns(rows: NumberedRows, columns: ColumnNames) -> dict[int, str]:
    """Return the known columns by their positions in the heading."""
    return {
        at: column for at, cell in enumerate(rows[0][1]) if (column := columns.column_for(cell))
    }


def _without_columns(rows: NumberedRows, hidden: set[int]) -> NumberedRows:
    return [
        (number, ["" if at in hidden else cell for at, cell in enumerate(cells)])
        for number, cells in rows
    ]


def _as_declared(error: Problem, what: str) -> Problem:
    """Turn an error into a warning, because the round states what to do with such rows."""
    return replace(error, remedy=f"{what}, as round.toml says.", severity="warning")


def _fill_merged(
    rows: NumberedRows, shown: SheetAppearance, known: dict[int, str], problem: ProblemAt
) -> tuple[NumberedRows, list[Problem]]:
    """Copy the value of cells merged over several rows into each row, with a repair for each."""
    first = rows[0][0]
    cells_of = {number: list(cells) for number, cells in rows}
    remarks = []
    for top, bottom, left, right in sorted(shown.merged):
        at = left - 1
        source = cells_of.get(top, [])
        if top <= first or bottom == top or at not in known or not source[at : at + 1]:
            continue
        for number in range(top + 1, bottom + 1):
            cells = cells_of.get(number)
            if cells is None or not any(cells[at + 1 :] + cells[:at]):
                continue  # a merged cell may run on below the table
            cells += [""] * (at + 1 - len(cells))
            cells[at] = source[at]
        area = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        what = f"the merged cell {area} was read as the value of all its rows."
        remedy = "Check that it applies to each of them."
        remarks.append(problem(what, remedy, row=top, column=known[at], severity="repair"))
    return [(number, cells_of[number]) for number, _ in rows], remarks


def _comment_remarks(
    answers: NumberedRows, shown: SheetAppearance, known: dict[int, str], problem: ProblemAt
) -> list[Problem]:
    """Return a remark for each comment on an answer: it may withdraw the answer."""
    numbers = {number for number, _ in answers}
    return [
        problem(
            f"has a comment on cell {get_column_letter(column)}{row}: {text!r}.",
            "A comment is not read: write what it says in the cells, if it matters.",
            row=row,
            column=known.get(column - 1),
            value=text,
            severity="warning",
        )
        for (row, column), text in sorted(shown.comments.items())
        if row in numbers and text
    ]


def _hidden_columns(
    answers: NumberedRows,
    shown: SheetAppearance,
    known: dict[int, str],
    heading: list[str],
    problem: ProblemAt,
) -> Iterator[Problem]:
    for at, column in known.items():
        filled = any(at < len(cells) and cells[at] for _, cells in answers)
        if at + 1 in shown.hidden_columns and column in _DECISIVE_COLUMNS and filled:
            what = f"the column {heading[at]!r} ({get_column_letter(at + 1)}) is hidden."
            yield problem(what, _HIDDEN_REMEDY, column=column)


def _hidden_rows(
    answers: NumberedRows, shown: SheetAppearance, problem: ProblemAt
) -> Iterator[Problem]:
    for number, _ in answers:
        if number in shown.hidden_rows:
            yield problem("the row is hidden, by a filter or by hand.", _HIDDEN_REMEDY, row=number)


def _struck_rows(
    answers: NumberedRows, shown: SheetAppearance, known: dict[int, str], problem: ProblemAt
) -> Iterator[Problem]:
    """Yield the rows in which every cell that would be read is struck out."""
    for number, cells in answers:
        struck = _struck_positions(number, cells, shown, known)
        if number not in shown.hidden_rows and struck == _filled_positions(cells, known):
            yield problem("the row is struck out.", _STRUCK_REMEDY, row=number)


def _struck_cells(
    answers: NumberedRows, shown: SheetAppearance, known: dict[int, str], problem: ProblemAt
) -> Iterator[Problem]:
    """Yield the first struck-out cell of each row that is struck out only in part."""
    for number, cells in answers:
        struck = _struck_positions(number, cells, shown, known)
        if struck and struck != _filled_positions(cells, known):
            at = min(struck)
            what = f"{cells[at]!r} in cell {get_column_letter(at + 1)}{number} is struck out."
            remedy = "Delete what no longer applies, or strike out the whole row."
            yield problem(what, remedy, row=number, column=known[at], value=cells[at])


def _struck_positions(
    row: int, cells: list[str], shown: SheetAppearance, known: dict[int, str]
) -> set[int]:
    return {at for at in _filled_positions(cells, known) if (row, at + 1) in shown.struck}


def _filled_positions(cells: list[str], known: dict[int, str]) -> set[int]:
    return {at for at in known if at < len(cells) and cells[at]}
