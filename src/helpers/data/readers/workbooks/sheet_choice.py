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

# The default of --table. A workbook's sheet need not have this name.
_DEFAULT_TABLE = "decisions"


@dataclass(frozen=True)
class CandidateSheet:
    """A sheet: its position, title and visibility, and a function that reads its first rows."""

    position: int
    title: str
    visible: bool
    first_rows: Callable[[], NumberedRows]  # HEADING_SEARCH_ROWS of them

    def has_heading(self, search: HeadingSearch) -> bool:
        """Return whether one of the sheet's first rows is a register's heading."""
        return find_heading(self.first_rows(), search) is not None


def choose_sheet(
    sheets: Sequence[CandidateSheet], table: str, file: str, search: HeadingSearch = ANY_HEADING
) -> tuple[CandidateSheet, list[str], list[Problem]]:
    """Return the sheet to read, notes on the choice, and remarks on hidden sheets left unread.

    Raises ReportError, with the names of the sheets, if no sheet or several sheets qualify.
    """
    if not sheets:
        raise damaged_workbook_error(file)
    wanted = table.strip().casefold()
    named = [sheet for sheet in sheets if sheet.title.strip().casefold() == wanted]
    if table == _DEFAULT_TABLE:  # the user named no sheet: a hidden one cannot be meant
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
    """Return a warning for each hidden sheet that looks like a register and was not read."""
    what, remedy = "is hidden, has a heading row, and was not read.", "Delete it, or show it."
    return [
        Problem(file, what, remedy, sheet=sheet.title, severity="warning")
        for sheet in sheets
        if sheet is not chosen and not sheet.visible and sheet.has_heading(search)
    ]
