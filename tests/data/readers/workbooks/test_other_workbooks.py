from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from helpers.data.readers.table_reader import read_table
from helpers.data.readers.workbooks.calamine_reader import read_other_workbook_rows
from helpers.data.readers.workbooks.opendocument_sheet import is_opendocument
from helpers.data.readers.workbooks.workbook_rows import WorkbookRows
from helpers.errors import DataError, ReportError
from support.register_files import write

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [("office", "office"), ("table", "table"), ("text", "text")]
)
EXTENDED = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f"""\
<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<m:file-entry m:full-path="/" m:media-type="{KIND}"/></m:manifest>"""
HEADING = ["Kommunkod", "Svar", "Beslutsdatum", "Inkom", "Villkor"]


def opendocument(table: str) -> bytes:
    """A workbook of one sheet, Svar, whose columns and rows are given as XML."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("mimetype", KIND)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES} {EXTENDED}><office:body><office:spreadsheet>"
            f'<table:table table:name="Svar">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return target.getvalue()


def cell(text: str, attributes: str = "", inside: str = "") -> str:
    kind = 'office:value-type="string"' if text else ""
    return (
        f"<table:table-cell {kind} {attributes}>{inside}<text:p>{text}</text:p></table:table-cell>"
    )


def row(*cells: str, attributes: str = "") -> str:
    built = "".join(one if one.startswith("<") else cell(one) for one in cells)
    return f"<table:table-row {attributes}>{built}</table:table-row>"


ANSWER = row("0180", "ja", "2016-09-01", "2016-09-05", "")
BLANK_REST = row(
    cell("", 'table:number-columns-repeated="16384"'),
    attributes='table:number-rows-repeated="1048570"',
)


def read(table: str) -> WorkbookRows:
    return read_other_workbook_rows(opendocument(table), "svar.ods", "decisions")


def test_an_opendocument_sheet_is_read_with_its_blank_rest() -> None:
    found = read(row(*HEADING) + ANSWER + BLANK_REST)
    filled = [(number, cells) for number, cells in found.rows if any(cells)]
    assert filled == [(1, HEADING), (2, ["0180", "ja", "2016-09-01", "2016-09-05", ""])]
    [remark] = found.remarks
    assert remark.what == "struck-out text cannot be seen in this kind of file."


def test_an_error_in_an_opendocument_cell_is_no_blank_one() -> None:
    error = cell("#N/A", 'calcext:value-type="error" table:number-columns-repeated="1"')
    found = read(row(*HEADING) + row("0180", "ja", "2016-09-01", "2016-09-05", error))
    assert found.rows[1][1][4] == "#N/A"


def test_a_comment_in_an_opendocument_sheet_is_quoted() -> None:
    comment = "<office:annotation><text:p>återtaget</text:p></office:annotation>"
    found = read(row(*HEADING) + row("0180", cell("ja", inside=comment), "", "", ""))
    assert any("has a comment on cell B2: 'återtaget'" in one.what for one in found.remarks)
    assert found.rows[1][1][1] == "ja"


def test_hidden_rows_and_columns_of_an_opendocument_sheet_are_errors() -> None:
    hidden = 'table:visibility="collapse"'
    columns = f"<table:table-column/><table:table-column {hidden}/>"
    with pytest.raises(DataError, match=r"the column 'Svar' \(B\) is hidden"):
        read(columns + row(*HEADING) + ANSWER)
    with pytest.raises(DataError, match="row 3: the row is hidden"):
        read(row(*HEADING) + ANSWER + ANSWER.replace("row ", f"row {hidden} ", 1))


def test_a_sheet_without_anything_is_blank() -> None:
    with pytest.raises(DataError, match=r"^svar\.ods, sheet Svar: is blank\."):
        read_other_workbook_rows(opendocument(row("")), "svar.ods", "Svar")


def test_a_sheet_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ReportError, match=r"there is no sheet 'Annat'.*are: 'Svar'"):
        read_other_workbook_rows(opendocument(row(*HEADING)), "svar.ods", "Annat")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("svar.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)),
        ("svar.xlsb", b"PK\x03\x04 cut"),
        ("svar.ods", opendocument("")[:-40]),
        ("svar.ods", opendocument("</table:table>")),
        ("svar.xls", b"\x00\x01"),
    ],
)
def test_a_damaged_workbook_is_said_in_words(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(DataError, match=r"damaged, or another kind of file\."):
        read_table(str(write(tmp_path / name, data)))


def test_an_archive_of_something_else_is_no_opendocument() -> None:
    assert not is_opendocument(b"PK\x03\x04 cut")
