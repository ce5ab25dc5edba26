from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from helpers.errors import DataError
from support.register_files import contents, parquet, read


def test_parquet_keeps_what_each_type_means(tmp_path: Path) -> None:
    # A whole number beside a blank stays whole; pandas would make it 180.0.
    columns = {
        "code": pa.array([180, None]),
        "decided_on": pa.array([datetime(2016, 9, 15, 8, tzinfo=UTC), None]),
        "received_on": pa.array([date(2016, 9, 20), None]),
        "decision": pa.array(["ja", "nej"]).dictionary_encode(),
        "note": pa.array([Decimal("1.50"), None]),
    }
    table = read(tmp_path / "a.parquet", parquet(pa.table(columns)))
    assert contents(table) == [
        ["180", "2016-09-15 08:00:00+00:00", "2016-09-20", "ja", "1.50"],
        ["", "", "", "nej", ""],
    ]


@pytest.mark.parametrize("content", [b"", b"kod;svar\n", b"PAR1" + bytes(40) + b"PAR1"])
def test_what_is_not_parquet_is_said_in_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DataError, match=r"^a\.parquet: cannot be read as Parquet: "):
        read(tmp_path / "a.parquet", content)
    with pytest.raises(DataError, match=r"^a\.parquet: cannot be read as Parquet: "):
        read(tmp_path / "a.parquet", parquet(pa.table({})))


def test_of_a_dictionary_only_the_texts_that_rows_have_are_converted(tmp_path: Path) -> None:
    # Every batch of rows comes with the whole dictionary. \xff is not a text.
    texts = pa.array([b"ja", b"\xff", b"nej"])
    texts = pa.StringArray.from_buffers(3, texts.buffers()[1], texts.buffers()[2])
    decisions = pa.DictionaryArray.from_arrays(pa.array([2, 0, None, 2], pa.int32()), texts)
    table = pa.table({"code": ["1", "2", "3", "4"], "decision": decisions})
    read_table = read(tmp_path / "a.parquet", parquet(table))
    assert contents(read_table) == [["1", "nej"], ["2", "ja"], ["3", ""], ["4", "nej"]]
