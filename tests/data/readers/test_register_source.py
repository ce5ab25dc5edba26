from __future__ import annotations

import gzip
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from zipfile import ZipFile

import fsspec
import pytest

from helpers.data.readers.table_reader import read_table
from helpers.errors import DataError, ReportError
from helpers.system import remote_addresses
from support.register_files import contents, read

TEXT = b"kod;svar\n0180;ja\n"


@pytest.mark.parametrize("through", ["", "env:REGISTER"])
@pytest.mark.parametrize(
    "text",
    [
        "Server=db.example;Password=Gr0dan",
        "host=db.example password=Gr0dan",
        "UID=me;PWD=Gr0dan;SERVER=tcp://db.example",
        "pAssWord = 'Gr0dan' ; data source = svar.xlsx",
        "jdbc:sqlserver://db;user=sa;password=Gr0dan",
        "sqlite:///svar.db;Password=Gr0dan",
        "scott/Gr0dan@db.csv",
        "me:Gr0dan@db",
        "https://me:Gr0dan@localhost:1/svar.csv?sig=Gr0dan",
        "nosuch://me:Gr0dan@localhost/svar.csv",
    ],
)
def test_no_form_of_a_password_is_quoted(
    text: str, through: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTER", text)
    with pytest.raises(ReportError) as error:
        read_table(through or text)
    assert "Gr0dan" not in str(error.value)
    assert "sig=" not in str(error.value)


def test_a_connection_string_after_env_is_not_quoted_either() -> None:
    with pytest.raises(ReportError, match="name of a variable") as error:
        read_table("env:Server=db;Password=Gr0dan")
    assert "Gr0dan" not in str(error.value)


def test_a_connection_string_is_refused_with_how_to_write_an_address() -> None:
    with pytest.raises(
        ReportError, match=r"connection string of keywords.*postgresql://.*env:NAME"
    ):
        read_table("Server=db;Database=svar")


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A file in memory, which is not allowed but behaves as any that fsspec knows."""
    allowed = {*remote_addresses.READ_PROTOCOLS, "memory"}
    monkeypatch.setattr(remote_addresses, "READ_PROTOCOLS", allowed)
    filesystem = fsspec.filesystem("memory")
    with filesystem.open("/mapp/svar.csv", "wb") as file:
        file.write(TEXT)
    yield "memory://mapp/svar.csv"
    filesystem.rm("/mapp", recursive=True)


def test_a_register_at_an_address_is_read_and_named_without_it(remote: Any) -> None:
    table = read_table(remote)
    assert (contents(table), table.file) == ([["0180", "ja"]], "svar.csv")


@pytest.mark.parametrize("protocol", ["reference", "memory", "dir", "zip", "cached", "github"])
def test_a_protocol_that_leads_elsewhere_is_refused(protocol: str) -> None:
    with pytest.raises(ReportError, match=f"--decisions does not know {protocol}://. Give a path"):
        read_table(f"{protocol}://x/svar.csv")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("s3:/bucket/a.csv", "--decisions s3:/… lacks a slash. Write s3://…"),
        ("HTTPS:me:hemlig@host/a.csv", "--decisions HTTPS:… lacks two slashes. Write https://…"),
        ("memory:/a.csv", "--decisions does not know memory://"),
        ("zip://a.csv::file:///a.zip", "--decisions takes one address, without ::"),
        ("simplecache::https://me:hemlig@host/a.csv", "--decisions takes one address, without ::"),
    ],
)
def test_an_address_that_cannot_be_read_is_named_as_such(address: str, said: str) -> None:
    with pytest.raises(ReportError) as error:
        read_table(address)
    assert str(error.value).startswith(said)
    assert "hemlig" not in str(error.value)


def test_a_file_address_names_no_host() -> None:
    with pytest.raises(ReportError, match="names no host, no user and no password") as failed:
        read_table("file://user:Gr0dan@host/svar.csv")
    assert "Gr0dan" not in str(failed.value)


def test_a_file_that_is_not_at_an_address_is_said_without_the_query(remote: Any) -> None:
    with pytest.raises(ReportError, match=r"^memory://mapp/annan.csv: there is no such file"):
        read_table("memory://mapp/annan.csv?sig=Gr0dan")


class Server(BaseHTTPRequestHandler):
    """Answers as its path says; a query is the key that it asks for."""

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        status = 404 if path != "/svar.csv" else 200 if query == "sig=Gr0dan" else 403
        self.send_response(status)
        self.end_headers()
        self.wfile.write(TEXT if status == 200 else b"no")

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web() -> Any:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_register_on_the_web_is_read_without_naming_its_key(web: Any) -> None:
    table = read_table(f"{web}/svar.csv?sig=Gr0dan")
    assert (contents(table), table.file, table.notes) == ([["0180", "ja"]], "svar.csv", ())


@pytest.mark.parametrize(
    ("path", "why"),
    [("/svar.csv?sig=gammal", "it may not be read"), ("/annan.csv", "there is no such file")],
)
def test_what_the_web_answers_is_said(web: Any, path: str, why: str) -> None:
    with pytest.raises(ReportError, match=why) as error:
        read_table(web + path)
    assert "sig" not in str(error.value)


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(ReportError, match="it cannot be reached"):
        read_table("http://127.0.0.1:1/svar.csv")


def zipped(**files: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_dot_", "."), content)
    return target.getvalue()


def test_a_packed_register_is_read(tmp_path: Path) -> None:
    for name, content in [
        ("svar.csv.gz", gzip.compress(TEXT, mtime=0)),
        ("svar.zip", zipped(**{"mapp/svar.csv": TEXT, "__MACOSX/mapp/._svar.csv": b"\0"})),
    ]:
        table = read(tmp_path / name, content)
        assert contents(table) == [["0180", "ja"]]
        assert (table.file, table.notes) == (name, (f"Unpacked from {name}.",))


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("svar.zip", zipped(a_dot_csv=TEXT, b_dot_csv=TEXT), r"holds 2 files \(a.csv, b.csv\)"),
        ("svar.zip", zipped(), r"holds 0 files \(none\)"),
        ("svar.zip", zipped(a_dot_csv=TEXT)[:-9], "cannot be unpacked: it is damaged"),
        ("svar.csv.gz", gzip.compress(TEXT, mtime=0)[:-9], "cannot be unpacked: it is damaged"),
        ("svar.csv.gz", TEXT, "cannot be unpacked: it is damaged"),
        ("svar.xls", b"\n<!DOCTYPE html><table><tr><td>Kod", r"is a web page \(HTML\)"),
        ("svar.xlsx", b"<?xml version='1.0'?>\n<html><body>", r"is a web page \(HTML\)"),
        ("svar.csv", b"\xef\xbb\xbf<html>", r"is a web page \(HTML\)"),
        ("svar.xls", b'<?xml version="1.0"?><Workbook>', "is an XML or web archive"),
        ("svar.xls", b"MIME-Version: 1.0\n", "is an XML or web archive"),
    ],
)
def test_what_holds_no_register_is_named_with_a_remedy(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    with pytest.raises(DataError, match=what) as error:
        read(tmp_path / name, content)
    assert error.value.problems[0].remedy


def test_a_zip_with_a_password_is_named(tmp_path: Path) -> None:
    # Bit 0 of the flags, at 8 in the file's entry in the directory at the end.
    data = bytearray(zipped(a_dot_csv=TEXT))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ReportError, match="is protected by a password"):
        read(tmp_path / "svar.zip", bytes(data))


def test_a_file_that_unpacks_to_more_than_memory_holds_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(bytes(300_000_001), compresslevel=1)
    with pytest.raises(ReportError, match="unpacks to more than 300 MB"):
        read(tmp_path / "svar.csv.gz", packed)


def test_a_file_without_a_suffix_at_an_address_is_read_by_its_content(remote: Any) -> None:
    filesystem = fsspec.filesystem("memory")
    filesystem.copy("/mapp/svar.csv", "/mapp/export")
    assert contents(read_table("memory://mapp/export")) == [["0180", "ja"]]


def test_text_under_the_name_of_a_workbook_is_read_and_said(tmp_path: Path) -> None:
    table = read(tmp_path / "svar.xls", TEXT)
    assert contents(table) == [["0180", "ja"]]
    assert table.notes == ("Read as text (CSV), though its name ends in .xls.",)
