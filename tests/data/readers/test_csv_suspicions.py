from __future__ import annotations

import pytest

from helpers.errors import DataError
from support.csv_both_ways import read_both_ways

HEADING = "kod;svar;beslutsdatum;inkom;anm;villkor\n"
PLAIN = "0180;ja;2016-09-01;2016-09-05;;\n"


def refused(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(DataError) as error:
        read_both_ways(text.encode())
    assert all(problem.remedy for problem in error.value.problems)
    return [(problem.row, problem.what) for problem in error.value.problems]


def count(text: str) -> int:
    return len(read_both_ways(text.encode())[0]) - 1


@pytest.mark.parametrize(
    "text",
    [
        # A pair of stray marks, two rows apart and one; in a column before the last, too.
        PLAIN + '1480;ja;2016-09-01;2016-09-05;"Vi är med\n1280;nej;2016-09-01;2016-09-05;\n'
        '0114;nej;2016-09-01;2016-09-05;enligt beslut";\n',
        PLAIN + '1480;ja;2016-09-01;2016-09-05;"\n1280;nej;2016-09-01;2016-09-05;";\n',
        PLAIN + '1480;"ja;2016-09-01;2016-09-05;;\n1280;nej";2016-09-01;2016-09-05;;\n',
    ],
)
def test_rows_within_quotation_marks_are_named_by_where_these_begin(text: str) -> None:
    [(row, what)] = refused(HEADING + text)
    assert row == 3
    assert "look like rows" in what


def test_rows_that_are_swallowed_above_the_heading_are_named() -> None:
    text = f'"Svar;\n0180;ja;2016-09-01\n";\n{HEADING}{PLAIN}'
    assert refused(text)[0][0] == 1


@pytest.mark.parametrize(
    "cell",
    [
        '"Ja, under förutsättning\natt alla; även Malmö; är med"',
        '"Beslut 2016-09-01\n\nSe protokoll"',
        '"rad ett\nja; gärna; men senare"',
    ],
)
def test_a_text_of_several_lines_is_a_text(cell: str) -> None:
    assert count(f"{HEADING}{PLAIN}1480;ja;2016-09-01;2016-09-05;;{cell}\n") == 2


COMMAS = "code,decision,decided_on,received_on,note,condition\n"
ROW = "0180,yes,2016-09-01,2016-09-05,"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (COMMAS + ROW + "tack, hej\n", 2),
        (COMMAS + ROW + ",\n" + ROW + "tack, hej,\n", 3),
        # No space, but one cell more than all others have; the last is blank.
        (COMMAS + (ROW + ",\n") * 2 + ROW + "tack,hej,\n", 4),
        (COMMAS.replace("note", "Ort") + ROW + "Upplands Väsby, Sverige\n", 2),
    ],
)
def test_the_rest_of_a_text_after_a_comma_is_no_cell_of_its_own(text: str, row: int) -> None:
    [(found, what)] = refused(text)
    assert found == row
    assert "is probably the rest of the cell before it" in what


@pytest.mark.parametrize(
    "text",
    [
        COMMAS + ROW + '"tack, hej",om alla\n',
        COMMAS + ROW + "tack,om alla\n",
        # A space after every comma is how this file is written.
        COMMAS.replace(",", ", ") + ROW.replace(",", ", ") + "tack, hej\n",
        COMMAS + ROW.replace(",", ", ") + "tack, hej\n",
        COMMAS + ROW + " tack,\n",
        # Blank cells at the end of a row, with nothing that could have been split.
        COMMAS + (ROW + ",\n") * 2 + ROW + "tack,,,\n",
    ],
)
def test_what_is_written_so_throughout_is_read(text: str) -> None:
    assert count(text) >= 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('kod;svar\n0180;"ja\n', "a quotation mark opens a cell that is never closed"),
        ('kod;svar\n0180;"ja" tack\n', "text follows a quotation mark that closes a cell"),
    ],
)
def test_the_parser_s_trouble_is_told_in_our_words(text: str, why: str) -> None:
    assert refused(text) == [(2, f"cannot be read as CSV: {why}.")]
