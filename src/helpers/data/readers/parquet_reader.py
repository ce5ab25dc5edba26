"""Reads a Parquet file as text."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.data.cells.cell_values import cell_text
from helpers.data.readers.numbered_rows import NumberedRows
from helpers.errors import DataError, Problem


def read_parquet_rows(data: bytes, file: str) -> NumberedRows:
    """Return the rows of a Parquet file, numbered from 1; row 0 has the column names.

    Raises DataError for a file that is not Parquet, is damaged or encrypted, or has no columns.
    """
    try:
        table = pq.ParquetFile(pa.BufferReader(data)).read()
        # By Arrow's types, not pandas': whole numbers next to blanks stay whole numbers.
        columns = [column.to_pylist() for column in table.columns]
    except Exception:  # damage surfaces as Arrow's, Python's or Thrift's errors
        raise _parquet_error(file) from None
    if not columns:
        raise _parquet_error(file)
    heading = [cell_text(name) for name in table.column_names]
    body = ([cell_text(cell) for cell in cells] for cells in zip(*columns, strict=True))
    return list(enumerate([heading, *body]))


def _parquet_error(file: str) -> DataError:
    what = "cannot be read as Parquet: it is damaged, or another kind of file."
    return DataError([Problem(file, what, "Write it again, or save the table as .csv.")])
