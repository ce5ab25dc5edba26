"""A PostgreSQL server of the tests' own: started once on a free port, and stopped afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL

from support.required_programs import missing

# What a driver or an address that is not encoded would trip over, and what must never be shown.
USER = "registrator@förbund"
PASSWORD = "p@ss/word:1 %ö"
HOST = "127.0.0.1"

# The password as it is, encoded in two ways, and the parts that a wrong reading falls into.
SECRETS = [
    "p@ss", "ss/word", "word:1", "p%40ss", "p%40", "%2Fword", "word%3A1", "1 %", "registrator",
    "f\u00f6rbund", "f%C3%B6rbund", "127.0.0.1", "localhost", "server.invalid",
]  # fmt: skip

_NAMES = count(1)
_AS_ROOT = getattr(os, "geteuid", lambda: None)() == 0  # Windows has no such thing


class PostgresServer:
    """A running server: a role that may do anything, and as many databases as are asked for."""

    def __init__(self, port: int) -> None:
        self.port = port

    def url(self, database: str = "postgres", user: str = USER, password: str = PASSWORD) -> str:
        """The address of one of its databases, with the password in it."""
        whole = URL.create("postgresql", user, password, HOST, self.port, database)
        # SQLAlchemy leaves spaces as they are; libpq, given the same address, refuses them.
        return whole.render_as_string(hide_password=False).replace(" ", "%20")

    def run(self, statement: sql.Composed) -> None:
        """One statement outside any transaction, as CREATE DATABASE must be run."""
        with psycopg.connect(
            host=HOST,
            port=self.port,
            dbname="postgres",
            user=USER,
            password=PASSWORD,
            autocommit=True,
        ) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server that asks for the password (SCRAM); skipped where PostgreSQL is not installed.

    Under continuous integration (CI=true) that fails instead, so that nothing is passed over.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    data = folder / "data"
    try:
        port = _start(programs, folder, data)
        try:
            yield PostgresServer(port)
        finally:
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address, with the password in it, of a database with nothing in it."""
    name = f"empty_{next(_NAMES)}"
    postgres_server.run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield postgres_server.url(name)
    postgres_server.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _programs() -> Path:
    """The folder of the server's programs: Debian keeps them off the PATH."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(installed, key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    found = [*newest, *([Path(on_path)] if on_path else [])]
    if not found:
        missing("PostgreSQL's server is not installed", "apt-get install postgresql")
    return found[-1].parent


def _start(programs: Path, folder: Path, data: Path) -> int:
    secret = folder / "password"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    if _AS_ROOT:
        for path in (folder, secret):
            shutil.chown(path, "postgres")
    _run(
        [
            programs / "initdb",
            "-D",
            data,
            "--auth=scram-sha-256",
            f"--username={USER}",
            f"--pwfile={secret}",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ],
        folder,
    )
    port = _free_port()
    settings = {
        "port": port,
        "listen_addresses": HOST,
        "unix_socket_directories": "",
        "fsync": "off",
    }
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    log = folder / "log"
    _run([programs / "pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start"], folder)
    return port


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def _run(command: list[object], folder: Path) -> None:
    """Run one of the server's programs, which refuse to be run as root."""
    user = "postgres" if _AS_ROOT else None
    done = subprocess.run(
        [str(word) for word in command],
        user=user,
        group=user,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
