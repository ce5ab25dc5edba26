"""Chooses the sheet to read: the named sheet, or the only sheet with a heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from helpers.data.readers.numbered_rows import (
    ANY_HEADING,
    HEADING_SEARCH_ROWS,
    HeadingSearch,
    NumberedRows,
    find_heading,
)
from helpers.data.readers.workbooks.workbook_archive import damaged_workbook_error
from helpers.errors import Problem, ReportError

# The table's name where nobody gave one: a sheet need not be called that.
_DEFAULT_TABLE = "decisions"


@dataclass(frozen=True)
class CandidateSheet:
    """A sheet by its position in the workbook, whether it is shown, and how to read its start."""

    position: int
    title: str
    visible: bool
    first_rows: Callable[[], NumberedRows]  # HEADING_SEARCH_ROWS of them

    def has_heading(self, search: HeadingSearch) -> bool:
        """Whether one of its first rows is a register's heading."""
        return find_heading(self.first_rows(), search) is not None


def choose_sheet(
    sheets: Sequence[CandidateSheet], table: str, file: str, search: HeadingSearch = ANY_HEADING
) -> tuple[CandidateSheet, list[str], list[Problem]]:
    """The sheet to read, how it was chosen where nobody named it, and hidden ones not read.

    Raises ReportError, with the sheets there are, where none or several can be meant.
    """
    if not sheets:
        raise damaged_workbook_error(file)
    wanted = table.strip().casefold()
    named = [sheet for sheet in sheets if sheet.title.strip().casefold() == wanted]
    if table == _DEFAULT_TABLE:  # nobody named it: then a hidden sheet is not meant
        named = [sheet for sheet in named if sheet.visible]
    if named:
        return named[0], [], _hidden_sheet_remarks(sheets, named[0], file, search)
    there_are = f"The sheets are: {', '.join(repr(sheet.title) for sheet in sheets)}."
    if table != _DEFAULT_TABLE:
        raise ReportError(f"{file}: there is no sheet {table!r}. {there_are}")
    found = [sheet for sheet in sheets if sheet.visible and sheet.has_heading(search)]
    if len(found) == 1:
        why = f"Sheet {found[0].title!r} was chosen: no other visible sheet has a heading row."
        remarks = _hidden_sheet_remarks(sheets, found[0], file, search)
        return found[0], [why] if len(sheets) > 1 else [], remarks
    how_many = "More than one sheet has" if found else "No visible sheet has"
    raise ReportError(
        f"{file}: {how_many} a heading row (with an answer and a code or a name) within "
        f"the first {HEADING_SEARCH_ROWS} rows. {there_are} Name the one to read with "
        "--table, or with sheet under [register] in round.toml."
    )


def _hidden_sheet_remarks(
    sheets: Sequence[CandidateSheet], chosen: CandidateSheet, file: str, search: HeadingSearch
) -> list[Problem]:
    """A warning for each hidden sheet that looks like a register and was not read."""
    what, remedy = "is hidden, has a heading row, and was not read.", "Delete it, or show it."
    return [
        Problem(file, what, remedy, sheet=sheet.title, severity="warning")
        for sheet in sheets
        if sheet is not chosen and not sheet.visible and sheet.has_heading(search)
    ]
