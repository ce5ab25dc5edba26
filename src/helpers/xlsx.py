"""Excel workbooks whose bytes depend on nothing but what they hold and a day."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

TEXT = "@"  # the number format of a text
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def new_workbook(as_of: date, title: str = "") -> Workbook:
    """A workbook without a sheet that says that it was made on `as_of`."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    book.properties.creator = "funding-report"
    book.properties.created = datetime.combine(as_of, time.min)
    book.properties.title = title or None
    return book


def text_cell(cell: Cell | MergedCell, text: str) -> Cell | MergedCell:
    """Text as text: openpyxl would make a formula of what begins with an equals sign.

    Marked by type, format and quotation prefix, it stays text in Excel and LibreOffice, also when
    it is edited.
    """
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
    cell.data_type = "s"
    cell.number_format = TEXT
    cell.quotePrefix = True
    return cell


def on_paper(place: Worksheet, heading_row: int) -> None:
    """Printed on its side, as broad as the page, the heading on every page."""
    place.print_title_rows = f"{heading_row}:{heading_row}"
    place.page_setup.orientation = "landscape"
    place.page_setup.paperSize = "9"  # A4
    place.page_setup.fitToHeight = 0
    place.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]


def packed(book: Workbook, as_of: date) -> bytes:
    """The workbook as bytes: openpyxl writes the time of saving into it and its zip file."""
    saved = BytesIO()
    book.save(saved)
    saved_on = f"{as_of.isoformat()}T00:00:00Z".encode()
    target = BytesIO()
    with ZipFile(saved) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + saved_on, content)
            new.writestr(ZipInfo(name, _FIRST_DAY), content, ZIP_DEFLATED)
    return target.getvalue()
