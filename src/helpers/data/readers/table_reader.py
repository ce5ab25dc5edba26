"""Takes a register as it comes - CSV, Excel, Parquet or a database - as one table of text."""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from helpers.data.cells.column_headings import unread_headings
from helpers.data.readers import csv_reader
from helpers.data.readers.numbered_rows import NumberedRows, rows_to_frame
from helpers.errors import ReportError
from helpers.model.answer_register import SourceTable
from helpers.system.environment import ENVIRONMENT_PREFIX
from helpers.system.files import read_bytes

_CSV_SUFFIXES = {".csv", ".txt", ".tsv"}
_WORKBOOK_SUFFIXES = {".xlsx", ".xlsm"}
_FORMAT_REMEDIES = {
    ".xls": "Open it in Excel and save it as an Excel workbook (.xlsx).",
    ".xlsb": "Open it in Excel and save it as an Excel workbook (.xlsx).",
    ".ods": "Open it in LibreOffice and save it as .xlsx or .csv.",
}


def read_table(where: str, table: str = "decisions") -> SourceTable:
    """Read a register from a file's path, a database's URL, or "env:NAME".

    "env:NAME" takes the path or URL from that environment variable, where a password belongs.
    `table` names a database's table or a workbook's sheet; other files have none. Raises
    ReportError or DataError, in words and without any password, for whatever cannot be read.
    """
    path_or_url = _resolve_environment(where)
    if "://" in path_or_url:
        return _read_database(path_or_url, table)
    path = Path(path_or_url)
    suffix = path.suffix.lower()
    if suffix in _CSV_SUFFIXES:
        data = read_bytes(path)
        rows, notes = csv_reader.read_csv_rows(data, path.name)
        return _to_source_table(rows, path.name, notes, data)
    if suffix in _WORKBOOK_SUFFIXES:
        return _read_workbook(path, table)
    if suffix == ".parquet":
        return _read_parquet(path)
    # What holds an @ may be a database's address gone wrong, with its password in it.
    shown = "The register" if "@" in path_or_url else f"The register {path.name!r}"
    remedy = _FORMAT_REMEDIES.get(suffix, "Save it as .csv or .xlsx.")
    raise ReportError(
        f"{shown} is not a file of a kind that can be read: .csv, .xlsx or .parquet; nor a "
        f"database's address, as sqlite:///FILE. {remedy}"
    )


def register_path(where: str) -> Path | None:
    """The file that a register stands in; None for a database."""
    path_or_url = _resolve_environment(where)
    return None if "://" in path_or_url else Path(path_or_url)


def _resolve_environment(where: str) -> str:
    """The path or URL that is meant."""
    name = where.removeprefix(ENVIRONMENT_PREFIX)
    if name == where:
        return where
    path_or_url = os.environ.get(name, "").strip()
    if not path_or_url:
        raise ReportError(
            f"The environment variable {name!r} is not set. "
            "Set it to the path of the register or the address of its database."
        )
    return path_or_url


# Each library below takes a tenth of a second to import; most registers are CSV.


def _read_workbook(path: Path, table: str) -> SourceTable:
    from helpers.data.readers import excel_reader  # noqa: PLC0415

    data = read_bytes(path)
    rows, sheet, notes, remarks = excel_reader.read_workbook_rows(data, path.name, table)
    read = _to_source_table(rows, path.name, notes, data, sheet)
    return replace(read, remarks=tuple(remarks))


def _read_parquet(path: Path) -> SourceTable:
    from helpers.data.readers import parquet_reader  # noqa: PLC0415

    data = read_bytes(path)
    return _to_source_table(parquet_reader.read_parquet_rows(data, path.name), path.name, [], data)


def _read_database(address: str, table: str) -> SourceTable:
    from helpers.data.readers import database_reader  # noqa: PLC0415

    rows, file, notes = database_reader.read_database_rows(address, table)
    return _to_source_table(rows, file, notes)


def _to_source_table(
    rows: NumberedRows,
    file: str,
    notes: list[str],
    data: bytes | None = None,
    sheet: str | None = None,
) -> SourceTable:
    text = rows_to_frame(rows, file)
    hashed = text.to_csv(index=False, lineterminator="\n").encode() if data is None else data
    notes = [*notes, *_describe_omissions(rows, list(text.columns))]
    return SourceTable(text, file, sheet, sha256(hashed).hexdigest(), tuple(notes), rows[0][0])


def _describe_omissions(rows: NumberedRows, names: list[str]) -> list[str]:
    """What of the source is not in the table, or not used of it."""
    number, heading = rows[0]
    unnamed = any(
        cell and (at >= len(heading) or not heading[at])
        for _, cells in rows[1:]
        for at, cell in enumerate(cells)
    )
    unused = unread_headings(names)
    return [
        *([f"The headings are in row {number}."] if number > 1 else []),
        *([f"Columns not used: {', '.join(unused)}."] if unused else []),
        *(["Cells in columns without a heading were not used."] if unnamed else []),
    ]
