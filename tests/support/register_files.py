"""Registers for the tests, written as a file and read again as a table."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.data.readers.table_reader import read_table
from helpers.model.answer_register import SourceTable


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, content: str | bytes) -> SourceTable:
    return read_table(str(write(path, content)))


def parquet(table: pa.Table) -> bytes:
    target = BytesIO()
    pq.write_table(table, target)
    return target.getvalue()


def contents(table: SourceTable) -> list[list[str]]:
    return table.rows.to_numpy().tolist()
