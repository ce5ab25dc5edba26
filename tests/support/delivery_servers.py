"""Servers to deliver to, each in a process of its own, and a release made by hand to deliver."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from pathlib import Path

import pytest
import trustme

from helpers.releases.storage import file_hashes
from support.smtp_server import PASSWORD, USER

SERVER = Path(__file__).parent / "smtp_server.py"
PDF = b"%PDF-1.7 \xe5\xe4\xf6\r\n.\r\n..\n" * 200  # what a line-minded server could harm


@dataclass(frozen=True)
class MailServer:
    """A running server; `variables` are what a client has to set."""

    folder: Path
    variables: dict[str, str]

    def taken(self) -> list[EmailMessage]:
        """The mails that it took, in order, as a mail program reads them."""
        found = sorted(self.folder.glob("*.eml"), key=lambda path: int(path.stem))
        return [message_from_bytes(p.read_bytes(), policy=default) for p in found]

    def raw(self) -> list[bytes]:
        """The same as they came over the wire."""
        found = sorted(self.folder.glob("*.eml"), key=lambda path: int(path.stem))
        return [path.read_bytes() for path in found]

    def fails(self, **faults: object) -> None:
        """From now on the server has these faults, and no others."""
        (self.folder / "faults.json").write_text(json.dumps(faults), encoding="utf-8")


@contextmanager
def _running(command: list[str], expected: str, **options: object) -> Iterator[str]:
    """A server's process until it is left; yields what `expected` finds in its output."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload]
    try:
        assert process.stdout
        for line in process.stdout:
            if found := re.search(expected, line):
                yield found[1]
                return
        raise AssertionError(f"{command} said nothing of {expected}")
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ca.pem and server.pem, for 127.0.0.1, and other.pem, an authority that signed nothing."""
    folder = tmp_path_factory.mktemp("certificates")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(
        str(folder / "server.pem")
    )
    trustme.CA().cert_pem.write_to_path(str(folder / "other.pem"))
    return folder


@pytest.fixture
def mail_server(tmp_path: Path, certificates: Path) -> Iterator[MailServer]:
    """A server that is asked for TLS (STARTTLS)."""
    with _mail_server(tmp_path / "mailbox", certificates, "starttls") as server:
        yield server


@pytest.fixture
def smtps_server(tmp_path: Path, certificates: Path) -> Iterator[MailServer]:
    """A server that speaks TLS from the start."""
    with _mail_server(tmp_path / "mailbox-smtps", certificates, "smtps") as server:
        yield server


@contextmanager
def _mail_server(folder: Path, certificates: Path, how: str) -> Iterator[MailServer]:
    folder.mkdir()
    command = [sys.executable, str(SERVER), str(folder), str(certificates / "server.pem"), how]
    with _running(command, r"^(\d+)$") as port:
        given = {
            "HOST": "127.0.0.1" if how == "starttls" else "smtps://127.0.0.1", "PORT": port,
            "USER": USER, "PASSWORD": PASSWORD, "FROM": "rapport@förbund.example",
            "CA_FILE": str(certificates / "ca.pem"), "TIMEOUT": "10",
        }  # fmt: skip
        variables = {f"FUNDING_REPORT_SMTP_{name}": value for name, value in given.items()}
        yield MailServer(folder, variables)


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an S3-compatible server (moto's) with nothing in it yet."""
    program = Path(sys.executable).parent / "moto_server"
    quiet = {**os.environ, "PYTHONUNBUFFERED": "1"}
    folder = tmp_path_factory.mktemp("s3")
    with _running(
        [str(program), "-H", "127.0.0.1", "-p", "0"],
        r"http://127\.0\.0\.1:(\d+)",
        stderr=subprocess.STDOUT,
        env=quiet,
        cwd=folder,
    ) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def bucket(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bucket; the environment leads to it as a user's would."""
    urllib.request.urlopen(f"{s3_server}/moto-api/reset", data=b"", timeout=30).close()
    for name, value in s3_environment(s3_server).items():
        monkeypatch.setenv(name, value)
    make = urllib.request.Request(f"{s3_server}/styrelsen", method="PUT")
    urllib.request.urlopen(make, timeout=30).close()
    return "s3://styrelsen/rapporter"


def s3_environment(server: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "AKIDHEMLIG",
        "AWS_SECRET_ACCESS_KEY": "hemlig/nyckel",
        "AWS_DEFAULT_REGION": "eu-north-1",
    }


BRIEFS = {
    "sv": {
        "subject": "Styrelserapport: 2,6\u00a0av\u00a03,4\u00a0mnkr per år är säkrade den "
        "22\u00a0februari\u00a02017 (rekonstruerade svar)",
        "headline": "2,6\u00a0av\u00a03,4\u00a0mnkr per år är säkrade den 22\u00a0februari",
        "lead": "209 av 290 kommuner har sagt ja & <b>44</b> nej.",
        "bounds": "Det är gränser, inte en prognos.",
        "notice": "Rekonstruerade svar: bara summorna är publicerade.",
        "title": "Nationell stödfunktion",
        "dated": "Per den 22\u00a0februari\u00a02017",
        "organiser": "Sveriges Kommuner, Landsting & Öar",
    },
    "en": {
        "subject": "Board report: SEK 2.6 of 3.4 million",
        "headline": "SEK 2.6 of 3.4 million a year is secured",
        "lead": "Of 290 municipalities, 209 have said yes.",
        "bounds": "These are bounds, not a forecast.",
        "notice": "Reconstructed answers: only the totals have been published.",
        "title": "A national support function",
        "dated": "As of 22 February 2017",
        "organiser": "Sveriges Kommuner, Landsting & Öar",
    },
}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return make_release(tmp_path / "reports" / "skl-2016" / "2017-02-22")


def make_release(folder: Path, key: str = "k" * 64) -> Path:
    (folder / "inputs").mkdir(parents=True)
    (folder / "inputs" / "svar ö.csv").write_text("code\n0180\n", encoding="utf-8")
    (folder / "board-report.sv.pdf").write_bytes(PDF)
    (folder / "board-report.en.pdf").write_bytes(b"%PDF-1.7 English")
    (folder / "board-report.sv.html").write_text("<p>Så</p>", encoding="utf-8")
    run = {"schema_version": 1, "key": key, "briefs": BRIEFS, "outputs": file_hashes(folder)}
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    return folder


def state(folder: Path) -> dict[str, str]:
    """Every file below a folder with its hash: to see that nothing has changed."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
