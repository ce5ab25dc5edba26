"""CSV read row by row and by columns: both must give the same, or raise the same errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from helpers.data.readers.columnar.csv_columns import parse_csv_columns
from helpers.data.readers.columnar.table_columns import TableColumns
from helpers.data.readers.csv_reader import parse_csv_rows
from helpers.data.readers.numbered_rows import NumberedRows
from helpers.data.readers.text_decoding import decode_text
from helpers.errors import DataError

FILE = "svar.csv"
Result = TypeVar("Result")
Content = TypeVar("Content")


def read_both_ways(data: bytes) -> tuple[NumberedRows, list[str]]:
    """Return the rows of a file, and notes on its encoding; raises the errors of either way."""
    text, notes = decode_text(data, FILE)
    by_rows, by_columns = outcome(parse_csv_rows, text), outcome(parse_csv_columns, text)
    if isinstance(by_rows, DataError):
        assert isinstance(by_columns, DataError)
        assert by_columns.problems == by_rows.problems
        raise by_rows
    assert not isinstance(by_columns, DataError)
    assert_alike(by_columns, TableColumns.of_rows(by_rows))
    return by_rows, notes


def outcome(read: Callable[[Content, str], Result], content: Content) -> Result | DataError:
    """What a reader returns, or the error that it raises."""
    try:
        return read(content, FILE)
    except DataError as error:
        return error


def assert_alike(one: TableColumns, other: TableColumns) -> None:
    """Compare headings, cells, row numbers and what is left out."""
    assert (one.heading_row, one.headings) == (other.heading_row, other.headings)
    assert one.omissions() == other.omissions()
    left, right = (table.frame(FILE, may_repeat=lambda _: True) for table in (one, other))
    pd.testing.assert_frame_equal(left, right)
