"""Write a copy of a register with a column that states the problems of each row."""

from __future__ import annotations

import csv
import warnings
from contextlib import redirect_stdout
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from helpers.checking.register_review import RegisterReview
from helpers.data.cells.cell_values import cell_text
from helpers.data.cells.column_headings import column_for_heading
from helpers.data.readers import csv_reader
from helpers.data.readers.table_reader import register_path
from helpers.errors import Problem, ReportError
from helpers.i18n.localized_problems import localize_column, localize_problem
from helpers.model.localized_text import Language
from helpers.system.files import atomic_write, read_bytes
from helpers.system.spreadsheets import escape_formula

REMARKS_HEADING = "Att rätta"
_HIGHLIGHT = PatternFill("solid", start_color="FFF2CC")  # pale yellow, for the cells with problems


def write_annotated_copy(
    source: str, target: Path, reviewed: RegisterReview, language: Language = "en"
) -> str:
    """Write the copy, with remarks in `language`; return a sentence with its path and marked rows.

    CSV becomes CSV that Excel opens (UTF-8 with a byte order mark, the same separator), in which a
    cell that Excel would read as a formula gets a leading apostrophe. In a workbook, the sheet that
    was read gets the column, and the cells with problems a colour. Raises ReportError for other
    sources, for another kind of target, and for a target that exists or cannot be written.
    """
    kinds = {
        ".csv": _annotate_csv,
        ".txt": _annotate_csv,
        ".tsv": _annotate_csv,
        ".xlsx": _annotate_workbook,
        ".xlsm": _annotate_workbook,
    }
    file = register_path(source)
    write = kinds.get(file.suffix.lower()) if file else None
    if file is None or write is None:
        raise ReportError("Only CSV files and workbooks can be annotated. Leave --annotate out.")
    if file.suffix.lower() != target.suffix.lower():
        raise ReportError(f"The copy must be of the same kind. End its name in {file.suffix}.")
    if reviewed.table.sheets:
        raise ReportError(
            "A register on several sheets cannot be annotated. Name one of them with --table."
        )
    if target.exists():
        raise ReportError(f"The file {target} exists already. Choose another name.")
    register_problems = [p for p in reviewed.problems if p not in reviewed.elsewhere]
    remarks = _group_by_row([_in_language(problem, language) for problem in register_problems])
    content = write(read_bytes(file), remarks, reviewed)
    try:
        atomic_write(target, content)
    except OSError as error:
        raise ReportError(
            f"{target} cannot be written: {error.strerror}. Choose another place."
        ) from None
    number = len(remarks)
    return f"Written: {target}, with remarks on {number} row{'s' * (number != 1)}."


def _in_language(problem: Problem, language: Language) -> Problem:
    """The problem with texts in the language, and its column as `heading`."""
    heading = localize_column(problem.column, language) or {"sv": "rad", "en": "row"}[language]
    return replace(localize_problem(problem, language), heading=heading)


def _group_by_row(problems: list[Problem]) -> dict[int, list[Problem]]:
    rows: dict[int, list[Problem]] = {}
    for problem in problems:
        rows.setdefault(problem.row or 1, []).append(problem)
    return rows


def _row_remark(problems: list[Problem]) -> str:
    """Return the text for a row; it begins with a word, so no spreadsheet reads it as a formula."""
    return " ".join(f"{p.heading}: {p.what} {p.remedy}" for p in problems)


def _annotate_csv(
    data: bytes, remarks: dict[int, list[Problem]], reviewed: RegisterReview
) -> bytes:
    separator, rows = csv_reader.read_raw_csv_rows(data, reviewed.table.file)
    width = max(len(cells) for _, cells in rows)
    heading = reviewed.table.heading_row
    out = StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for number, cells in rows:
        remark = REMARKS_HEADING if number == heading else _row_remark(remarks.get(number, []))
        writer.writerow([*map(escape_formula, cells), *[""] * (width - len(cells)), remark])
    return out.getvalue().encode("utf-8-sig")


def _annotate_workbook(
    data: bytes, remarks: dict[int, list[Problem]], reviewed: RegisterReview
) -> bytes:
    book = _load_writable_workbook(data)
    sheet = book[reviewed.table.sheet or book.sheetnames[0]]
    column = sheet.max_column + 1
    heading = reviewed.table.heading_row
    names = [
        column_for_heading(cell_text(sheet.cell(heading, at).value)) for at in range(1, column)
    ]
    column_positions = {name: at for at, name in enumerate(names, 1) if name}
    sheet.cell(heading, column, REMARKS_HEADING)
    sheet.column_dimensions[get_column_letter(column)].width = 60
    for number, problems in remarks.items():
        sheet.cell(number, column, _row_remark(problems)).alignment = Alignment(wrap_text=True)
        for problem in problems:
            sheet.cell(number, column_positions.get(problem.column or "", column)).fill = _HIGHLIGHT
    out = BytesIO()
    book.save(out)
    if book.vba_archive:
        book.vba_archive.close()
    return out.getvalue()


def _load_writable_workbook(data: bytes) -> Workbook:
    """Load the workbook for saving, with its macros: without them Excel refuses an .xlsm."""
    has_macros = b"xl/vbaProject.bin" in data
    # As when reading: openpyxl warns of styles and extensions that it will not write back.
    with redirect_stdout(StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(BytesIO(data), keep_vba=has_macros)
