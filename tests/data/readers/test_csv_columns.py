from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.data.readers.columnar.csv_columns import plain_columns
from helpers.data.readers.numbered_rows import ANY_HEADING
from helpers.errors import DataError
from support.csv_both_ways import read_both_ways

HEADING = "kod;kommun;svar;beslutsdatum;anm"

# What decides how a line is split, and what a text may be confused with.
cells = st.sampled_from(
    ["", "0180", "Ja", "nej", "2016-09-01", "Älvdalen", " ", "\u3000ja\ufeff", "ring då", " annars",
     '"a"', '"a;b"', '"a""b"', 'a"b', '"', '"rad\nrad"', '"1;ja\n2;nej"', ";", ";;", "\t", "a,b"]
)  # fmt: skip
rows = st.lists(st.lists(cells, max_size=6).map(";".join), max_size=6)
line_ends = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
above = st.sampled_from(
    ["", "", "sep=;\n", "Svar 2016;;\n\n", '"Svar\n2016"\n', "1;ja;2016-09-01\n"]
)
headings = st.sampled_from(
    [HEADING, HEADING + ";;", " kod; kommun; svar; beslutsdatum; anm", "x;y"]
)


@given(above, headings, rows, line_ends, st.booleans())
def test_columns_are_what_rows_are(
    above: str, heading: str, rows: list[str], line_end: str, ended: bool
) -> None:
    text = above + line_end.join([heading, *rows]) + line_end * ended
    with contextlib.suppress(DataError):
        read_both_ways(text.encode())


def read_by_columns(text: str) -> bool:
    read_both_ways(text.encode())
    return plain_columns(text, "svar.csv", ANY_HEADING) is not None


@pytest.mark.parametrize(
    "body",
    [
        "0180;Stockholm;ja;2016-09-01;\n",
        "0180;Stockholm;ja;2016-09-01;\r\n1280;Malmö;nej;2016-09-02;",
        # A blank line, and one without its last cells.
        "0180;Stockholm;ja;2016-09-01;\n\n1280;Malmö;nej;2016-09-02\n",
        '0180;Stockholm;ja;2016-09-01;"a; b"\n1280;Malmö;nej;2016-09-02;\n',
        "0180 ;Stockholm;ja ;2016-09-01;\n1280;Malmö;nej;2016-09-02;\n",
    ],
)
def test_a_file_without_faults_is_read_by_columns(body: str) -> None:
    assert read_by_columns(f"{HEADING}\n{body}")


@pytest.mark.parametrize(
    "text",
    [
        f'{HEADING}\n0180;Stockholm;ja;2016-09-01;"a\nb"\n',  # a cell of two lines
        f"{HEADING}\r0180;Stockholm;ja;2016-09-01;\r",
        "x;y\n1;2\n",  # no heading is recognised: the message names the columns
    ],
)
def test_what_a_line_does_not_show_is_read_row_by_row(text: str) -> None:
    assert not read_by_columns(text)


def test_rows_keep_their_order_and_numbers() -> None:
    text = f'{HEADING}\n0180;a;ja;;\n\n"1280";b;nej;;\n1480;c;ja;;\n0114;d;ja\n'
    found = plain_columns(text, "svar.csv", ANY_HEADING)
    assert found is not None
    frame = found.frame("svar.csv")
    assert list(frame["kod"].items()) == [(2, "0180"), (4, "1280"), (5, "1480"), (6, "0114")]
    assert list(frame["beslutsdatum"]) == ["", "", "", ""]
