from __future__ import annotations

import socket
import sys
import traceback

import pytest
from sqlalchemy import URL

from helpers.data.readers.database_reader import read_database_rows
from helpers.errors import ReportError
from support.postgres_server import HOST, PASSWORD, SECRETS, USER, PostgresServer


def message(address: str, *secrets: str) -> str:
    """What is said of an address that cannot be read; never who, where, or with what password."""
    with pytest.raises(ReportError) as error:
        read_database_rows(address, "decisions")
    said = str(error.value)
    whole = "".join(traceback.format_exception(error.value))
    for secret in (*SECRETS, *secrets):
        assert secret not in said + whole
    return said


def closed_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


@pytest.mark.parametrize("driver", ["postgresql", "postgres", "postgresql+psycopg"])
@pytest.mark.parametrize("host", [HOST, "localhost", "server.invalid"])
def test_a_server_that_is_not_there_gives_nothing_away(driver: str, host: str) -> None:
    url = URL.create(driver, USER, PASSWORD, host, closed_port(), "svar")
    said = message(url.render_as_string(hide_password=False))
    assert said == (
        "postgresql, table decisions: the server cannot be reached. "
        "Check the host and the port, and that it is running."
    )


def test_a_wrong_password_gives_nothing_away(postgres_server: PostgresServer) -> None:
    address = postgres_server.url(password=PASSWORD + "x")
    said = message(address)
    assert "does not accept the user or the password" in said
    assert "does not accept" in message(postgres_server.url(user="ingen"), "ingen")


def test_a_database_that_is_not_there_is_said(postgres_server: PostgresServer) -> None:
    said = message(postgres_server.url("hemlig"), "hemlig")
    assert "the server has no such database" in said


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://registrator:p@ss/word:1@server.invalid/svar",
        "postgresql://registrator:p@ss@server.invalid/svar",
        "postgresql://registrator:p%40ss@server.invalid:word:1/svar",
        "postgresql://registrator:p%40ss@server.invalid:ss/word:1/svar",
        "postgresql ://registrator:p%40ss@server.invalid/svar",
        "://registrator:p%40ss@server.invalid/svar",
        "postgresql-psycopg://registrator:p%40ss@server.invalid/svar",
    ],
)
def test_an_address_gone_wrong_gives_nothing_away(address: str) -> None:
    said = message(address)
    assert said.startswith("The database's address cannot be read. Write it as postgresql://")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://registrator:p%40ss@127.0.0.1/svar?sslmode=word:1",
        "postgresql://registrator:p%40ss@127.0.0.1/svar?hemlig=word:1",
        "postgresql://registrator@/svar?host=server.invalid&password=p%40ss",
        "postgresql+asyncpg://registrator:p%40ss@127.0.0.1/svar",
        "postgresql://registrator:p%40ss@[server.invalid/svar",
        "postgresql://registrator:p%40ss@server.invalid:99999/svar",
        "sqlite+pysqlcipher://:p%40ss@/svar.db?kdf_iter=word:1",
    ],
)
def test_settings_that_a_driver_refuses_give_nothing_away(address: str) -> None:
    assert message(address, "hemlig=")


_UNKNOWN_KINDS = [
    *("oraklet", "file", "https", "postgresql+hemlig"),
    *("sqlite+aiosqlite", "postgresql+asyncpg"),  # known to SQLAlchemy, and not read from a loop
]


@pytest.mark.parametrize("kind", _UNKNOWN_KINDS)
def test_a_kind_of_database_that_is_not_known_says_which_are(kind: str) -> None:
    said = message(f"{kind}://registrator:p%40ss@server.invalid/svar")
    assert said.startswith(f"'{kind}' is not a kind of database that can be read. Known are p")


@pytest.mark.parametrize(
    ("kind", "module", "package"),
    [
        ("postgresql", "psycopg", "funding-report[postgresql]"),
        ("postgresql+psycopg2", "psycopg2", "psycopg2-binary"),
        ("mysql", "MySQLdb", "mysqlclient"),
        ("mysql+pymysql", "pymysql", "pymysql"),
    ],
)
def test_a_driver_that_is_not_installed_is_named(
    kind: str, module: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    said = message(f"{kind}://registrator:p%40ss@127.0.0.1/svar")
    command = f'{sys.executable} -m pip install "{package}"'
    assert said.endswith(f" needs a package that is not installed. Install it with: {command}")


def test_a_kind_of_database_may_be_in_capitals() -> None:
    assert message("SQLite:///nowhere.db").startswith("There is no database file 'nowhere.db'.")
