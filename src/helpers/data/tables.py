"""Takes a register as it comes - CSV, Excel, Parquet or a database - as one table of text."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from helpers.data import csv_files
from helpers.data.csv_files import Rows
from helpers.data.headings import column_of
from helpers.data.round_files import read_bytes
from helpers.errors import ReportError

_CSV = {".csv", ".txt", ".tsv"}
_WORKBOOKS = {".xlsx", ".xlsm"}
ENVIRONMENT = "env:"
_REMEDIES = {
    ".xls": "Open it in Excel and save it as an Excel workbook (.xlsx).",
    ".xlsb": "Open it in Excel and save it as an Excel workbook (.xlsx).",
    ".ods": "Open it in LibreOffice and save it as .xlsx or .csv.",
}


@dataclass(frozen=True)
class Table:
    """A register as it stands in its source.

    `rows` has every cell as stripped text (dtype str) under the headings as they stand; its index
    is the row as the source numbers it: the line of a CSV file and the row of a worksheet, where
    the heading row is counted; in Parquet and databases, which have none, the first row is 1.
    """

    rows: pd.DataFrame
    file: str  # a file's name, or a database as "postgresql, table decisions": never where it lies
    sheet: str | None
    sha256: str  # of the file's bytes; for a database of the columns read, as CSV
    notes: tuple[str, ...]  # how it was read, in English; never what a cell holds
    heading_row: int = 0  # 0 where headings stand in no row: in Parquet and databases


def read_table(where: str, table: str = "decisions") -> Table:
    """Read a register from a file's path, a database's URL, or "env:NAME".

    "env:NAME" takes the path or URL from that environment variable, where a password belongs.
    `table` names a database's table or a workbook's sheet; other files have none. Raises
    ReportError or DataError, in words and without any password, for whatever cannot be read.
    """
    place = _place(where)
    if "://" in place:
        return _from_database(place, table)
    path = Path(place)
    suffix = path.suffix.lower()
    if suffix in _CSV:
        data = read_bytes(path)
        rows, notes = csv_files.read_rows(data, path.name)
        return _wrapped(rows, path.name, notes, data)
    if suffix in _WORKBOOKS:
        return _from_workbook(path, table)
    if suffix == ".parquet":
        return _from_parquet(path)
    # What holds an @ may be a database's address gone wrong, with its password in it.
    shown = "The register" if "@" in place else f"The register {path.name!r}"
    remedy = _REMEDIES.get(suffix, "Save it as .csv or .xlsx.")
    raise ReportError(
        f"{shown} is not a file of a kind that can be read: .csv, .xlsx or .parquet; nor a "
        f"database's address, as sqlite:///FILE. {remedy}"
    )


def register_file(where: str) -> Path | None:
    """The file that a register stands in; None for a database."""
    place = _place(where)
    return None if "://" in place else Path(place)


def frame(rows: Rows, file: str) -> pd.DataFrame:
    """Rows, heading first, as a frame of text with the row numbers as its index.

    Missing cells are blank; columns without a heading and wholly blank rows are left out. Raises
    ReportError where a heading stands twice.
    """
    kept = {at: name for at, name in enumerate(rows[0][1]) if name}
    names = list(kept.values())
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ReportError(f"{file}: columns that stand twice: {', '.join(twice)}. Keep one each.")
    numbers, body = [], []
    for number, cells in rows[1:]:
        named = [cells[at] if at < len(cells) else "" for at in kept]
        if any(named):
            numbers.append(number)
            body.append(named)
    return pd.DataFrame(body, pd.Index(numbers, dtype="int64"), names, dtype="str")


def _place(where: str) -> str:
    """The path or URL that is meant."""
    name = where.removeprefix(ENVIRONMENT)
    if name == where:
        return where
    place = os.environ.get(name, "").strip()
    if not place:
        raise ReportError(
            f"The environment variable {name!r} is not set. "
            "Set it to the path of the register or the address of its database."
        )
    return place


# Each library below takes a tenth of a second to import; most registers are CSV.


def _from_workbook(path: Path, table: str) -> Table:
    from helpers.data import workbooks  # noqa: PLC0415

    data = read_bytes(path)
    rows, sheet, notes = workbooks.read_rows(data, path.name, table)
    return _wrapped(rows, path.name, notes, data, sheet)


def _from_parquet(path: Path) -> Table:
    from helpers.data import parquet_files  # noqa: PLC0415

    data = read_bytes(path)
    return _wrapped(parquet_files.read_rows(data, path.name), path.name, [], data)


def _from_database(address: str, table: str) -> Table:
    from helpers.data import databases  # noqa: PLC0415

    rows, file, notes = databases.read_rows(address, table)
    return _wrapped(rows, file, notes)


def _wrapped(
    rows: Rows, file: str, notes: list[str], data: bytes | None = None, sheet: str | None = None
) -> Table:
    text = frame(rows, file)
    hashed = text.to_csv(index=False, lineterminator="\n").encode() if data is None else data
    notes = [*notes, *_left_out(rows, list(text.columns))]
    return Table(text, file, sheet, sha256(hashed).hexdigest(), tuple(notes), rows[0][0])


def _left_out(rows: Rows, names: list[str]) -> list[str]:
    """What of the source is not in the table, or not used of it."""
    number, heading = rows[0]
    unnamed = any(
        cell and (at >= len(heading) or not heading[at])
        for _, cells in rows[1:]
        for at, cell in enumerate(cells)
    )
    unused = [name for name in names if column_of(name) is None]
    return [
        *([f"The headings are in row {number}."] if number > 1 else []),
        *([f"Columns not used: {', '.join(unused)}."] if unused else []),
        *(["Cells in columns without a heading were not used."] if unnamed else []),
    ]
