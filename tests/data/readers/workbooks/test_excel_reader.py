from __future__ import annotations

import re
import warnings
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart

from helpers.data.cells import read_budget
from helpers.data.readers.workbooks.excel_reader import read_workbook_rows
from helpers.errors import DataError, ReportError
from support.excel_files import rewritten, saved, workbook

HEADING = ["Kommunkod", "Ställningstagande", "Beslutsdatum"]
ANSWER = ["0180", "ja", "2016-09-15"]
FILE = "svar.xlsx"
GOOD = workbook(Svar=[HEADING, ANSWER])


def rows(data: bytes, table: str = "decisions") -> list[tuple[int, list[str]]]:
    return [
        (number, cells) for number, cells in read_workbook_rows(data, FILE, table)[0] if any(cells)
    ]


def test_a_sheet_is_read_as_text_from_its_heading_on() -> None:
    assert read_workbook_rows(GOOD, FILE, "decisions") == (
        [(1, HEADING), (2, ANSWER)],
        "Svar",
        [],
        [],
        (),
    )


def test_cells_become_the_text_that_is_seen() -> None:
    half_past = datetime.fromisoformat("2016-09-15T10:30")
    values = [180, 2.0, 0.5, True, date(2016, 9, 15), half_past, None, " x\n"]
    book = load_workbook(BytesIO(workbook(Svar=[["Kod", "Svar"], ["1", "ja", *values]])))
    read = rows(saved(book))[1][1][2:]
    assert read == ["180", "2", "0.5", "true", "2016-09-15", "2016-09-15", "", "x"]


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (180, "0000", "0180"),
        (180, "General", "180"),
        (1480, "0000", "1480"),
        (14800, "0000", "14800"),
        (180, "0", "180"),
        (180, "# ##0", "180"),
        (180, "00.00", "180"),
        ("180", "0000", "180"),
    ],
)
def test_a_number_shown_with_leading_zeros_keeps_them(
    value: int | str, shown_as: str, text: str
) -> None:
    book = load_workbook(BytesIO(GOOD))
    cell = book["Svar"]["A2"]
    cell.value, cell.number_format = value, shown_as
    assert rows(saved(book))[1][1][0] == text


def test_title_rows_and_blank_rows_are_counted() -> None:
    data = workbook(Svar=[["Svar på rekommendationen"], [], HEADING, [], ANSWER])
    assert rows(data) == [(3, HEADING), (5, ANSWER)]


def test_a_row_far_down_keeps_its_number() -> None:
    book = load_workbook(BytesIO(GOOD))
    book["Svar"]["A1000"] = "1480"
    assert rows(saved(book))[-1] == (1000, ["1480"])


@pytest.mark.parametrize(("above", "found"), [(22, True), (99, True), (100, False)])
def test_the_heading_is_looked_for_in_a_hundred_rows(above: int, found: int) -> None:
    data = workbook(Svar=[*([["titel"]] * above), HEADING, ANSWER])
    if found:
        assert rows(data)[0] == (above + 1, HEADING)
    else:
        with pytest.raises(ReportError, match="no visible sheet has a heading row"):
            rows(data)
        # Named, it is read from its first row on, so that what is missing can be said.
        assert rows(data, "Svar")[0] == (1, ["titel"])


def test_the_only_sheet_with_a_heading_is_chosen_and_that_is_said() -> None:
    data = workbook(Läs=[["Om registret"]], Svar=[HEADING, ANSWER], Listor=[["ja"], ["nej"]])
    read, sheet, notes, *_ = read_workbook_rows(data, FILE, "decisions")
    assert (read[0], sheet) == ((1, HEADING), "Svar")
    assert notes == ["Sheet 'Svar' was chosen: no other visible sheet has a heading row."]


def test_a_sheet_called_decisions_is_chosen_among_several() -> None:
    data = workbook(Gammal=[HEADING, ["1480"]], Decisions=[HEADING, ANSWER])
    found = read_workbook_rows(data, FILE, "decisions")
    assert found[:3] == ([(1, HEADING), (2, ANSWER)], "Decisions", [])
    [other] = found.remarks
    assert (other.sheet, other.severity) == ("Gammal", "warning")
    assert other.what == "has a heading row too, and was not read: 'Decisions' was."


def test_several_sheets_with_headings_are_an_error_unless_one_is_named() -> None:
    other = [*HEADING, "Telefon"]
    data = workbook(Maj=[other, ["1480"]], Juni=[HEADING, ANSWER], Listor=[["ja"]])
    with pytest.raises(ReportError) as error:
        rows(data)
    assert str(error.value) == (
        "svar.xlsx: more than one sheet has a heading row, and they cannot be read as one table. "
        "Sheet 'Maj' has headings that 'Juni' lacks: 'telefon'. "
        "The sheets are: 'Maj', 'Juni', 'Listor'. "
        "Name the one to read with --table, or with sheet under [register] in round.toml."
    )
    assert rows(data, " juni ")[1] == (2, ANSWER)


def test_a_sheet_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(ReportError, match=r"no sheet 'Augusti'\. The sheets are: 'Svar'\.$"):
        rows(GOOD, "Augusti")


def test_a_hidden_sheet_is_read_only_when_it_is_named() -> None:
    data = workbook(Svar=[HEADING, ANSWER], Gammal=[HEADING, ["1480"]])
    book = load_workbook(BytesIO(data))
    book["Gammal"].sheet_state = "veryHidden"
    hidden = saved(book)
    assert read_workbook_rows(hidden, FILE, "decisions")[1] == "Svar"
    assert rows(hidden, "Gammal")[1] == (2, ["1480"])


def test_a_chart_sheet_is_passed_over() -> None:
    book = load_workbook(BytesIO(GOOD))
    # Without a chart in it, openpyxl cannot read the sheet that it writes.
    book.create_chartsheet("Diagram").add_chart(BarChart())
    assert rows(saved(book))[0] == (1, HEADING)


def test_a_blank_sheet_is_named() -> None:
    with pytest.raises(DataError, match=r"svar\.xlsx, sheet Tom: is blank\."):
        rows(workbook(Tom=[[]], Svar=[HEADING]), "Tom")


def test_formulas_are_the_values_saved_with_them() -> None:
    def calculated(name: str, part: bytes) -> bytes:
        shown = b'<c r="B2" t="str"><f>UPPER("ja")</f><v>JA</v></c>'
        blank = b'<c r="C2" t="str"><f>""</f><v></v></c>'
        if name != "xl/worksheets/sheet1.xml":
            return part
        start, end = part.index(b'<c r="B2"'), part.index(b"</row>", part.index(b'<c r="B2"'))
        return part[:start] + shown + blank + part[end:]

    assert rows(rewritten(GOOD, calculated))[1] == (2, ["0180", "JA", ""])


def test_a_formula_without_a_value_is_named_where_it_would_be_missed() -> None:
    # openpyxl saves no values; the column of counts is not one of the register's.
    data = workbook(
        Svar=[["Titel", "=1+1"], [*HEADING, "Antal"], ["0180", "=A1", "x", "=1"], ["=1", "ja"]]
    )
    with pytest.raises(DataError) as error:
        rows(data)
    assert [(p.sheet, p.row, p.column) for p in error.value.problems] == [
        ("Svar", 3, "decision"),
        ("Svar", 4, "code"),
    ]


def test_a_wrong_extent_does_not_cut_the_sheet() -> None:
    def shrunk(name: str, part: bytes) -> bytes:
        return part.replace(b'<dimension ref="A1:C2" />', b'<dimension ref="A1" />')

    assert rewritten(GOOD, shrunk) != GOOD
    assert rows(rewritten(GOOD, shrunk)) == [(1, HEADING), (2, ANSWER)]


def test_nothing_that_openpyxl_warns_of_reaches_the_reader() -> None:
    data = rewritten(GOOD, lambda name, part: b"<styleSheet/>" if name == "xl/styles.xml" else part)
    with pytest.warns(UserWarning, match="style"):
        load_workbook(BytesIO(data), read_only=True).close()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert rows(data)[1][0] == 2


def test_a_sheet_of_more_cells_than_a_machine_can_hold_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(read_budget, "MAX_CELLS", 2 * len(HEADING))
    assert rows(GOOD) == [(1, HEADING), (2, ANSWER)]
    with pytest.raises(DataError, match=r"has more than \d+ cells"):
        rows(workbook(Svar=[HEADING, ANSWER, ANSWER]))


def test_characters_that_xml_cannot_hold_are_read_as_they_look() -> None:
    # What Excel writes for a line break of Windows, for text that looks so itself, for U+1F600
    # and for a control character.
    texts = ["om alla_x000D_\när med_x000D_", "_x005F_x000D_", "_xD83D__xDE00_", "a_x0007_b"]
    rows = [HEADING, *([f"018{at}", "ja", text] for at, text in enumerate(texts))]
    found = read_workbook_rows(workbook(Svar=rows), "svar.xlsx", "Svar").rows
    assert [cells[2] for _, cells in found[1:]] == [
        "om alla\r\när med",
        "_x000D_",
        "\U0001f600",
        "a\ufffdb",
    ]


def strict(data: bytes) -> bytes:
    """The workbook with the namespaces of ISO/IEC 29500-1, and its days as that form has them."""
    usual = b"http://schemas.openxmlformats.org/"
    names = [
        (usual + b"officeDocument/2006", b"http://purl.oclc.org/ooxml/officeDocument"),
        (usual + b"spreadsheetml/2006", b"http://purl.oclc.org/ooxml/spreadsheetml"),
        (usual + b"drawingml/2006", b"http://purl.oclc.org/ooxml/drawingml"),
    ]

    def change(name: str, part: bytes) -> bytes:
        for one, other in names:
            part = part.replace(one, other) if "Content_Types" not in name else part
        return re.sub(rb't="n"><v>42614</v>', b't="d"><v>2016-09-01</v>', part)

    return rewritten(data, change)


def test_a_workbook_in_the_strict_form_is_read() -> None:
    book = strict(workbook(Svar=[HEADING, ["0180", "ja", date(2016, 9, 1)]]))
    assert b"purl.oclc.org" in ZipFile(BytesIO(book)).read("xl/workbook.xml")
    assert b't="d"' in ZipFile(BytesIO(book)).read("xl/worksheets/sheet1.xml")
    found = read_workbook_rows(book, "svar.xlsx", "decisions")
    assert found.rows == [(1, HEADING), (2, ["0180", "ja", "2016-09-01"])]
