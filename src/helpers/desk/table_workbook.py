"""An analyst's table as an Excel workbook that can be read without sight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from helpers.desk.tidy import Field, Tidy, Value
from helpers.xlsx import new_workbook, on_paper, packed, text_cell

_HEADING = 3  # its row: above it the title, and the notice or where the units are told
_NARROW, _BROAD = 10, 44  # characters
_UNITS_AT = "What each column counts is said on the sheet About."


def table_workbook(made: Tidy) -> bytes:
    """The table on one sheet and what is meant by it on another; the same bytes each time."""
    title = made.title or "Table"
    book = new_workbook(made.as_of, title)
    notices = [made.notice] if made.notice else []
    headings = [field.heading for field in made.fields]
    sheet = book.create_sheet("Table")
    _fill(sheet, title, made.notice or _UNITS_AT, headings, made.rows)
    for at, field in enumerate(made.fields, start=1):
        for line in range(_HEADING + 1, _HEADING + 1 + len(made.rows)):
            _format(sheet.cell(line, at), field)
    about = book.create_sheet("About")
    rows = [[field.name, field.unit or "not stated", field.kind] for field in made.fields]
    _fill(about, title, " ".join([*notices, "The columns of the sheet Table."]),
          ["Column", "Unit", "Type"], rows)  # fmt: skip
    return packed(book, made.as_of)


def _fill(
    place: Worksheet,
    title: str,
    remark: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Value]],
) -> None:
    text_cell(place.cell(1, 1), title).font = Font(bold=True, size=14)
    text_cell(place.cell(2, 1), remark)
    for at, heading in enumerate(headings, start=1):
        cell = text_cell(place.cell(_HEADING, at), heading)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for line, row in enumerate(rows, start=_HEADING + 1):
        for at, value in enumerate(row, start=1):
            _put(place.cell(line, at), value)
    for at, heading in enumerate(headings, start=1):
        longest = max([len(word) for word in heading.split()] + [_length(r[at - 1]) for r in rows])
        width = min(max(longest + 2, _NARROW), _BROAD)
        place.column_dimensions[get_column_letter(at)].width = width
    place.freeze_panes = f"A{_HEADING + 1}"
    on_paper(place, _HEADING)
    if rows and headings:
        _as_table(place, len(headings), len(rows))


def _as_table(place: Worksheet, columns: int, rows: int) -> None:
    """A real table: a screen reader says the heading of each cell, and its columns filter."""
    ref = f"A{_HEADING}:{get_column_letter(columns)}{_HEADING + rows}"
    made = Table(displayName=f"{place.title}Data", ref=ref)
    made.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    place.add_table(made)


def _put(cell: Cell | MergedCell, value: Value) -> None:
    if isinstance(value, str):
        if value:
            text_cell(cell, value)
        return
    cell.value = value


def _format(cell: Cell | MergedCell, field: Field) -> None:
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


def _length(value: Value) -> int:
    return len(f"{value:,}") if isinstance(value, int) else len(str(value or ""))
