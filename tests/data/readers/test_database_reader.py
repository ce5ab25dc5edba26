from __future__ import annotations

import contextlib
import sqlite3
import traceback
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from helpers.data.cells.column_headings import ColumnNames
from helpers.data.readers.database_reader import read_database_rows
from helpers.errors import ReportError
from support.postgres_server import SECRETS, PostgresServer

TABLE = """
CREATE TABLE decisions (phone text, source text, decision text, code text, decided_on date,
                        received_on date);
INSERT INTO decisions VALUES
  ('08-1', 'e-post', 'nej', '1480', '2016-09-15', '2016-09-20'),
  ('08-2', NULL, ' ja ', '0180', '2016-09-16', '2016-09-20'),
  ('08-3', 'brev', 'ja', '0180', '2016-09-15', '2016-09-20');
"""
# In the order of column_headings.KNOWN_COLUMNS, sorted by it, the telephone numbers left where
# they are.
ROWS = [
    (0, ["code", "decided_on", "received_on", "decision", "source"]),
    (1, ["0180", "2016-09-15", "2016-09-20", "ja", "brev"]),
    (2, ["0180", "2016-09-16", "2016-09-20", "ja", ""]),
    (3, ["1480", "2016-09-15", "2016-09-20", "nej", "e-post"]),
]
UNREAD = ["phone"]


def in_postgres(url: str, statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statements)


def sqlite(path: Path, statements: str = TABLE) -> str:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(statements)
    return f"sqlite:///{path}"


def message(address: str, table: str = "decisions", *secrets: str) -> str:
    """What is said of an address that cannot be read; never who, where, or with what password."""
    with pytest.raises(ReportError) as error:
        read_database_rows(address, table)
    said = str(error.value)
    whole = "".join(traceback.format_exception(error.value))
    for secret in secrets:
        assert secret not in said + whole
    return said


def test_sqlite_gives_the_known_columns_sorted_and_numbered_from_one(tmp_path: Path) -> None:
    assert read_database_rows(sqlite(tmp_path / "a.db"), "decisions") == (
        ROWS,
        "sqlite, table decisions",
        UNREAD,
    )


def test_postgresql_gives_the_same(postgres_url: str) -> None:
    in_postgres(postgres_url, TABLE)
    expected = (ROWS, "postgresql, table decisions", UNREAD)
    assert read_database_rows(postgres_url, "decisions") == expected
    scheme, rest = postgres_url.split("://")
    assert scheme == "postgresql"
    for other in ("postgres", "postgresql+psycopg"):
        assert read_database_rows(f" {other}://{rest}\n", "decisions") == expected


def test_row_numbers_do_not_follow_the_order_of_storage(postgres_url: str) -> None:
    in_postgres(postgres_url, TABLE)
    in_postgres(postgres_url, "UPDATE decisions SET phone = '' WHERE code = '0180'")
    in_postgres(postgres_url, "DELETE FROM decisions WHERE code = '1480'")
    again = "VALUES ('', 'e-post', 'nej', '1480', '2016-09-15', '2016-09-20')"
    in_postgres(postgres_url, f"INSERT INTO decisions {again}")
    assert read_database_rows(postgres_url, "decisions")[0] == ROWS


def test_columns_that_are_not_known_never_leave_the_database(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    # A role that may read the known columns only: to ask for another is an error.
    in_postgres(postgres_url, TABLE)
    known = "code, decided_on, received_on, decision, source"
    with only_granted(postgres_server, postgres_url, f"SELECT ({known})") as address:
        assert read_database_rows(address, "decisions")[0] == ROWS


def test_who_may_not_read_is_told_so(postgres_server: PostgresServer, postgres_url: str) -> None:
    in_postgres(postgres_url, TABLE)
    with only_granted(postgres_server, postgres_url, "INSERT") as address:
        assert message(address, "decisions", *SECRETS) == (
            "postgresql, table decisions: the user may not read it. "
            "Ask for the right to (GRANT SELECT)."
        )


@contextlib.contextmanager
def only_granted(server: PostgresServer, url: str, right: str) -> Iterator[str]:
    """The address for a role that has one right to the table."""
    in_postgres(url, "CREATE ROLE reader LOGIN PASSWORD 'x'")
    in_postgres(url, f"GRANT {right} ON decisions TO reader")
    try:
        yield server.url(make_url(url).database or "", "reader", "x")
    finally:
        in_postgres(url, "DROP OWNED BY reader; DROP ROLE reader")


def test_a_table_in_a_schema_and_one_with_a_dot_in_its_name(postgres_url: str) -> None:
    in_postgres(postgres_url, 'CREATE SCHEMA "Kansli"; ' + TABLE)
    in_postgres(postgres_url, 'ALTER TABLE decisions SET SCHEMA "Kansli"')
    rows, file, _ = read_database_rows(postgres_url, "Kansli.decisions")
    assert (rows, file) == (ROWS, "postgresql, table Kansli.decisions")
    in_postgres(postgres_url, 'CREATE TABLE "Kansli.decisions" (code text)')
    assert read_database_rows(postgres_url, "Kansli.decisions")[0] == [(0, ["code"])]


def test_views_are_read_as_tables_are(postgres_url: str, tmp_path: Path) -> None:
    view = 'CREATE VIEW "Svar 2016" AS SELECT code AS "Kommunkod", decision AS "Svar" FROM '
    expected = [(0, ["Kommunkod", "Svar"]), (1, ["0180", "ja"]), (2, ["0180", "ja"])]
    in_postgres(postgres_url, TABLE + view + "decisions")
    in_postgres(postgres_url, "CREATE MATERIALIZED VIEW kept AS SELECT * FROM decisions")
    address = sqlite(tmp_path / "a.db", TABLE + view + "decisions")
    for url in (postgres_url, address):
        assert read_database_rows(url, "Svar 2016")[0] == [*expected, (3, ["1480", "nej"])]
    assert read_database_rows(postgres_url, "kept")[0] == ROWS


@pytest.mark.parametrize("name", ["svar", "x.y", 'a"; DROP TABLE decisions; --', "", ".", "main."])
def test_a_table_that_does_not_exist_lists_those_that_do(
    postgres_url: str, tmp_path: Path, name: str
) -> None:
    others = "CREATE TABLE members (code text); CREATE VIEW lately AS SELECT * FROM members;"
    address = sqlite(tmp_path / "a.db", TABLE + others)
    assert message(address, name) == (
        f"sqlite, table {name}: there is no such table. "
        "The tables are: decisions, members, lately. Name one with --table."
    )
    more = "CREATE SCHEMA kansli; CREATE TABLE kansli.svar (code text);"
    in_postgres(postgres_url, TABLE + others + more)
    said = message(postgres_url, name, *SECRETS)
    listed = said.split("The tables are: ")[1].removesuffix(". Name one with --table.")
    assert set(listed.split(", ")) == {"kansli.svar", "decisions", "members", "lately"}
    assert read_database_rows(postgres_url, "decisions")[0] == ROWS


def test_a_long_list_of_tables_is_cut(tmp_path: Path) -> None:
    tables = "".join(f"CREATE TABLE t{number:02} (code text);" for number in range(53))
    said = message(sqlite(tmp_path / "a.db", tables))
    assert said.endswith("t48, t49 and 3 more. Name one with --table.")


def test_a_database_without_tables_says_so(postgres_url: str) -> None:
    assert "The tables are: none that this user may see." in message(postgres_url)


def test_a_table_without_known_columns_names_those_it_has(tmp_path: Path) -> None:
    address = sqlite(tmp_path / "a.db", "CREATE TABLE decisions (id int, phone text)")
    assert message(address).startswith(
        "sqlite, table decisions: none of its columns is known. They are: id, phone. "
    )


def test_sqlite_that_is_not_there_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "svar.db"
    said = message(f"sqlite:///{path}", "decisions", str(tmp_path))
    assert said == "There is no database file 'svar.db'. Check the address."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:", "sqlite:///."])
def test_sqlite_without_a_file_is_an_error(address: str) -> None:
    assert message(address).startswith("There is no database file")


def test_sqlite_that_is_something_else_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "svar.db"
    path.write_bytes(b"Kommunkod;Svar\n" * 100)
    assert "is not an SQLite database" in message(f"sqlite:///{path}")


def test_sqlite_is_opened_for_reading_only(tmp_path: Path) -> None:
    folder = tmp_path / "å #1%20?"
    folder.mkdir()
    path = folder / "svar.db"
    sqlite(path)
    address = URL.create("sqlite", database=str(path)).render_as_string()
    with contextlib.closing(sqlite3.connect(path)) as other:
        # Who only reads is not in the way of one who has begun to write.
        other.execute("BEGIN IMMEDIATE")
        assert read_database_rows(address, "decisions")[0] == ROWS
    assert [one.name for one in folder.iterdir()] == ["svar.db"]


def test_sqlite_that_another_program_has_locked_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = sqlite(tmp_path / "a.db")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", partial(connect, timeout=0))
    with contextlib.closing(connect(tmp_path / "a.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "another program has locked the database" in message(address)


def test_days_that_do_not_exist_are_text_for_the_register_to_refuse(tmp_path: Path) -> None:
    table = "CREATE TABLE decisions (code int, decision text, decided_on date, received_on real);"
    address = sqlite(
        tmp_path / "a.db", table + "INSERT INTO decisions VALUES (180, 'ja', '2016-02-30', 7.0)"
    )
    assert read_database_rows(address, "decisions")[0][1] == (1, ["180", "2016-02-30", "7", "ja"])


def test_types_that_no_one_has_heard_of_are_no_warning(postgres_url: str) -> None:
    in_postgres(
        postgres_url,
        "CREATE TYPE answer AS ENUM ('ja', 'nej');"
        "CREATE TYPE pair AS (a int, b int);"
        "CREATE TABLE decisions (code char(6), decision answer, note json, other pair);"
        """INSERT INTO decisions VALUES ('0180', 'ja', '{"a": 1}', '(1,2)')""",
    )
    rows, _, unread = read_database_rows(postgres_url, "decisions")
    assert rows[1] == (1, ["0180", "ja", "{'a': 1}"])
    assert unread == ["other"]


def test_postgresql_is_read_in_a_transaction_that_cannot_write(postgres_url: str) -> None:
    in_postgres(
        postgres_url,
        "CREATE TABLE log (at int);"
        "CREATE FUNCTION logged() RETURNS text LANGUAGE sql VOLATILE AS "
        "$$ INSERT INTO log VALUES (1) RETURNING '0180' $$;"
        "CREATE VIEW decisions AS SELECT logged() AS code, 'ja' AS decision;",
    )
    said = message(postgres_url, "decisions", *SECRETS)
    assert "reading it would change the database" in said
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT count(*) FROM log").fetchone() == (0,)


def test_no_connection_is_left_open(postgres_url: str) -> None:
    in_postgres(postgres_url, TABLE)
    read_database_rows(postgres_url, "decisions")
    message(postgres_url, "svar")
    with psycopg.connect(postgres_url) as connection:
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        assert connection.execute(asked).fetchone() == (1,)


def test_a_column_that_may_change_an_answer_is_looked_into(tmp_path: Path) -> None:
    address = sqlite(
        tmp_path / "a.db",
        "CREATE TABLE decisions (code, decision, decided_on, received_on, ändrat_svar, belopp, "
        "svarsdatum, telefon);"
        "INSERT INTO decisions VALUES "
        "('0180', 'ja', '2016-09-15', '2016-09-20', 'nej', 5, '2016-09-20', '08-1')",
    )
    rows, _, unread = read_database_rows(address, "decisions")
    assert rows[0][1] == ["code", "decided_on", "received_on", "decision", "belopp", "ändrat_svar"]
    assert unread == ["svarsdatum", "telefon"]
    ignoring = ColumnNames({"ändrat_svar": "ignore", "Belopp": "ignore"})
    rows, _, unread = read_database_rows(address, "decisions", ignoring)
    assert rows[1][1] == ["0180", "2016-09-15", "2016-09-20", "ja"]
    assert unread == ["ändrat_svar", "belopp", "svarsdatum", "telefon"]


def test_a_pair_of_marks_and_an_only_day_leave_the_database(tmp_path: Path) -> None:
    address = sqlite(
        tmp_path / "a.db",
        "CREATE TABLE decisions (kommunkod, ja, nej, datum);"
        "INSERT INTO decisions VALUES ('0180', 'x', NULL, '2016-09-15')",
    )
    rows, _, unread = read_database_rows(address, "decisions")
    assert rows == [(0, ["kommunkod", "datum", "ja", "nej"]), (1, ["0180", "2016-09-15", "x", ""])]
    assert unread == []
