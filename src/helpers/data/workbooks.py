"""Reads a sheet of an Excel workbook as text; a damaged or swollen workbook is named as such."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, redirect_stdout
from io import BytesIO, StringIO
from itertools import islice
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from openpyxl import load_workbook

from helpers.data.cells import as_text
from helpers.data.csv_files import HEADING_WITHIN, Rows, from_heading, heading_at
from helpers.data.headings import column_of
from helpers.errors import DataError, Problem, ReportError

_DEFAULT = "decisions"  # the table's name where nobody gave one: a sheet need not be called that

_MOST_BYTES = 300_000_000  # unpacked
_MOST_ROWS = 1_048_576  # Excel's own limit; a damaged row number may be as large as it likes
_MOST_CELLS = 20_000_000

# Excel keeps encrypted workbooks, and those older than 2007, in Microsoft's compound files.
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED = 1  # in the flags of a part

# openpyxl's Workbook, Worksheet and cells: its read-only classes share no type with the others.
Book = Any
Sheet = Any


def read_rows(data: bytes, file: str, table: str) -> tuple[Rows, str, list[str]]:
    """The rows of a sheet from its heading on, the sheet's name, and how it was chosen.

    The sheet is the one that `table` names, else the only visible one with a heading row within
    the first 20 rows. Formulas are the values last saved with them. Raises DataError for what is
    not a workbook, is encrypted, damaged or too large, or has formulas without values; ReportError,
    with the sheets there are, where none or several can be meant.
    """
    _check_archive(data, file)
    with _opened(data, file) as book:
        sheet, notes = _chosen(book, table, file)
        name = str(sheet.title)
        rows = from_heading(list(_rows(sheet, file)))
    if not rows:
        raise DataError([Problem(file, "is blank.", "Give it a heading row.", sheet=name)])
    _refuse_uncomputed(data, rows, file, name)
    return rows, name, notes


def _check_archive(data: bytes, file: str) -> None:
    """Refuse what is no workbook, or would not fit in memory, before anything is unpacked."""
    if data.startswith(_COMPOUND_FILE):
        if _ENCRYPTED_PART in data:
            raise _locked(file)
        what = "is a workbook of before Excel 2007 under a new name."
        raise _refused(file, what, "Open it in Excel and save it as .xlsx.")
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
                raise _locked(file)
            too_large = sum(part.file_size for part in parts) > _MOST_BYTES
            # The other methods are unpacked without a limit, and no spreadsheet writes them.
            packed = {part.compress_type for part in parts} <= {ZIP_STORED, ZIP_DEFLATED}
            # Unpacks bit by bit, no further than each part says: one that says less is damaged.
            whole = packed and not too_large and archive.testzip() is None
    except ReportError:
        raise
    except Exception:  # damage surfaces as any of a dozen exceptions
        raise _damaged(file) from None
    if too_large:
        raise _refused(file, f"unpacks to more than {_MOST_BYTES // 10**6} MB.", _SMALLER)
    if not whole:
        raise _damaged(file)


@contextmanager
def _opened(data: bytes, file: str, *, values: bool = True) -> Iterator[Book]:
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
            raise _damaged(file) from None


def _chosen(book: Book, table: str, file: str) -> tuple[Sheet, list[str]]:
    sheets = list(book.worksheets)
    if not sheets:
        raise _damaged(file)
    wanted = table.strip().casefold()
    named = [sheet for sheet in sheets if sheet.title.strip().casefold() == wanted]
    if named:
        return named[0], []
    there_are = f"The sheets are: {', '.join(repr(sheet.title) for sheet in sheets)}."
    if table != _DEFAULT:
        raise ReportError(f"{file}: there is no sheet {table!r}. {there_are}")
    found = [s for s in sheets if s.sheet_state == "visible" and _has_heading(s, file)]
    if len(found) == 1:
        why = f"Sheet {found[0].title!r} was chosen: no other visible sheet has a heading row."
        return found[0], [why] if len(sheets) > 1 else []
    how_many = "More than one sheet has" if found else "No visible sheet has"
    raise ReportError(
        f"{file}: {how_many} a heading row, one that names an answer and a code or a name, within "
        f"the first {HEADING_WITHIN} rows. {there_are} Name the one to read with --table."
    )


def _has_heading(sheet: Sheet, file: str) -> bool:
    return heading_at(list(islice(_rows(sheet, file), HEADING_WITHIN))) is not None


def _rows(sheet: Sheet, file: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with its number. A sheet that goes on beyond all reason is a DataError."""
    seen = 0
    for number, cells in enumerate(_cells(sheet), start=1):
        seen += len(cells)
        if number > _MOST_ROWS:
            raise _damaged(file)
        if seen > _MOST_CELLS:
            raise _refused(file, f"has more than {_MOST_CELLS // 10**6} million cells.", _SMALLER)
        yield number, [_text(cell) for cell in cells]


def _cells(sheet: Sheet) -> Iterator[tuple[Any, ...]]:
    # Other programs often write a wrong extent, and cells beyond it would be left out.
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_row=_MOST_ROWS + 1)
    return rows


def _text(cell: Any) -> str:
    """The cell as text; a number that is shown with leading zeros (0180) keeps them."""
    text = as_text(cell.value)
    shown = cell.number_format if text.isdecimal() and not isinstance(cell.value, str) else ""
    return text.zfill(len(shown)) if set(shown) == {"0"} else text


def _refuse_uncomputed(data: bytes, rows: Rows, file: str, name: str) -> None:
    """Other programs than Excel save formulas without their values, which would read as blank."""
    first, heading = rows[0]
    known = {at: column for at, cell in enumerate(heading) if (column := column_of(cell))}
    what, remedy = "is a formula without its value.", "Open the workbook in Excel and save it."
    with _opened(data, file) as values, _opened(data, file, values=False) as formulas:
        pairs = zip(_cells(values[name]), _cells(formulas[name]), strict=True)
        problems = [
            Problem(file, what, remedy, number, column, sheet=name)
            for number, (cells, sources) in enumerate(pairs, start=1)
            for at, column in known.items()
            if number > first and at < len(cells) and _is_uncomputed(cells[at], sources[at])
        ]
    if problems:
        raise DataError(problems)


def _is_uncomputed(cell: Any, source: Any) -> bool:
    # A formula whose value is a text is marked as "str", also where that text is blank.
    return source.data_type == "f" and cell.value is None and cell.data_type == "n"


_SMALLER = "Keep only the sheet with the register."


def _refused(file: str, what: str, remedy: str) -> DataError:
    return DataError([Problem(file, what, remedy)])


def _locked(file: str) -> DataError:
    return _refused(file, "is protected by a password.", "Save it without one.")


def _damaged(file: str) -> DataError:
    what = "cannot be read as an Excel workbook: it is damaged, or another kind of file."
    return _refused(file, what, "Open it in Excel and save it as .xlsx.")
