"""Read a sheet of an Excel workbook as text; report damaged and decompression-bomb workbooks."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, redirect_stdout
from functools import partial
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from helpers.data.cells.cell_values import cell_text
from helpers.data.cells.column_headings import ColumnNames
from helpers.data.cells.read_budget import ReadBudget
from helpers.data.readers.numbered_rows import (
    HEADING_SEARCH_ROWS,
    NumberedRows,
    heading_search,
    refuse_answers_above,
    rows_from_heading,
)
from helpers.data.readers.workbooks.joined_sheets import join_sheets
from helpers.data.readers.workbooks.rows_as_shown import SheetPlace, rows_as_shown
from helpers.data.readers.workbooks.sheet_appearance import read_sheet_appearance
from helpers.data.readers.workbooks.sheet_choice import CandidateSheet, SheetRequest, choose_sheets
from helpers.data.readers.workbooks.strict_workbook import as_transitional
from helpers.data.readers.workbooks.workbook_archive import check_archive, damaged_workbook_error
from helpers.data.readers.workbooks.workbook_rows import WorkbookRows
from helpers.errors import DataError, Problem, ReportError
from helpers.model.settings.register_settings import RegisterSettings

_MAX_ROWS = 1_048_576  # Excel's own limit; a damaged row number may be as large as it likes

_ESCAPED_CHARACTER = re.compile("_x([0-9A-Fa-f]{4})_")

# openpyxl's Workbook, Worksheet and cells: its read-only classes share no type with the others.
ReadOnlyWorkbook = Any
ReadOnlySheet = Any


def read_workbook_rows(
    data: bytes, file: str, table: str, settings: RegisterSettings | None = None
) -> WorkbookRows:
    """Return the rows of a sheet from its heading on, as a person sees them.

    The sheet is the one named `table`, otherwise the only visible sheet with a heading row within
    the first HEADING_SEARCH_ROWS rows; several with the same headings are read as one table (see
    join_sheets). Formulas have the values that were last saved. The value of merged cells is used
    for all rows that they cover. `settings` is [register] of the round: the
    heading's row, the meaning of headings, and whether to count hidden and struck-out rows, which
    are errors otherwise. Raises DataError for a file that is not a workbook, is encrypted, damaged
    or too large, or has formulas without values; ReportError, with the names of the sheets, if no
    sheet or several sheets qualify.
    """
    stated = settings or RegisterSettings()
    search = heading_search(stated)
    check_archive(data, file)
    data = as_transitional(data)
    with _open_workbook(data, file) as book:
        asked = SheetRequest(table, stated.sheets, file, search)
        chosen, notes, remarks = choose_sheets(_candidate_sheets(book, file), asked)
        parts = [_read_sheet(data, book, one.position, file, stated) for one in chosen]
    joined = join_sheets(parts, notes, file)
    return joined._replace(remarks=[*remarks, *joined.remarks])


def _read_sheet(
    data: bytes, book: ReadOnlyWorkbook, position: int, file: str, settings: RegisterSettings
) -> WorkbookRows:
    search = heading_search(settings)
    sheet = book.worksheets[position]
    name = str(sheet.title)
    every = list(_numbered_text_rows(sheet, file))
    rows = rows_from_heading(every, search)
    shown = read_sheet_appearance(book, sheet)
    if not rows:
        raise DataError([Problem(file, "is blank.", "Give it a heading row.", sheet=name)])
    refuse_answers_above(every, rows[0][0], file, name)
    _refuse_uncomputed_formulas(data, rows, SheetPlace(file, name), search.columns)
    rows, seen = rows_as_shown(rows, shown, SheetPlace(file, name, search.columns), settings.hidden)
    return WorkbookRows(rows, name, [], seen)


@contextmanager
def _open_workbook(data: bytes, file: str, *, values: bool = True) -> Iterator[ReadOnlyWorkbook]:
    """Open the workbook; every error of openpyxl while it is open becomes a DataError."""
    with ExitStack() as stack:
        # openpyxl warns of styles, filters and extensions that it will not write back, and prints
        # what it finds wrong in styles; stdout is for the paths of the files that a command wrote.
        stack.enter_context(redirect_stdout(StringIO()))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(BytesIO(data), read_only=True, data_only=values, keep_links=False)
            stack.enter_context(closing(book))
            yield book
        except ReportError:
            raise
        except Exception:  # openpyxl raises whatever a damaged part leads to
            raise damaged_workbook_error(file) from None


def _candidate_sheets(book: ReadOnlyWorkbook, file: str) -> list[CandidateSheet]:
    return [
        CandidateSheet(
            at, sheet.title, sheet.sheet_state == "visible", partial(_start, sheet, file)
        )
        for at, sheet in enumerate(book.worksheets)
    ]


def _start(sheet: ReadOnlySheet, file: str) -> NumberedRows:
    return list(islice(_numbered_text_rows(sheet, file), HEADING_SEARCH_ROWS))


def _numbered_text_rows(sheet: ReadOnlySheet, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every row with its number; raises DataError for more rows than Excel allows."""
    budget = ReadBudget(file, str(sheet.title))
    for number, cells in enumerate(_cell_rows(sheet), start=1):
        if number > _MAX_ROWS:
            raise damaged_workbook_error(file)
        texts = [_displayed_text(cell) for cell in cells]
        budget.spend(texts)
        yield number, texts


def _cell_rows(sheet: ReadOnlySheet) -> Iterator[tuple[Any, ...]]:
    # Other programs often write a wrong extent, and cells beyond it would be left out.
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_row=_MAX_ROWS + 1)
    return rows


def _displayed_text(cell: Any) -> str:
    """Return the cell as text; a number formatted with leading zeros (0180) keeps them."""
    text = cell_text(unescape(cell.value) if isinstance(cell.value, str) else cell.value)
    shown = cell.number_format if text.isdecimal() and not isinstance(cell.value, str) else ""
    return text.zfill(len(shown)) if set(shown) == {"0"} else text


def unescape(text: str) -> str:
    """Decode characters that XML does not allow, which Excel writes as _xHHHH_.

    An underscore that could begin such an escape is itself escaped (_x005F_). Control characters
    other than line breaks and tabs become a visible mark.
    """
    if "_x" not in text:
        return text
    found = _ESCAPED_CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)
    joined = found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", joined)


def _refuse_uncomputed_formulas(
    data: bytes, rows: NumberedRows, place: SheetPlace, columns: ColumnNames
) -> None:
    """Raise DataError for formulas without values, which some programs save: they read as blank."""
    first, heading = rows[0]
    file, name = place.file, place.sheet
    known = {at: column for at, cell in enumerate(heading) if (column := columns.column_for(cell))}
    what, remedy = "is a formula without its value.", "Open the workbook in Excel and save it."
    with _open_workbook(data, file) as values, _open_workbook(data, file, values=False) as formulas:
        pairs = zip(_cell_rows(values[name]), _cell_rows(formulas[name]), strict=True)
        problems = [
            Problem(file, what, remedy, number, column, sheet=name)
            for number, (cells, sources) in enumerate(pairs, start=1)
            for at, column in known.items()
            if number > first and at < len(cells) and _is_uncomputed_formula(cells[at], sources[at])
        ]
    if problems:
        raise DataError(problems)


def _is_uncomputed_formula(cell: Any, source: Any) -> bool:
    # A formula whose value is a text is marked as "str", also where that text is blank.
    return source.data_type == "f" and cell.value is None and cell.data_type == "n"
