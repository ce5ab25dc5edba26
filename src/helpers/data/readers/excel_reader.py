"""Reads a sheet of an Excel workbook as text; a damaged or swollen workbook is named as such."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, redirect_stdout
from io import BytesIO, StringIO
from itertools import islice
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from openpyxl import load_workbook

from helpers.data.cells.cell_values import cell_text
from helpers.data.cells.column_headings import column_for_heading
from helpers.data.readers.numbered_rows import (
    HEADING_SEARCH_ROWS,
    NumberedRows,
    find_heading,
    rows_from_heading,
)
from helpers.data.readers.rows_as_shown import HiddenRule, SheetPlace, rows_as_shown
from helpers.data.readers.sheet_appearance import read_sheet_appearance
from helpers.errors import DataError, Problem, ReportError

_DEFAULT_TABLE = (
    "decisions"  # the table's name where nobody gave one: a sheet need not be called that
)

_MAX_UNPACKED_BYTES = 300_000_000  # unpacked
_MAX_ROWS = 1_048_576  # Excel's own limit; a damaged row number may be as large as it likes
MAX_CELLS = 20_000_000

# Excel keeps encrypted workbooks, and those older than 2007, in Microsoft's compound files.
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 1  # in the flags of a part

# openpyxl's Workbook, Worksheet and cells: its read-only classes share no type with the others.
ReadOnlyWorkbook = Any
ReadOnlySheet = Any


class WorkbookRows(NamedTuple):
    """The rows of a sheet from its heading on, its name, how it was chosen, and what to remark."""

    rows: NumberedRows
    sheet: str
    notes: list[str]
    remarks: list[Problem]


def read_workbook_rows(
    data: bytes, file: str, table: str, hidden: HiddenRule | None = None
) -> WorkbookRows:
    """The rows of a sheet from its heading on, as a person sees them.

    The sheet is named by `table`, or is else the only visible sheet with a heading row within
    the first 20 rows. Formulas are the values last saved with them. Merged cells count for all rows
    that they cover; `hidden` says what becomes of hidden and struck-out rows and hidden columns,
    which are errors without it. Raises DataError for what is not a workbook, is encrypted, damaged
    or too large, or has formulas without values; ReportError, with the sheets there are, where none
    or several can be meant.
    """
    _check_archive(data, file)
    with _open_workbook(data, file) as book:
        sheet, notes, remarks = _choose_sheet(book, table, file)
        name = str(sheet.title)
        rows = rows_from_heading(list(_numbered_text_rows(sheet, file)))
        shown = read_sheet_appearance(book, sheet)
    if not rows:
        raise DataError([Problem(file, "is blank.", "Give it a heading row.", sheet=name)])
    _refuse_uncomputed_formulas(data, rows, file, name)
    rows, seen = rows_as_shown(rows, shown, SheetPlace(file, name), hidden)
    return WorkbookRows(rows, name, notes, [*remarks, *seen])


def _check_archive(data: bytes, file: str) -> None:
    """Refuse a file that is not a workbook, or would not fit in memory, before unpacking it."""
    if data.startswith(_COMPOUND_FILE):
        if _ENCRYPTED_PART in data:
            raise _password_error(file)
        what = "is a workbook of before Excel 2007 under a new name."
        raise _workbook_error(file, what, "Open it in Excel and save it as .xlsx.")
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
                raise _password_error(file)
            too_large = sum(part.file_size for part in parts) > _MAX_UNPACKED_BYTES
            # The other methods are unpacked without a limit, and no spreadsheet writes them.
            packed = {part.compress_type for part in parts} <= {ZIP_STORED, ZIP_DEFLATED}
            # Unpacks in parts, up to the stated size of each: a part that is larger is damaged.
            whole = packed and not too_large and archive.testzip() is None
    except ReportError:
        raise
    except Exception:  # damage surfaces as any of a dozen exceptions
        raise _damaged_workbook_error(file) from None
    if too_large:
        raise _workbook_error(
            file, f"unpacks to more than {_MAX_UNPACKED_BYTES // 10**6} MB.", _KEEP_REGISTER_SHEET
        )
    if not whole:
        raise _damaged_workbook_error(file)


@contextmanager
def _open_workbook(data: bytes, file: str, *, values: bool = True) -> Iterator[ReadOnlyWorkbook]:
    """The workbook; whatever openpyxl stumbles on in it while it is open is a DataError."""
    with ExitStack() as stack:
        # openpyxl warns of styles, filters and extensions that it will not write back, and prints
        # what it finds wrong in styles, where only the paths of what was written should stand.
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
            raise _damaged_workbook_error(file) from None


def _choose_sheet(
    book: ReadOnlyWorkbook, table: str, file: str
) -> tuple[ReadOnlySheet, list[str], list[Problem]]:
    sheets = list(book.worksheets)
    if not sheets:
        raise _damaged_workbook_error(file)
    wanted = table.strip().casefold()
    named = [sheet for sheet in sheets if sheet.title.strip().casefold() == wanted]
    if table == _DEFAULT_TABLE:  # nobody named it: then a hidden sheet is not meant
        named = [sheet for sheet in named if sheet.sheet_state == "visible"]
    if named:
        return named[0], [], _hidden_sheet_remarks(sheets, named[0], file)
    there_are = f"The sheets are: {', '.join(repr(sheet.title) for sheet in sheets)}."
    if table != _DEFAULT_TABLE:
        raise ReportError(f"{file}: there is no sheet {table!r}. {there_are}")
    found = [s for s in sheets if s.sheet_state == "visible" and _has_register_heading(s, file)]
    if len(found) == 1:
        why = f"Sheet {found[0].title!r} was chosen: no other visible sheet has a heading row."
        remarks = _hidden_sheet_remarks(sheets, found[0], file)
        return found[0], [why] if len(sheets) > 1 else [], remarks
    how_many = "More than one sheet has" if found else "No visible sheet has"
    raise ReportError(
        f"{file}: {how_many} a heading row (with an answer and a code or a name) within "
        f"the first {HEADING_SEARCH_ROWS} rows. {there_are} Name the one to read with --table."
    )


def _hidden_sheet_remarks(
    sheets: list[ReadOnlySheet], chosen: ReadOnlySheet, file: str
) -> list[Problem]:
    """A warning for each hidden sheet that looks like a register and was not read."""
    what, remedy = "is hidden, has a heading row, and was not read.", "Delete it, or show it."
    return [
        Problem(file, what, remedy, sheet=sheet.title, severity="warning")
        for sheet in sheets
        if sheet is not chosen
        and sheet.sheet_state != "visible"
        and _has_register_heading(sheet, file)
    ]


def _has_register_heading(sheet: ReadOnlySheet, file: str) -> bool:
    return (
        find_heading(list(islice(_numbered_text_rows(sheet, file), HEADING_SEARCH_ROWS)))
        is not None
    )


def _numbered_text_rows(sheet: ReadOnlySheet, file: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with its number. A sheet that goes on beyond all reason is a DataError."""
    seen = 0
    for number, cells in enumerate(_cell_rows(sheet), start=1):
        seen += len(cells)
        if number > _MAX_ROWS:
            raise _damaged_workbook_error(file)
        if seen > MAX_CELLS:
            raise _workbook_error(
                file, f"has more than {MAX_CELLS // 10**6} million cells.", _KEEP_REGISTER_SHEET
            )
        yield number, [_displayed_text(cell) for cell in cells]


def _cell_rows(sheet: ReadOnlySheet) -> Iterator[tuple[Any, ...]]:
    # Other programs often write a wrong extent, and cells beyond it would be left out.
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_row=_MAX_ROWS + 1)
    return rows


def _displayed_text(cell: Any) -> str:
    """The cell as text; a number that is shown with leading zeros (0180) keeps them."""
    text = cell_text(cell.value)
    shown = cell.number_format if text.isdecimal() and not isinstance(cell.value, str) else ""
    return text.zfill(len(shown)) if set(shown) == {"0"} else text


def _refuse_uncomputed_formulas(data: bytes, rows: NumberedRows, file: str, name: str) -> None:
    """Other programs than Excel save formulas without their values, which would read as blank."""
    first, heading = rows[0]
    known = {at: column for at, cell in enumerate(heading) if (column := column_for_heading(cell))}
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


_KEEP_REGISTER_SHEET = "Keep only the sheet with the register."


def _workbook_error(file: str, what: str, remedy: str) -> DataError:
    return DataError([Problem(file, what, remedy)])


def _password_error(file: str) -> DataError:
    return _workbook_error(file, "is protected by a password.", "Save it without one.")


def _damaged_workbook_error(file: str) -> DataError:
    what = "cannot be read as an Excel workbook: it is damaged, or another kind of file."
    return _workbook_error(file, what, "Open it in Excel and save it as .xlsx.")
