"""Cells and workbooks whose texts no spreadsheet reads as formulas."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

# A spreadsheet recognises a formula by the first character of a cell. OWASP, "CSV Injection", names
# these and their full-width forms; a tab or a line break before them is passed over.
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")


def escape_formula(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would read it as a formula."""
    text = text.replace("\0", "\ufffd")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else text


TEXT_FORMAT = "@"  # the number format of a text


_EARLIEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest date in a zip file


_MODIFIED_TAG = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def new_workbook(as_of: date, title: str = "") -> Workbook:
    """A workbook without sheets, created on `as_of` by its properties."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    book.properties.creator = "funding-report"
    book.properties.created = datetime.combine(as_of, time.min)
    book.properties.title = title or None
    return book


def set_text_cell(cell: Cell | MergedCell, text: str) -> Cell | MergedCell:
    """Write a text as text; openpyxl would make a formula of a text that begins with "=".

    Marked by type, format and quotation prefix, it stays text in Excel and LibreOffice, also when
    it is edited.
    """
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    cell.quotePrefix = True
    return cell


def set_print_layout(worksheet: Worksheet, heading_row: int) -> None:
    """Print in landscape, fitted to the width of the page, with the heading on every page."""
    worksheet.print_title_rows = f"{heading_row}:{heading_row}"
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = "9"  # A4
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]


def save_reproducibly(book: Workbook, as_of: date) -> bytes:
    """The workbook as bytes that do not depend on the time, which openpyxl would write in it."""
    saved = BytesIO()
    book.save(saved)
    saved_on = f"{as_of.isoformat()}T00:00:00Z".encode()
    target = BytesIO()
    with ZipFile(saved) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED_TAG.sub(rb"\g<1>" + saved_on, content)
            new.writestr(ZipInfo(name, _EARLIEST_ZIP_DATE), content, ZIP_DEFLATED)
    return target.getvalue()
