"""Read a register from a file of any kind or a database as one table of text."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from helpers.data.cells.column_headings import ColumnNames, find_answer_pair
from helpers.data.readers.columnar.csv_columns import read_csv_columns
from helpers.data.readers.columnar.table_columns import TableColumns
from helpers.data.readers.file_kinds import KNOWN_SUFFIXES, FileKind, file_kind, suffix_of, unpack
from helpers.data.readers.register_source import (
    file_name,
    is_file_source,
    read_source,
    resolve_source,
    shown_source,
)
from helpers.data.readers.text_decoding import refuse_garbled_headings
from helpers.data.readers.workbooks.workbook_rows import WorkbookRows
from helpers.errors import Problem, ReportError
from helpers.model.answer_register import SourceTable
from helpers.model.settings.register_settings import ALL_SHEETS, RegisterSettings
from helpers.system.control.large_allocations import free_large_arrays_at_once

DEFAULT_TABLE = "decisions"  # the default name of a database table


def read_table(
    where: str, table: str = DEFAULT_TABLE, settings: RegisterSettings | None = None
) -> SourceTable:
    """Read a register from a file's path or address, a database URL, or "env:NAME".

    "env:NAME" takes the path or URL from that environment variable, which is the place for a
    password. `table` names a database table or a workbook's sheet; other files have none.
    `settings` is [register] of the round; a `table` that is passed takes precedence over its sheet.
    A file is read by its content, whatever its extension. Raises ReportError or DataError, without
    any password, if it cannot be read.
    """
    stated = settings or RegisterSettings()
    columns = ColumnNames.of(stated)
    if table == DEFAULT_TABLE and stated.sheet:
        table = stated.sheet
    elif table != DEFAULT_TABLE:  # the command line comes before round.toml
        stated = stated.model_copy(update={"sheets": None})
    path_or_url = resolve_source(where)
    if not is_file_source(path_or_url):
        return _read_database(path_or_url, table, columns)
    name = file_name(path_or_url)
    if suffix_of(name) not in KNOWN_SUFFIXES and "://" not in path_or_url:
        raise ReportError(
            f"{shown_source(path_or_url)} is not a file of a kind that can be read: .csv, .xlsx, "
            ".xls, .xlsb, .ods or .parquet, packed as .gz or .zip or not; nor a database's "
            "address, as sqlite:///FILE. Save it as .csv or .xlsx."
        )
    data = read_source(path_or_url)
    content, inner, unpacked = unpack(data, name)
    kind, notes = file_kind(content, inner)
    read, sheet, more, remarks, sheets = _read_columns(kind, content, name, (table, stated))
    heading_row = read.heading_row
    refuse_garbled_headings(read.headings, heading_row, name, sheet)
    text = read.frame(name, may_repeat=partial(_is_unread, columns))
    notes = [*unpacked, *notes, *more, *read.omissions()]
    table_read = SourceTable(
        text, name, sheet, sha256(data).hexdigest(), tuple(notes), heading_row, tuple(remarks)
    )
    are_stated = stated.sheets is not None or table == ALL_SHEETS
    return replace(table_read, sheets=sheets, sheets_stated=are_stated)


def register_path(where: str) -> Path | None:
    """Return the path of a register that is a file; None for an address and a database."""
    path_or_url = resolve_source(where)
    return None if "://" in path_or_url else Path(path_or_url)


# Each library below takes a tenth of a second to import; most registers are CSV.


def _read_columns(
    kind: FileKind, data: bytes, name: str, table_and_settings: tuple[str, RegisterSettings]
) -> tuple[TableColumns, str | None, list[str], list[Problem], tuple[str, ...]]:
    """Return the columns, the sheet, notes on reading, remarks, and sheets read as one table."""
    free_large_arrays_at_once()
    table, settings = table_and_settings
    if kind == "parquet":
        from helpers.data.readers.columnar import parquet_columns  # noqa: PLC0415

        return parquet_columns.read_parquet_columns(data, name), None, [], [], ()
    if kind in ("workbook", "other workbook"):
        found = _read_workbook(kind, data, name, table, settings)
        return TableColumns.of_rows(found.rows), *found[1:]
    read, notes = read_csv_columns(data, name, settings)
    return read, None, notes, [], ()


def _read_workbook(
    kind: FileKind, data: bytes, name: str, table: str, settings: RegisterSettings
) -> WorkbookRows:
    if kind == "workbook":
        from helpers.data.readers.workbooks import excel_reader  # noqa: PLC0415

        return excel_reader.read_workbook_rows(data, name, table, settings)
    from helpers.data.readers.workbooks import calamine_reader  # noqa: PLC0415

    return calamine_reader.read_other_workbook_rows(data, name, table, settings)


def _read_database(address: str, table: str, columns: ColumnNames) -> SourceTable:
    from helpers.data.readers import database_reader  # noqa: PLC0415

    rows, label, unread = database_reader.read_database_rows(address, table, columns)
    read = TableColumns.of_rows(rows)
    text = read.frame(label)
    # Hash only known columns: a register gets the same hash whatever others its source has.
    known = [heading for heading in text.columns if columns.column_for(heading)]
    hashed = text[known].to_csv(index=False, lineterminator="\n").encode()
    notes = tuple(read.omissions())
    digest = sha256(hashed).hexdigest()
    return SourceTable(text, label, None, digest, notes, read.heading_row, unread=tuple(unread))


def _is_unread(columns: ColumnNames, heading: str) -> bool:
    """Return whether a column is not read, not even as one of the pair Ja and Nej."""
    pairs = ([heading, "nej"], ["ja", heading])
    return columns.column_for(heading) is None and not any(map(find_answer_pair, pairs))
