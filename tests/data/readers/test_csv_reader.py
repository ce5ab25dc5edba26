from __future__ import annotations

import contextlib
import csv

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.data.readers.csv_reader import read_raw_csv_rows
from helpers.data.readers.numbered_rows import find_heading
from helpers.errors import DataError, ReportError
from support.csv_both_ways import read_both_ways

HEADING = ["Kommunkod", "Ställningstagande"]
GOOD = "Kommunkod;Ställningstagande\r\n0180;ja\r\n"
TABLE = [(1, HEADING), (2, ["0180", "ja"])]


def rows(text: str | bytes) -> list[tuple[int, list[str]]]:
    return read_both_ways(text if isinstance(text, bytes) else text.encode())[0]


def refused(text: str | bytes) -> list[tuple[object, str]]:
    with pytest.raises(DataError) as error:
        rows(text)
    assert {problem.file for problem in error.value.problems} == {"svar.csv"}
    return [(problem.row, problem.what) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("encoding", "notes"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("cp1252", ["Read as Windows-1252."]),
        ("utf-16", ["Read as UTF-16."]),
    ],
)
def test_every_encoding_that_excel_writes_gives_the_same_rows(
    encoding: str, notes: list[str]
) -> None:
    assert read_both_ways(GOOD.encode(encoding)) == (TABLE, notes)


def test_utf_16_is_read_in_either_order_of_its_bytes() -> None:
    assert rows(b"\xfe\xff" + GOOD.encode("utf-16-be")) == TABLE
    assert rows(b"\xff\xfe" + GOOD.encode("utf-16-le")) == TABLE


@pytest.mark.parametrize(
    "data",
    [
        # 0x81, 0x8d, 0x8f, 0x90 and 0x9d mean nothing in Windows-1252.
        *(GOOD.encode("cp1252") + bytes([byte]) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)),
        b"\xef\xbb\xbf" + GOOD.encode("cp1252"),
        b"\xff\xfe" + GOOD.encode("utf-16-le") + b"\x00",
    ],
)
def test_bytes_that_mean_nothing_are_an_error(data: bytes) -> None:
    [(_, what)] = refused(data)
    assert "neither UTF-8, UTF-16 nor Windows-1252" in what


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_told_by_the_file(separator: str, end: str) -> None:
    text = f"Kommunkod{separator}Ställningstagande{end}0180{separator}ja{end}"
    assert rows(text) == TABLE


def test_separators_within_quotes_are_not_counted() -> None:
    text = 'Kommunkod;Svar;"Namn, län, post, telefon"\n0180;ja;x\n'
    assert rows(text)[0] == (1, ["Kommunkod", "Svar", "Namn, län, post, telefon"])


def test_a_file_in_quotes_throughout_is_read() -> None:
    assert rows('"Kommunkod";"Svar"\n"0180";"ja"\n')[1] == (2, ["0180", "ja"])


def test_a_title_with_other_separators_does_not_decide() -> None:
    text = "Svar, per kommun, i länsordning, 2017\nKommunkod;Svar\n0180;ja\n"
    assert rows(text) == [(2, ["Kommunkod", "Svar"]), (3, ["0180", "ja"])]


@pytest.mark.parametrize(("line", "separator"), [("sep=;", ";"), ("SEP=,", ","), ("sep=;;", ";")])
def test_the_separator_that_excel_declares_is_obeyed_and_its_line_counted(
    line: str, separator: str
) -> None:
    text = f"{line}\r\nKommunkod{separator}Svar\r\n0180{separator}ja\r\n"
    assert rows(text) == [(2, ["Kommunkod", "Svar"]), (3, ["0180", "ja"])]


def test_a_declared_separator_wins_over_what_the_heading_looks_like() -> None:
    assert rows("sep=;\nkod,svar,ort;datum\n1;2\n")[0] == (2, ["kod,svar,ort", "datum"])


def test_title_rows_are_passed_over_and_counted() -> None:
    text = "Svar på rekommendationen;\n\nUttaget;2017-02-22\n" + GOOD
    assert rows(text) == [(4, HEADING), (5, ["0180", "ja"])]


@pytest.mark.parametrize(("above", "found"), [(22, 23), (99, 100), (100, 1)])
def test_the_heading_is_looked_for_in_a_hundred_rows(above: int, found: int) -> None:
    # Where it is not found, the first row that is not blank stands for it.
    assert rows("titel,x\n" * above + "kod,svar\n")[0][0] == found
    lines = [(number, ["titel"]) for number in range(1, above + 1)]
    lines.append((above + 1, ["kod", "svar"]))
    assert find_heading(lines) == (above if found > 1 else None)


def test_a_vertical_bar_separates_too() -> None:
    assert rows("Kommunkod|Ställningstagande\n0180|ja\n") == TABLE


def test_without_known_headings_the_first_filled_row_is_the_heading() -> None:
    assert rows("\n;;\nOrt;Telefon\nX;1\n")[0] == (3, ["Ort", "Telefon"])


def test_rows_keep_their_line_past_quoted_line_breaks_and_blank_lines() -> None:
    text = 'kod;svar;anm\r\n0180;ja;"en\r\ntvå\r\ntre"\r\n\r\n1480;nej;\r\n'
    numbers = [number for number, cells in rows(text) if any(cells)]
    assert numbers == [1, 2, 6]


def test_a_quoted_cell_keeps_its_quotes_and_line_breaks() -> None:
    text = 'kod,svar,anm\n0180,ja,"sa ""ja"",\nmed tvekan"\n'
    assert rows(text)[1][1][2] == 'sa "ja",\nmed tvekan'


def test_cells_are_stripped_also_of_what_cannot_be_seen() -> None:
    assert rows("kod,svar\n\u00a00180\u200b , ja\t\n")[1] == (2, ["0180", "ja"])


def test_blank_cells_beyond_the_heading_are_no_error() -> None:
    assert rows("kod;svar;;\n0180;ja;;;;\n1480;nej\n")[1:] == [
        (2, ["0180", "ja", "", "", "", ""]),
        (3, ["1480", "nej"]),
    ]


def test_every_row_with_something_beyond_the_heading_is_an_error() -> None:
    # Also under a trailing separator of the heading: an unquoted one has pushed the source there.
    text = "kod;svar;anm;källa;\n1;ja;a;x;\n2;ja;a; b;x;\n3;ja;;;\n4;ja;a;b;x\n"
    assert refused(text) == [
        (3, "has 5 cells but the heading has 4."),
        (5, "has 5 cells but the heading has 4."),
    ]


def test_the_remedy_names_the_separator() -> None:
    with pytest.raises(DataError, match="Put a cell that holds a semicolon in quotation marks"):
        rows("kod;svar\n0180;ja;nej\n")


@pytest.mark.parametrize("text", ["", "\n\n", ";;;\n;;", "sep=;\n", "\ufeff", "\ufeff \n"])
def test_a_file_with_nothing_in_it_has_no_heading(text: str) -> None:
    assert refused(text) == [(None, "cannot be read as CSV: it has no heading row.")]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('kod,svar\n0180,ja\n1480,"nej\n', 3),
        ('kod,svar\n0180,"ja" tack\n', 2),
        ('"kod,svar\n', 1),
        ("kod,svar\n0180," + "x" * (csv.field_size_limit() + 1), 2),
    ],
    ids=["not closed", "text after a quote", "heading not closed", "a cell without end"],
)
def test_what_is_not_csv_is_named_by_the_row_where_it_begins(text: str, row: int) -> None:
    [(found, what)] = refused(text)
    assert found == row
    assert what.startswith("cannot be read as CSV: ")


def test_nul_characters_are_an_error() -> None:
    assert "NUL" in refused(b"kod,svar\n01\x0080,ja\n")[0][1]


def test_raw_rows_are_all_of_them_with_the_separator() -> None:
    assert read_raw_csv_rows(b"Titel\n\nkod;svar\n1;ja\n", "svar.csv") == (
        ";",
        [(1, ["Titel"]), (2, []), (3, ["kod", "svar"]), (4, ["1", "ja"])],
    )


# Not what looks like a letter that was encoded twice, or like the rest of a text after a comma.
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0Ã├√")
cells = st.text(letters, max_size=5).filter(lambda cell: not cell.startswith(" "))
lines = st.lists(st.lists(cells, min_size=2, max_size=4), max_size=5)


@given(lines, st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_a_csv_writer_wrote_is_read_back(
    lines: list[list[str]], separator: str, encoding: str
) -> None:
    text = "".join(
        separator.join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n"
        for line in [["kod", "svar", "x", "y"], *lines]
    )
    found = [found for _, found in read_both_ways(text.encode(encoding))[0][1:]]
    assert len(found) == len(lines)
    assert [len(line) for line in found] == [len(line) for line in lines]
    for line, read in zip(lines, found, strict=True):
        assert all(cell in written for cell, written in zip(read, line, strict=True))


@given(st.binary() | st.text(alphabet='kodsvar=;,\t"\r\n\0').map(str.encode))
@example(b"\xff\xfe\x00\x00kod")
@example(b'"')
@example(b"sep=;\n")
def test_any_bytes_are_rows_or_an_error_in_words(data: bytes) -> None:
    with contextlib.suppress(ReportError):
        assert rows(data)
