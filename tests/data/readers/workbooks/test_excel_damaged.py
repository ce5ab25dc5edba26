from __future__ import annotations

import contextlib
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.data.readers.workbooks.excel_reader import read_workbook_rows
from helpers.errors import DataError, ReportError
from support.excel_files import rewritten, workbook

HEADING = ["Kommunkod", "Ställningstagande", "Beslutsdatum"]
ANSWER = ["0180", "ja", "2016-09-15"]
FILE = "svar.xlsx"
GOOD = workbook(Svar=[HEADING, ANSWER])


def refused(data: bytes) -> str:
    with pytest.raises(DataError) as error:
        read_workbook_rows(data, FILE, "decisions")
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
def test_what_is_damaged_or_no_workbook_is_said_in_words(data: bytes) -> None:
    damaged = "cannot be read as an Excel workbook: it is damaged, or another kind of file."
    assert refused(data) == damaged


def test_a_zip_of_something_else_is_no_workbook() -> None:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert refused(target.getvalue()).startswith("cannot be read as an Excel workbook")


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)


def test_a_protected_workbook_is_told_from_an_old_one() -> None:
    protected = OLE + "EncryptedPackage".encode("utf-16-le")
    assert refused(protected) == "is protected by a password."
    assert refused(OLE) == "is a workbook of before Excel 2007 under a new name."


def test_a_zip_with_encrypted_parts_is_protected() -> None:
    # Bit 0 of the flags, at 8 in each part's entry in the directory at the end.
    data = bytearray(GOOD)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)) == "is protected by a password."


def test_a_workbook_that_unpacks_to_more_than_300_mb_is_refused() -> None:
    target = BytesIO(GOOD)
    with (
        ZipFile(target, "a", ZIP_DEFLATED) as archive,
        archive.open("xl/media/x.bin", "w") as part,
    ):
        for _ in range(301):
            part.write(bytes(1_000_000))
    assert len(target.getvalue()) < 1_000_000
    assert refused(target.getvalue()) == "unpacks to more than 300 MB."


def test_a_part_that_understates_its_size_is_damage() -> None:
    target = BytesIO(GOOD)
    with ZipFile(target, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", bytes(1_000_000))
    small = target.getvalue().replace((1_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert small != target.getvalue()
    assert refused(small).startswith("cannot be read as an Excel workbook")


def test_other_ways_of_packing_are_refused() -> None:
    target = BytesIO(GOOD)
    with ZipFile(target, "a", ZIP_BZIP2) as archive:
        archive.writestr("xl/media/x.bin", b"x")
    assert refused(target.getvalue()).startswith("cannot be read as an Excel workbook")


def test_a_row_numbered_beyond_all_sheets_is_damage_and_not_waited_for() -> None:
    data = rewritten(GOOD, lambda _, part: part.replace(b'r="2"', b'r="99999999999"'))
    assert refused(data).startswith("cannot be read as an Excel workbook")


@given(st.binary(max_size=200) | st.binary(max_size=100).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_an_error_in_words(data: bytes) -> None:
    assert refused(data)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(ZipFile(BytesIO(GOOD)).namelist())),
    st.integers(0, 2_000),
    st.integers(0, 20),
    st.binary(max_size=4) | st.sampled_from([b"", b'"', b"<", b"99999", b"-1", b"e", b"\xff"]),
)
def test_a_workbook_with_any_part_damaged_is_rows_or_an_error_in_words(
    part: str, at: int, cut: int, put: bytes
) -> None:
    data = rewritten(
        GOOD, lambda name, old: old[:at] + put + old[at + cut :] if name == part else old
    )
    with contextlib.suppress(ReportError):
        assert read_workbook_rows(data, FILE, "decisions")


def test_openpyxl_warnings_do_not_reach_the_terminal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    data = rewritten(GOOD, lambda name, part: part.replace(b"cellStyleXfs", b"others"))
    with contextlib.suppress(ReportError):
        read_workbook_rows(data, FILE, "decisions")
    assert capfd.readouterr() == ("", "")
