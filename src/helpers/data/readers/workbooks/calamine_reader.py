"""Read a sheet of an .xls, .xlsb or OpenDocument workbook with calamine."""

from __future__ import annotations

from functools import partial
from io import BytesIO

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from helpers.data.cells.cell_values import cell_text
from helpers.data.cells.read_budget import ReadBudget
from helpers.data.readers.numbered_rows import (
    HEADING_SEARCH_ROWS,
    NumberedRows,
    heading_search,
    refuse_answers_above,
    rows_from_heading,
)
from helpers.data.readers.workbooks.calamine_probe import require_bounded
from helpers.data.readers.workbooks.joined_sheets import join_sheets
from helpers.data.readers.workbooks.opendocument_sheet import (
    is_opendocument,
    read_opendocument_sheet,
)
from helpers.data.readers.workbooks.rows_as_shown import SheetPlace, rows_as_shown
from helpers.data.readers.workbooks.sheet_appearance import SheetAppearance
from helpers.data.readers.workbooks.sheet_choice import CandidateSheet, SheetRequest, choose_sheets
from helpers.data.readers.workbooks.workbook_archive import (
    COMPOUND_FILE,
    check_archive,
    damaged_workbook_error,
    workbook_error,
)
from helpers.data.readers.workbooks.workbook_rows import WorkbookRows
from helpers.errors import DataError, Problem, ReportError
from helpers.model.settings.register_settings import RegisterSettings

_UNSEEN = "hidden rows, struck-out text, comments and cells with an error (#N/A)"
_UNSEEN_IN_OPENDOCUMENT = "struck-out text"


def read_other_workbook_rows(
    data: bytes, file: str, table: str, settings: RegisterSettings | None = None
) -> WorkbookRows:
    """Return a sheet's rows from its heading on, chosen as excel_reader.read_workbook_rows does.

    The value of merged cells is used for all rows that they cover. One remark lists what calamine
    cannot show in such a file. Raises the same errors as excel_reader.read_workbook_rows.
    """
    stated = settings or RegisterSettings()
    search = heading_search(stated)
    if not data.startswith(COMPOUND_FILE):
        check_archive(data, file)
    require_bounded(data, file)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        asked = SheetRequest(table, stated.sheets, file, search)
        chosen, notes, remarks = choose_sheets(_candidate_sheets(book, file), asked)
        parts = [_read_sheet(data, book, one, file, stated) for one in chosen]
    except ReportError:
        raise
    except KeyboardInterrupt:
        raise
    except BaseException:  # a panic of the library is not an Exception
        raise _unreadable_error(data, file) from None
    joined = join_sheets(parts, notes, file)
    return joined._replace(
        remarks=[_unseen_remark(data, file, joined.sheet), *remarks, *joined.remarks]
    )


def _read_sheet(
    data: bytes,
    book: CalamineWorkbook,
    chosen: CandidateSheet,
    file: str,
    settings: RegisterSettings,
) -> WorkbookRows:
    search = heading_search(settings)
    sheet = book.get_sheet_by_index(chosen.position)
    every = _text_rows(sheet, file, None)
    rows = rows_from_heading(every, search)
    if not rows:
        raise DataError([Problem(file, "is blank.", "Give it a heading row.", sheet=chosen.title)])
    refuse_answers_above(every, rows[0][0], file, chosen.title)
    place = SheetPlace(file, chosen.title, search.columns)
    if is_opendocument(data):
        shown, errors = read_opendocument_sheet(data, chosen.title, file)
        rows = _with_errors(rows, errors)
    else:
        shown = SheetAppearance(merged=_merged_ranges(sheet))
    rows, seen = rows_as_shown(rows, shown, place, settings.hidden)
    return WorkbookRows(rows, chosen.title, [], seen)


def _unreadable_error(data: bytes, file: str) -> DataError:
    """Return the error; calamine cannot distinguish an .xls with a password from a damaged one."""
    if not data.startswith(COMPOUND_FILE):
        return damaged_workbook_error(file)
    what = "cannot be read: it is protected by a password, damaged, or another kind of file."
    return workbook_error(file, what, "Open it in Excel and save it as .xlsx, without a password.")


def _candidate_sheets(book: CalamineWorkbook, file: str) -> list[CandidateSheet]:
    return [
        CandidateSheet(
            at, one.name, one.visible == SheetVisibleEnum.Visible, partial(_start, book, at, file)
        )
        for at, one in enumerate(book.sheets_metadata)
        if one.typ == SheetTypeEnum.WorkSheet
    ]


def _start(book: CalamineWorkbook, position: int, file: str) -> NumberedRows:
    return _text_rows(book.get_sheet_by_index(position), file, HEADING_SEARCH_ROWS)


def _text_rows(sheet: CalamineSheet, file: str, limit: int | None) -> NumberedRows:
    last_row, last_column = sheet.end or (-1, -1)
    budget = ReadBudget(file, sheet.name)
    # calamine creates every cell up to the last one, blank or not.
    budget.announce(min(last_row + 1, limit or last_row + 1), last_column + 1)
    rows = sheet.to_python(skip_empty_area=False, nrows=limit)
    texts = ([cell_text(cell) for cell in cells] for cells in rows)
    return list(ReadBudget(file, sheet.name).rows(enumerate(texts, start=1)))


def _merged_ranges(sheet: CalamineSheet) -> list[tuple[int, int, int, int]]:
    """Return (first row, last row, first column, last column) from 1; calamine counts from 0."""
    return [
        (top + 1, bottom + 1, left + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    ]


def _with_errors(rows: NumberedRows, errors: dict[tuple[int, int], str]) -> NumberedRows:
    """Put errors (#N/A) into the cells that calamine returns as blank."""
    return [
        (number, [errors.get((number, at), cell) for at, cell in enumerate(cells, start=1)])
        for number, cells in rows
    ]


def _unseen_remark(data: bytes, file: str, sheet: str | None) -> Problem:
    unseen = _UNSEEN_IN_OPENDOCUMENT if is_opendocument(data) else _UNSEEN
    what = f"{unseen} cannot be seen in this kind of file."
    remedy = "Save it as an Excel workbook (.xlsx), where they can."
    return Problem(file, what, remedy, sheet=sheet, severity="warning")
