from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from helpers.data.readers.columnar.parquet_columns import (
    plain_parquet_columns,
    read_parquet_columns,
)
from helpers.data.readers.columnar.table_columns import TableColumns
from helpers.data.readers.parquet_reader import read_parquet_rows
from helpers.errors import DataError
from support.csv_both_ways import assert_alike, outcome
from support.register_files import parquet

NOON = datetime.fromisoformat("2016-09-15T12:00:01")
# What becomes a text in a way of its own, by kind of column.
VALUES: dict[pa.DataType, list[object]] = {
    pa.string(): ["", " ja ", "nej\u00ad", "\u3000\ufeff", "Älvdalen", "0180", "NaN", "a\nb"],
    pa.large_string(): ["", "ja", "\tnej\r\n"],
    pa.dictionary(pa.int32(), pa.string()): ["ja", " ja", ""],
    pa.dictionary(pa.int8(), pa.int64()): [180, 0],
    pa.int64(): [0, -1, 180, 2**62],
    pa.uint8(): [0, 255],
    pa.float64(): [0.0, -0.0, 180.0, 1.5, 1e300, float("nan"), float("inf"), -float("inf")],
    pa.float32(): [0.1, 180.0],
    pa.decimal128(20, 2): [Decimal("1.50"), Decimal("2.00"), Decimal("-0.00")],
    pa.bool_(): [True, False],
    pa.date32(): [date(2016, 9, 15), date(1, 1, 1)],
    pa.timestamp("us"): [NOON, NOON.replace(hour=0)],
    pa.timestamp("ns"): [NOON],
    pa.timestamp("us", "UTC"): [datetime(2016, 9, 15, 22, 30, tzinfo=UTC)],
    pa.timestamp("us", "Europe/Stockholm"): [datetime(2016, 9, 14, 22, tzinfo=UTC)],
    pa.time64("us"): [time(8, 30)],
    pa.duration("s"): [timedelta(days=2)],
    pa.null(): [None],
    pa.binary(): [b"ja", b"\xff"],
    pa.list_(pa.int64()): [[1, 2], []],
}
HEADINGS = ["kod", " svar ", "", "svar"]


@st.composite
def columns(draw: st.DrawFn, rows: int) -> pa.Array:
    kind = draw(st.sampled_from(list(VALUES)))
    value = st.one_of(st.none(), st.sampled_from(VALUES[kind]))
    values = draw(st.lists(value, min_size=rows, max_size=rows))
    if not pa.types.is_dictionary(kind):
        return pa.array(values, kind)
    return pa.array(values, kind.value_type).dictionary_encode().cast(kind)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    rows = draw(st.integers(0, 6))
    arrays = draw(st.lists(columns(rows), max_size=4))
    names = draw(st.lists(st.sampled_from(HEADINGS), min_size=len(arrays), max_size=len(arrays)))
    target = BytesIO()
    table = pa.Table.from_arrays(arrays, names)
    pq.write_table(table, target, row_group_size=draw(st.integers(1, 7)))
    content = target.getvalue()
    damaged = draw(st.sampled_from([0, 0, 0, 20]))
    return content[:8] + b"\xff" * damaged + content[8 + damaged :]


def read_both_ways(data: bytes) -> None:
    by_rows, by_columns = outcome(read_parquet_rows, data), outcome(read_parquet_columns, data)
    if isinstance(by_rows, DataError):
        assert isinstance(by_columns, DataError)
        assert by_columns.problems == by_rows.problems
    else:
        assert not isinstance(by_columns, DataError)
        assert_alike(by_columns, TableColumns.of_rows(by_rows))


@given(files())
def test_columns_of_parquet_are_what_its_rows_are(data: bytes) -> None:
    read_both_ways(data)


def is_read_by_columns(*arrays: pa.Array) -> bool:
    names = [f"kolumn {at}" for at in range(len(arrays))]
    data = parquet(pa.Table.from_arrays(list(arrays), names))
    read_both_ways(data)
    return plain_parquet_columns(data, "svar.parquet") is not None


def test_a_file_of_plain_kinds_is_read_by_columns() -> None:
    plain = [kind for kind in VALUES if kind != pa.binary() and not pa.types.is_nested(kind)]
    arrays = [pa.array([None, VALUES[kind][0]], kind) for kind in plain]
    assert is_read_by_columns(*arrays)


def test_a_file_with_another_kind_of_column_is_read_row_by_row() -> None:
    codes = pa.array(["0180", "1280"])
    assert is_read_by_columns(codes)
    assert not is_read_by_columns(codes, pa.array([b"ja", b"nej"]))
    assert not is_read_by_columns(codes, pa.array([[1], [2]]))


def test_a_text_that_cannot_be_decoded_is_left_to_the_reader_of_rows() -> None:
    texts = pa.array([b"ja", b"\xff"])
    texts = pa.StringArray.from_buffers(2, texts.buffers()[1], texts.buffers()[2])
    assert not is_read_by_columns(texts)


def test_a_day_that_no_calendar_of_python_has_is_left_to_the_reader_of_rows() -> None:
    assert not is_read_by_columns(pa.array([10**9], pa.int32()).cast(pa.date32()))
