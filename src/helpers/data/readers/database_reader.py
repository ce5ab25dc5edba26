"""Read a database table as text: only columns that may matter, over a connection that only reads.

A driver's messages are never passed on: they name hosts and users, and quote addresses.
"""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from helpers.data.cells.cell_values import cell_text
from helpers.data.cells.column_headings import (
    COMMON_NAMES,
    KNOWN_COLUMNS,
    ColumnNames,
)
from helpers.data.cells.doubtful_headings import may_change_answers, names_a_day
from helpers.data.cells.read_budget import ReadBudget
from helpers.data.readers.numbered_rows import NumberedRows
from helpers.errors import ReportError, package_missing
from helpers.model.answer_register import AMOUNT_COLUMNS
from helpers.system.redaction import redact

_CONNECT_TIMEOUT_SECONDS = "10"  # a report that runs unattended must not hang on a server
# Drivers that answer at once; others (aiosqlite, asyncpg) need an event loop.
_ALLOWED_DRIVERS = {
    "postgresql": {"", "psycopg", "psycopg2", "pg8000"},
    "postgres": {"", "psycopg", "psycopg2", "pg8000"},
    "sqlite": {"", "pysqlite"},
    "mysql": {"", "mysqldb", "mysqlconnector", "pymysql", "pyodbc"},
    "mariadb": {"", "mariadbconnector", "mysqldb", "mysqlconnector", "pymysql", "pyodbc"},
    "oracle": {"", "cx_oracle", "oracledb"},
    "mssql": {"", "pyodbc", "pymssql"},
}
# Few: the rows fetched are in memory before `_within_budget` can stop a table of huge cells.
_ROWS_FETCHED_AT_A_TIME = 100
_MAX_TABLES_SHOWN = 50
_SYSTEM_SCHEMAS = {"information_schema"}

_DRIVER_OF_BACKEND = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
# The packages to install for modules whose names differ.
_PACKAGE_OF_DRIVER = {
    "MySQLdb": "mysqlclient",
    "psycopg": "funding-report[postgresql]",
    "psycopg2": "psycopg2-binary",
}

_MALFORMED_ADDRESS_MESSAGE = (
    "The database's address cannot be read. Write it as postgresql://USER:PASSWORD@HOST/DATABASE "
    "or sqlite:///FILE, and in a password @ as %40, / as %2F, : as %3A and % as %25."
)
# Parts of drivers' messages, in lower case, and their meaning. The first match counts.
_DRIVER_ERROR_CAUSES = [
    (("password", "authentication", "access denied", "pg_hba"),
     "the server does not accept the user or the password. Check both."),
    (("refused", "resolve", "translate host", "not known", "unreachable", "no route", "timeout",
      "timed out", "can't connect"),
     "the server cannot be reached. Check the host and the port, and that it is running."),
    (("permission denied",), "the user may not read it. Ask for the right to (GRANT SELECT)."),
    (("read-only", "readonly"),
     "reading it would change the database. Name a table or a view that only reads."),
    (("locked",), "another program has locked the database. Try again when it is done."),
    (("not a database",), "the file is not an SQLite database. Check the address."),
    (("does not exist", "unknown database"),
     "the server has no such database. Check the end of the address."),
]  # fmt: skip


def read_database_rows(
    address: str, table: str, columns: ColumnNames = COMMON_NAMES
) -> tuple[NumberedRows, str, list[str]]:
    """Return the rows of a table or view, its name for messages, and the columns that are not read.

    `table` may be `schema.table`. Only the columns that `columns` knows leave the database, in the
    order of KNOWN_COLUMNS, and after them those whose names are about answers, conditions,
    withdrawals, amounts or years. A database has no row order: the rows are sorted by those columns
    and numbered from 1, so that the same rows get the same numbers. Row 0 has the column names.
    Raises ReportError for every failure, without host, user or password.
    """
    url = _parse_address(address)
    label = f"{url.get_backend_name()}, table {table}"
    try:
        names, unused, fetched = _fetch_rows(url, table, label, columns)
    except ReportError:
        raise
    except Exception as error:  # a driver may raise anything, and quote anything
        raise ReportError(f"{label}: {_explain_database_error(error)}") from None
    body = sorted([cell_text(cell) for cell in row] for row in fetched)
    return list(enumerate([names, *body])), label, unused


def _parse_address(address: str) -> sa.URL:
    scheme, separator, rest = address.strip().partition("://")
    try:
        url = sa.make_url(f"{scheme.lower()}{separator}{rest}")
    except Exception:  # a wrong port is a ValueError that quotes the password
        raise ReportError(_MALFORMED_ADDRESS_MESSAGE) from None
    backend, _, driver = url.drivername.partition("+")
    if driver not in _ALLOWED_DRIVERS.get(backend, ()):
        raise ReportError(
            f"{url.drivername!r} is not a kind of database that can be read. Known are "
            f"{', '.join(_ALLOWED_DRIVERS)}; of others, read a copy of the register as CSV."
        )
    if backend == "sqlite":
        return url
    # An @ or / of the password that is not encoded ends it too early.
    if "@" in f"{url.host}{url.database}":
        raise ReportError(_MALFORMED_ADDRESS_MESSAGE)
    url = url.set(drivername=_DRIVER_OF_BACKEND.get(url.drivername, url.drivername))
    waits = url.drivername.endswith(("psycopg", "psycopg2")) and "connect_timeout" not in url.query
    return url.update_query_dict({"connect_timeout": _CONNECT_TIMEOUT_SECONDS}) if waits else url


def _fetch_rows(
    url: sa.URL, table: str, label: str, columns: ColumnNames
) -> tuple[list[str], list[str], list[sa.Row[tuple[object, ...]]]]:
    """Return the names of the columns that are read, of the others, and all rows of the former."""
    engine = _create_engine(url)
    try:
        # Reflection warns of every type it has not heard of; the types are not asked for.
        with warnings.catch_warnings(), engine.connect() as connection:
            warnings.simplefilter("ignore")
            if engine.dialect.name == "postgresql":
                connection.execution_options(postgresql_readonly=True)
            inspector = sa.inspect(connection)
            name, schema = _find_table(inspector, table, label)
            found = [str(column["name"]) for column in inspector.get_columns(name, schema)]
            known = _select_known_columns(found, label, columns)
            known += _select_doubtful_columns(found, known, columns)
            # Columns without types: the driver's values, and no failure on an invalid day.
            source = sa.table(name, *map(sa.column, known), schema=schema)
            connection.execution_options(stream_results=True, yield_per=_ROWS_FETCHED_AT_A_TIME)
            result = connection.execute(sa.select(*source.columns))
            rows = list(_within_budget(result, label))
            return known, [name for name in found if name not in known], rows
    finally:
        engine.dispose()


def _within_budget(
    result: sa.CursorResult[tuple[object, ...]], label: str
) -> Iterator[sa.Row[tuple[object, ...]]]:
    """Yield the rows as they arrive: a view may have any number of them."""
    budget = ReadBudget(label)
    for row in result:
        budget.spend(row)
        yield row


def _create_engine(url: sa.URL) -> sa.Engine:
    try:
        if url.get_backend_name() == "sqlite":
            return _create_sqlite_engine(url)
        return sa.create_engine(url, poolclass=NullPool)
    except ImportError as error:
        package = _PACKAGE_OF_DRIVER.get(error.name or "", error.name or url.get_driver_name())
        raise package_missing(f"A register at {url.drivername}://…", package) from None


def _create_sqlite_engine(url: sa.URL) -> sa.Engine:
    """Create an engine that opens the file for reading only; SQLite would create a missing file."""
    path = Path(url.database or "")
    if not path.is_file():
        raise ReportError(f"There is no database file {redact(path.name)!r}. Check the address.")
    place = f"{path.resolve().as_uri()}?mode=ro"
    return sa.create_engine(
        "sqlite://", poolclass=NullPool, creator=lambda: sqlite3.connect(place, uri=True)
    )


def _find_table(inspector: sa.Inspector, table: str, label: str) -> tuple[str, str | None]:
    """Return the table's name and schema; a name with a dot is tried as a table name first."""
    schema, _, name = table.rpartition(".")
    if inspector.has_table(table):
        return table, None
    if schema and inspector.has_table(name, schema):
        return name, schema
    names = _list_tables(inspector)
    shown = ", ".join(names[:_MAX_TABLES_SHOWN]) or "none that this user may see"
    more = f" and {len(names) - _MAX_TABLES_SHOWN} more" if len(names) > _MAX_TABLES_SHOWN else ""
    raise ReportError(
        f"{label}: there is no such table. The tables are: {shown}{more}. Name one with --table."
    )


def _list_tables(inspector: sa.Inspector) -> list[str]:
    """Return every table and view, with the schema unless it is the default one."""
    return [
        name if schema == inspector.default_schema_name else f"{schema}.{name}"
        for schema in inspector.get_schema_names()
        if schema not in _SYSTEM_SCHEMAS
        for name in (*inspector.get_table_names(schema), *inspector.get_view_names(schema))
    ]


def _select_known_columns(found: list[str], label: str, columns: ColumnNames) -> list[str]:
    known = [*KNOWN_COLUMNS, *AMOUNT_COLUMNS]
    column_order = {
        name: known.index(column) for name in found if (column := columns.column_for(name))
    }
    if not column_order:
        raise ReportError(
            f"{label}: none of its columns is known. They are: {', '.join(found)}. "
            "Name another table with --table, or read a view with the headings of the register."
        )
    return sorted(column_order, key=lambda name: (column_order[name], name))


def _select_doubtful_columns(found: list[str], known: list[str], columns: ColumnNames) -> list[str]:
    """Columns that may change an answer, a pair Ja and Nej, and days where some are missing."""
    there = {columns.column_for(name) for name in known}
    days_missing = not {"decided_on", "received_on"} <= there
    others = sorted(name for name in found if name not in known and not columns.is_ignored(name))
    return [
        name for name in others if may_change_answers(name) or (days_missing and names_a_day(name))
    ]


def _explain_database_error(error: Exception) -> str:
    message = str(getattr(error, "orig", None) or error).lower()
    for signs, cause in _DRIVER_ERROR_CAUSES:
        if any(sign in message for sign in signs):
            return cause
    return f"it could not be read ({type(error).__name__}). Try it in the database's own program."
