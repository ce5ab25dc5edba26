"""Write an analyst's table as an Excel workbook that a screen reader can read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from helpers.report.analysis.export.tidy_table import TidyColumn, TidyTable, TidyValue
from helpers.system.workbook_writer import (
    ExcelValue,
    add_table_sheet,
    bold_font,
    new_workbook,
    workbook_bytes,
)

_HEADING_ROW = 3  # above it the title, and the notice or a pointer to the units
_MIN_WIDTH, _MAX_WIDTH = 10, 44  # characters
_UNITS_REMARK = "The sheet About states the unit of each column."


def table_workbook(tidy_table: TidyTable) -> bytes:
    """Write the table on one sheet and its units on another.

    The same table gives the same bytes.
    """
    title = tidy_table.title or "Table"
    fields, rows = tidy_table.fields, tidy_table.rows
    about = [[field.name, field.unit or "not stated", field.kind] for field in fields]
    about_remark = f"{tidy_table.notice} The columns of the sheet Table.".lstrip()
    sheets = [
        ("Table", tidy_table.notice or _UNITS_REMARK, [field.heading for field in fields], rows),
        ("About", about_remark, ["Column", "Unit", "Type"], about),
    ]
    book = new_workbook(tidy_table.as_of, title)
    for name, remark, headings, values in sheets:
        sheet = add_table_sheet(
            book,
            name,
            _with_widths(headings, values),
            values,
            lambda column, value: _number_format(fields[column], value),
            lines_above=[title, remark],
        )
        sheet.cell(1, 1).font = bold_font(14)
        if values and headings:
            _add_excel_table(sheet, len(headings), len(values))
    return workbook_bytes(book, tidy_table.as_of)


def _with_widths(
    headings: Sequence[str], rows: Sequence[Sequence[TidyValue]]
) -> list[tuple[str, float]]:
    """Return the headings, each with a width for its longest word and its column's values."""
    widths = [
        max([len(word) for word in heading.split()] + [_printed_length(row[at]) for row in rows])
        for at, heading in enumerate(headings)
    ]
    return [
        (heading, min(max(width + 2, _MIN_WIDTH), _MAX_WIDTH))
        for heading, width in zip(headings, widths, strict=True)
    ]


def _add_excel_table(sheet: Worksheet, columns: int, rows: int) -> None:
    """Add an Excel table.

    A screen reader reads the heading with each of its cells, and its columns can be filtered.
    """
    cell_range = f"A{_HEADING_ROW}:{get_column_letter(columns)}{_HEADING_ROW + rows}"
    tidy_table = Table(displayName=f"{sheet.title}Data", ref=cell_range)
    tidy_table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(tidy_table)


def _number_format(field: TidyColumn, value: ExcelValue) -> str:
    if isinstance(value, datetime):
        return "yyyy-mm-dd" if value.time() == datetime.min.time() else "yyyy-mm-dd hh:mm"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if isinstance(value, int) and not isinstance(value, bool):
        return "0" if field.unit == "calendar year" else "#,##0"
    is_share = isinstance(value, float) and field.unit.startswith("share of")
    return "0.0%" if is_share else "General"


def _printed_length(value: TidyValue) -> int:
    return len(f"{value:,}") if isinstance(value, int) else len(str(value or ""))
