"""Choose the sheets to read: the named sheets, or the visible sheets with a heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from helpers.data.readers.numbered_rows import (
    ANY_HEADING,
    HEADING_SEARCH_ROWS,
    HeadingSearch,
    NumberedRows,
    find_heading,
    rows_from_heading,
)
from helpers.data.readers.workbooks.joined_sheets import (
    describe_heading_difference,
    have_same_headings,
)
from helpers.data.readers.workbooks.workbook_archive import damaged_workbook_error
from helpers.errors import Problem, ReportError
from helpers.model.settings.register_settings import ALL_SHEETS

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

    def heading(self, search: HeadingSearch) -> list[str]:
        """The cells of that row."""
        return rows_from_heading(self.first_rows(), search)[0][1]


@dataclass(frozen=True)
class SheetRequest:
    """The sheets to read: one by its name, "all", or several; and how to find headings.

    `file` is for messages.
    """

    table: str
    sheets: Sequence[str] | None
    file: str
    search: HeadingSearch = ANY_HEADING


def choose_sheets(
    sheets: Sequence[CandidateSheet], asked: SheetRequest
) -> tuple[list[CandidateSheet], list[str], list[Problem]]:
    """Return the sheets to read, notes on the choice, and remarks on sheets left unread.

    Several sheets are to be read as one table. If the user named none, these are all visible sheets
    with a heading. Raises ReportError, with the names of the sheets, if no sheet qualifies or the
    headings of several differ.
    """
    if not sheets:
        raise damaged_workbook_error(asked.file)
    chosen, notes = _named_sheets(sheets, asked), []
    if not chosen:
        chosen = _sheets_with_heading(sheets, asked)
        if len(sheets) > len(chosen) == 1:
            title = chosen[0].title
            notes.append(f"Sheet {title!r} was chosen: no other visible sheet has a heading row.")
    return chosen, notes, _passed_over(sheets, chosen, asked)


def _named_sheets(sheets: Sequence[CandidateSheet], asked: SheetRequest) -> list[CandidateSheet]:
    """Return the named sheets; [] if the user named none, or asked for all."""
    if asked.sheets is not None:
        return [_find_sheet(sheets, name, asked) for name in dict.fromkeys(asked.sheets)]
    named = [sheet for sheet in sheets if _is_called(sheet, asked.table)]
    if asked.table == _DEFAULT_TABLE:  # the user named no sheet: a hidden one cannot be meant
        return [sheet for sheet in named if sheet.visible][:1]
    if named or asked.table == ALL_SHEETS:
        return named[:1]
    return [_find_sheet(sheets, asked.table, asked)]


def _find_sheet(sheets: Sequence[CandidateSheet], name: str, asked: SheetRequest) -> CandidateSheet:
    found = next((sheet for sheet in sheets if _is_called(sheet, name)), None)
    if found is None:
        raise ReportError(f"{asked.file}: there is no sheet {name!r}. {_list_sheets(sheets)}")
    return found


def _is_called(sheet: CandidateSheet, name: str) -> bool:
    return sheet.title.strip().casefold() == name.strip().casefold()


def _list_sheets(sheets: Sequence[CandidateSheet]) -> str:
    return f"The sheets are: {_titles(sheets)}."


def _titles(sheets: Sequence[CandidateSheet]) -> str:
    return ", ".join(repr(sheet.title) for sheet in sheets)


def _sheets_with_heading(
    sheets: Sequence[CandidateSheet], asked: SheetRequest
) -> list[CandidateSheet]:
    found = [sheet for sheet in sheets if sheet.visible and sheet.has_heading(asked.search)]
    headings = [sheet.heading(asked.search) for sheet in found]
    if found and have_same_headings(headings):
        return found
    difference = describe_heading_difference([sheet.title for sheet in found], headings)
    if difference:
        raise ReportError(
            f"{asked.file}: more than one sheet has a heading row, and they cannot be read as one "
            f"table. {difference} The sheets are: {_titles(sheets)}. Name the one to read with "
            "--table, or with sheet under [register] in round.toml."
        )
    raise ReportError(
        f"{asked.file}: no visible sheet has a heading row (with an answer and a code or a name) "
        f"within the first {HEADING_SEARCH_ROWS} rows. {_list_sheets(sheets)} Name the one to read "
        "with --table, or with sheet under [register] in round.toml."
    )


def _passed_over(
    sheets: Sequence[CandidateSheet], chosen: Sequence[CandidateSheet], asked: SheetRequest
) -> list[Problem]:
    """Return a warning for each sheet that looks like a register and was not read.

    Visible ones are named only if the user named no sheet.
    """
    nobody_named = asked.sheets is None and asked.table == _DEFAULT_TABLE
    found = []
    for sheet in sheets:
        if sheet in chosen or not (nobody_named or not sheet.visible):
            continue
        if sheet.has_heading(asked.search):
            what, remedy = (
                "is hidden, has a heading row, and was not read.",
                "Delete it, or show it.",
            )
            if sheet.visible:
                what = f"has a heading row too, and was not read: {chosen[0].title!r} was."
                remedy = "Name the sheet to read with sheet under [register] in round.toml."
            found.append(Problem(asked.file, what, remedy, sheet=sheet.title, severity="warning"))
    return found
