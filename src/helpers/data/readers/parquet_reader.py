"""Read a Parquet file as text, row by row: with every kind of column, within the budget."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.data.cells.cell_values import cell_text
from helpers.data.cells.read_budget import MAX_CHARACTERS, ReadBudget
from helpers.data.readers.numbered_rows import NumberedRows
from helpers.errors import DataError, Problem

_ROWS_DECODED_AT_A_TIME = 1_000


def read_parquet_rows(data: bytes, file: str) -> NumberedRows:
    """Return the rows of a Parquet file, numbered from 1; row 0 has the column names.

    Raises DataError for a file that is not Parquet, is damaged or encrypted, has no columns, or is
    larger than a register: a page of two kilobytes may stand for any number of rows.
    """
    try:
        rows = list(_rows(open_parquet(data, file), file))
    except DataError:
        raise
    except Exception:  # damage surfaces as Arrow's, Python's or Thrift's errors
        raise _parquet_error(file) from None
    if not rows[0]:
        raise _parquet_error(file)
    return list(enumerate([cell_text(cell) for cell in cells] for cells in rows))


def open_parquet(data: bytes, file: str) -> pq.ParquetFile:
    """Return an opened Parquet file that has no more rows, columns and pages than a register.

    Texts are read as Parquet stores them, each value once: only their positions repeat. Raises
    DataError for a larger file, and errors of Arrow, Python or Thrift for a damaged one.
    """
    metadata = pq.read_metadata(pa.BufferReader(data))
    ReadBudget(file).announce(metadata.num_rows, metadata.num_columns)
    _require_memory(metadata, file)
    schema = pq.read_schema(pa.BufferReader(data))
    texts = [field.name for field in schema if is_text(field.type)]
    return pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts)


def is_text(kind: pa.DataType) -> bool:
    """Return whether the values of an Arrow type are texts."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _require_memory(metadata: pq.FileMetaData, file: str) -> None:
    """Raise DataError for pages that unpack to more than a register has."""
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    if sum(group.total_byte_size for group in groups) > MAX_CHARACTERS:
        what = f"unpacks to more than {MAX_CHARACTERS // 10**6} MB."
        raise DataError([Problem(file, what, "Keep only the register.")])


def _rows(source: pq.ParquetFile, file: str) -> Iterator[list[object]]:
    """Yield the column names and then each row, batch by batch, within the budget."""
    yield list(source.schema_arrow.names)
    budget = ReadBudget(file)
    for batch in source.iter_batches(_ROWS_DECODED_AT_A_TIME):
        # By Arrow's types, not pandas': whole numbers next to blanks stay whole numbers.
        for row in zip(*map(_values, batch.columns), strict=True):
            budget.spend(row)
            yield list(row)


def _values(column: pa.Array) -> list[object]:
    if not isinstance(column, pa.DictionaryArray):
        return list(column.to_pylist())
    used = column.indices.unique().drop_null()  # every batch has the whole file's dictionary
    texts = dict(zip(used.to_pylist(), column.dictionary.take(used).to_pylist(), strict=True))
    return [texts.get(at) for at in column.indices.to_pylist()]


def _parquet_error(file: str) -> DataError:
    what = "cannot be read as Parquet: it is damaged, or another kind of file."
    return DataError([Problem(file, what, "Write it again, or save the table as .csv.")])
