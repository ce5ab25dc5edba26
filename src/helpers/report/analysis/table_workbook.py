"""An analyst's table as an Excel workbook that can be read without sight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from helpers.report.analysis.tidy_table import TidyColumn, TidyTable, TidyValue
from helpers.system.spreadsheets import (
    new_workbook,
    save_reproducibly,
    set_print_layout,
    set_text_cell,
)

_HEADING_ROW = 3  # its row: above it the title, and the notice or a reference to the units
_MIN_WIDTH, _MAX_WIDTH = 10, 44  # characters
_UNITS_REMARK = "The sheet About states the unit of each column."


def table_workbook(tidy_table: TidyTable) -> bytes:
    """The table on one sheet and what is meant by it on another; the same bytes each time."""
    title = tidy_table.title or "Table"
    book = new_workbook(tidy_table.as_of, title)
    notices = [tidy_table.notice] if tidy_table.notice else []
    headings = [field.heading for field in tidy_table.fields]
    sheet = book.create_sheet("Table")
    _write_sheet(sheet, title, tidy_table.notice or _UNITS_REMARK, headings, tidy_table.rows)
    for column, field in enumerate(tidy_table.fields, start=1):
        for row_number in range(_HEADING_ROW + 1, _HEADING_ROW + 1 + len(tidy_table.rows)):
            _set_number_format(sheet.cell(row_number, column), field)
    about = book.create_sheet("About")
    rows = [[field.name, field.unit or "not stated", field.kind] for field in tidy_table.fields]
    _write_sheet(
        about,
        title,
        " ".join([*notices, "The columns of the sheet Table."]),
        ["Column", "Unit", "Type"],
        rows,
    )
    return save_reproducibly(book, tidy_table.as_of)


def _write_sheet(
    sheet: Worksheet,
    title: str,
    remark: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[TidyValue]],
) -> None:
    set_text_cell(sheet.cell(1, 1), title).font = Font(bold=True, size=14)
    set_text_cell(sheet.cell(2, 1), remark)
    for column, heading in enumerate(headings, start=1):
        cell = set_text_cell(sheet.cell(_HEADING_ROW, column), heading)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row_number, row in enumerate(rows, start=_HEADING_ROW + 1):
        for column, value in enumerate(row, start=1):
            _write_cell(sheet.cell(row_number, column), value)
    for column, heading in enumerate(headings, start=1):
        longest = max(
            [len(word) for word in heading.split()] + [_printed_length(r[column - 1]) for r in rows]
        )
        width = min(max(longest + 2, _MIN_WIDTH), _MAX_WIDTH)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    set_print_layout(sheet, _HEADING_ROW)
    if rows and headings:
        _add_excel_table(sheet, len(headings), len(rows))


def _add_excel_table(sheet: Worksheet, columns: int, rows: int) -> None:
    """A real table: a screen reader says the heading of each cell, and its columns filter."""
    cell_range = f"A{_HEADING_ROW}:{get_column_letter(columns)}{_HEADING_ROW + rows}"
    tidy_table = Table(displayName=f"{sheet.title}Data", ref=cell_range)
    tidy_table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(tidy_table)


def _write_cell(cell: Cell | MergedCell, value: TidyValue) -> None:
    if isinstance(value, str):
        if value:
            set_text_cell(cell, value)
        return
    cell.value = value


def _set_number_format(cell: Cell | MergedCell, field: TidyColumn) -> None:
    value = cell.value
    if isinstance(value, bool | str) or value is None:
        return
    if isinstance(value, datetime):
        midnight = value.time() == datetime.min.time()
        cell.number_format = "yyyy-mm-dd" if midnight else "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, int):
        cell.number_format = "0" if field.unit == "calendar year" else "#,##0"
    elif field.unit.startswith("share of"):
        cell.number_format = "0.0%"


def _printed_length(value: TidyValue) -> int:
    return len(f"{value:,}") if isinstance(value, int) else len(str(value or ""))
