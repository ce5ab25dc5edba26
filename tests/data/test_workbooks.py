from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart

from helpers.data.workbooks import read_rows
from helpers.errors import DataError, ReportError

HEADING = ["Kommunkod", "Ställningstagande", "Beslutsdatum"]
ANSWER = ["0180", "ja", "2016-09-15"]
FILE = "svar.xlsx"


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def rewritten(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The workbook with each part passed through `change`."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target.getvalue()


def rows(data: bytes, table: str = "decisions") -> list[tuple[int, list[str]]]:
    return [(number, cells) for number, cells in read_rows(data, FILE, table)[0] if any(cells)]


GOOD = workbook(Svar=[HEADING, ANSWER])


def test_a_sheet_is_read_as_text_from_its_heading_on():
    assert read_rows(GOOD, FILE, "decisions") == ([(1, HEADING), (2, ANSWER)], "Svar", [])


def test_cells_become_the_text_that_is_seen():
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
def test_a_number_shown_with_leading_zeros_keeps_them(value, shown_as, text):
    book = load_workbook(BytesIO(GOOD))
    cell = book["Svar"]["A2"]
    cell.value, cell.number_format = value, shown_as
    assert rows(saved(book))[1][1][0] == text


def test_title_rows_and_blank_rows_are_counted():
    data = workbook(Svar=[["Svar på rekommendationen"], [], HEADING, [], ANSWER])
    assert rows(data) == [(3, HEADING), (5, ANSWER)]


def test_a_row_far_down_keeps_its_number():
    book = load_workbook(BytesIO(GOOD))
    book["Svar"]["A1000"] = "1480"
    assert rows(saved(book))[-1] == (1000, ["1480"])


@pytest.mark.parametrize(("above", "found"), [(19, True), (20, False)])
def test_the_heading_is_looked_for_in_twenty_rows(above, found):
    data = workbook(Svar=[*([["titel"]] * above), HEADING, ANSWER])
    if found:
        assert rows(data)[0] == (20, HEADING)
    else:
        with pytest.raises(ReportError, match="No visible sheet has a heading row"):
            rows(data)
        # Named, it is read from its first row on, so that what is missing can be said.
        assert rows(data, "Svar")[0] == (1, ["titel"])


def test_the_only_sheet_with_a_heading_is_chosen_and_that_is_said():
    data = workbook(Läs=[["Om registret"]], Svar=[HEADING, ANSWER], Listor=[["ja"], ["nej"]])
    read, sheet, notes = read_rows(data, FILE, "decisions")
    assert (read[0], sheet) == ((1, HEADING), "Svar")
    assert notes == ["Sheet 'Svar' was chosen: no other visible sheet has a heading row."]


def test_a_sheet_called_decisions_is_chosen_among_several():
    data = workbook(Gammal=[HEADING, ["1480"]], Decisions=[HEADING, ANSWER])
    assert read_rows(data, FILE, "decisions") == ([(1, HEADING), (2, ANSWER)], "Decisions", [])


def test_several_sheets_with_headings_are_an_error_unless_one_is_named():
    data = workbook(Maj=[HEADING, ["1480"]], Juni=[HEADING, ANSWER], Listor=[["ja"]])
    with pytest.raises(ReportError) as error:
        rows(data)
    assert str(error.value) == (
        "svar.xlsx: More than one sheet has a heading row, one that names an answer and a code or "
        "a name, within the first 20 rows. The sheets are: 'Maj', 'Juni', 'Listor'. "
        "Name the one to read with --table."
    )
    assert rows(data, " juni ")[1] == (2, ANSWER)


def test_a_sheet_that_is_not_there_lists_those_that_are():
    with pytest.raises(ReportError, match=r"no sheet 'Augusti'\. The sheets are: 'Svar'\.$"):
        rows(GOOD, "Augusti")


def test_a_hidden_sheet_is_read_only_when_it_is_named():
    data = workbook(Svar=[HEADING, ANSWER], Gammal=[HEADING, ["1480"]])
    book = load_workbook(BytesIO(data))
    book["Gammal"].sheet_state = "veryHidden"
    hidden = saved(book)
    assert read_rows(hidden, FILE, "decisions")[1] == "Svar"
    assert rows(hidden, "Gammal")[1] == (2, ["1480"])


def test_a_chart_sheet_is_passed_over():
    book = load_workbook(BytesIO(GOOD))
    # Without a chart in it, openpyxl cannot read the sheet that it writes.
    book.create_chartsheet("Diagram").add_chart(BarChart())
    assert rows(saved(book))[0] == (1, HEADING)


def test_a_blank_sheet_is_named():
    with pytest.raises(DataError, match=r"svar\.xlsx, sheet Tom: is blank\."):
        rows(workbook(Tom=[[]], Svar=[HEADING]), "Tom")


def test_formulas_are_the_values_saved_with_them():
    def calculated(name: str, part: bytes) -> bytes:
        shown = b'<c r="B2" t="str"><f>UPPER("ja")</f><v>JA</v></c>'
        blank = b'<c r="C2" t="str"><f>""</f><v></v></c>'
        if name != "xl/worksheets/sheet1.xml":
            return part
        start, end = part.index(b'<c r="B2"'), part.index(b"</row>", part.index(b'<c r="B2"'))
        return part[:start] + shown + blank + part[end:]

    assert rows(rewritten(GOOD, calculated))[1] == (2, ["0180", "JA", ""])


def test_a_formula_without_a_value_is_named_where_it_would_be_missed():
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


def test_a_wrong_extent_does_not_cut_the_sheet():
    def shrunk(name: str, part: bytes) -> bytes:
        return part.replace(b'<dimension ref="A1:C2" />', b'<dimension ref="A1" />')

    assert rewritten(GOOD, shrunk) != GOOD
    assert rows(rewritten(GOOD, shrunk)) == [(1, HEADING), (2, ANSWER)]


def test_nothing_that_openpyxl_warns_of_reaches_the_reader():
    data = rewritten(GOOD, lambda name, part: b"<styleSheet/>" if name == "xl/styles.xml" else part)
    with pytest.warns(UserWarning, match="style"):
        load_workbook(BytesIO(data), read_only=True).close()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert rows(data)[1][0] == 2


def refused(data: bytes) -> str:
    with pytest.raises(DataError) as error:
        rows(data)
    [problem] = error.value.problems
    assert problem.file == FILE
    assert problem.remedy
    return problem.what


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"kod;svar\n0180;ja\n",
        GOOD[:-100],
        GOOD[:200],
        rewritten(GOOD, lambda name, part: b"" if name == "xl/workbook.xml" else part),
        rewritten(GOOD, lambda name, part: part[:-9] if "sheet1" in name else part),
        rewritten(GOOD, lambda name, part: part.replace(b"worksheet", b"word")),
    ],
    ids=["empty", "csv", "cut", "cut short", "no workbook", "sheet cut", "other parts"],
)
def test_what_is_damaged_or_no_workbook_is_said_in_words(data):
    damaged = "cannot be read as an Excel workbook: it is damaged, or another kind of file."
    assert refused(data) == damaged


def test_a_zip_of_something_else_is_no_workbook():
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert refused(target.getvalue()).startswith("cannot be read as an Excel workbook")


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)


def test_a_protected_workbook_is_told_from_an_old_one():
    protected = OLE + "EncryptedPackage".encode("utf-16-le")
    assert refused(protected) == "is protected by a password."
    assert refused(OLE) == "is a workbook of before Excel 2007 under a new name."


def test_a_zip_with_encrypted_parts_is_protected():
    # Bit 0 of the flags, at 8 in each part's entry in the directory at the end.
    data = bytearray(GOOD)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)) == "is protected by a password."


def test_a_workbook_that_unpacks_to_more_than_300_mb_is_refused():
    target = BytesIO(GOOD)
    with (
        ZipFile(target, "a", ZIP_DEFLATED) as archive,
        archive.open("xl/media/x.bin", "w") as part,
    ):
        for _ in range(301):
            part.write(bytes(1_000_000))
    assert len(target.getvalue()) < 1_000_000
    assert refused(target.getvalue()) == "unpacks to more than 300 MB."


def test_a_part_that_understates_its_size_is_damage():
    target = BytesIO(GOOD)
    with ZipFile(target, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", bytes(1_000_000))
    small = target.getvalue().replace((1_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert small != target.getvalue()
    assert refused(small).startswith("cannot be read as an Excel workbook")


def test_other_ways_of_packing_are_refused():
    target = BytesIO(GOOD)
    with ZipFile(target, "a", ZIP_BZIP2) as archive:
        archive.writestr("xl/media/x.bin", b"x")
    assert refused(target.getvalue()).startswith("cannot be read as an Excel workbook")


def test_a_row_numbered_beyond_all_sheets_is_damage_and_not_waited_for():
    data = rewritten(GOOD, lambda _, part: part.replace(b'r="2"', b'r="99999999999"'))
    assert refused(data).startswith("cannot be read as an Excel workbook")


@given(st.binary(max_size=200) | st.binary(max_size=100).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_an_error_in_words(data):
    assert refused(data)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(ZipFile(BytesIO(GOOD)).namelist())),
    st.integers(0, 2_000),
    st.integers(0, 20),
    st.binary(max_size=4) | st.sampled_from([b"", b'"', b"<", b"99999", b"-1", b"e", b"\xff"]),
)
def test_a_workbook_with_any_part_damaged_is_rows_or_an_error_in_words(part, at, cut, put):
    data = rewritten(
        GOOD, lambda name, old: old[:at] + put + old[at + cut :] if name == part else old
    )
    with contextlib.suppress(ReportError):
        assert rows(data)
