"""What the processes that run notebooks are started with: what they need of our environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cli.commands import cli
from helpers.system.private_environment import notebook_environment, take_smtp_variables
from helpers.system.remote_addresses import READ_PROTOCOLS

GIVEN = {"FUNDING_REPORT_SMTP_PASSWORD": "hemlig", "FUNDING_REPORT_SMTP_USER": "me", "OTHER": "x"}
KEYS = {"AWS_SECRET_ACCESS_KEY": "hemlig", "PGPASSWORD": "hemlig", "REGISTER": "hemlig"}
# Starts what runs notebooks as `start` does, and prints what each process was started with.
STARTS = """
import os, time
from pathlib import Path
from helpers.notebooks.fork import client, worker_parent

def children():
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if int((place / "stat").read_text().rpartition(")")[2].split()[1]) == os.getpid():
                yield place
        except OSError:
            pass

client.start_fork_server()
worker_parent.start_worker_forkserver()
ours = Path("/proc/self/cmdline").read_bytes()
while any((place / "cmdline").read_bytes() == ours for place in children()):
    time.sleep(0.01)  # it is forked, and not yet another program
for place in children():
    told = (place / "cmdline").read_bytes().replace(b"\\0", b" ").decode().strip()
    print(told, (place / "environ").read_bytes().decode().split("\\0"))
assert os.environ["FUNDING_REPORT_SMTP_PASSWORD"] == "hemlig"  # it is still for us to use
"""


def test_the_variables_of_smtp_are_told_from_all_others() -> None:
    environment = dict(GIVEN)
    taken = take_smtp_variables(environment)
    assert taken == {"FUNDING_REPORT_SMTP_PASSWORD": "hemlig", "FUNDING_REPORT_SMTP_USER": "me"}
    assert environment == {"OTHER": "x"}


SECRETS = {
    "AWS_SECRET_ACCESS_KEY": "a", "AWS_SESSION_TOKEN": "b", "PGPASSWORD": "c", "REGISTER": "d",
    "FUNDING_REPORT_SMTP_PASSWORD": "e", "GITHUB_TOKEN": "f", "JUPYTER_TOKEN": "g",
    "MYSQL_PWD": "h", "HTTPS_PROXY": "http://user:i@proxy", "SSH_AUTH_SOCK": "/j",
    "DATABASE_URL": "k",
}  # fmt: skip
HARMLESS = {
    "PATH": "/bin", "HOME": "/home/x", "LC_ALL": "sv_SE.UTF-8", "TZ": "Europe/Stockholm",
    "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "FUNDING_REPORT_ENGINE": "kernel",
    "SystemRoot": "C:\\Windows",
}  # fmt: skip


def test_a_notebook_gets_what_programs_need_and_nothing_else() -> None:
    assert notebook_environment(SECRETS | HARMLESS) == HARMLESS


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("postgresql+psycopg://host/round", ["PGPASSWORD"]),
        ("s3://bucket/r.csv", ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "HTTPS_PROXY"]),
        ("mysql+pymysql://host/round", ["MYSQL_PWD"]),
        ("https://host/r.csv", ["HTTPS_PROXY"]),
        ("sqlite:///r.db", []),
        ("data/r.csv", []),
    ],
)
def test_what_the_driver_of_an_address_reads_is_kept(address: str, kept: list[str]) -> None:
    assert [*notebook_environment(SECRETS, [address])] == kept


# A variable that the library for a protocol reads.
READ_BY_PROTOCOL = {
    **dict.fromkeys(("s3", "s3a"), "AWS_PROFILE"), **dict.fromkeys(("gs", "gcs"), "GOOGLE_CLOUD"),
    **dict.fromkeys(("az", "abfs", "abfss"), "AZURE_CLIENT_ID"), "smb": "KRB5CCNAME",
    **dict.fromkeys(("sftp", "ssh"), "SSH_AUTH_SOCK"),
    **dict.fromkeys(("http", "https"), "HTTPS_PROXY"),
}  # fmt: skip


def test_each_protocol_of_a_register_that_is_not_on_this_machine_has_its_variables() -> None:
    assert READ_BY_PROTOCOL.keys() == READ_PROTOCOLS - {"file", "local"}
    everything = dict.fromkeys(READ_BY_PROTOCOL.values(), "x")
    assert notebook_environment(everything, ["data/r.csv"]) == {}
    for protocol, variable in READ_BY_PROTOCOL.items():
        kept = notebook_environment(everything, [f"{protocol}://host/r.csv"])
        assert variable in kept, protocol
        assert kept.keys() <= {variable, "HTTPS_PROXY"}, protocol


def test_a_variable_that_is_named_is_kept() -> None:
    environment = {"MINE": "1", "OTHER": "2", "REGISTER": "r"}
    extra = {"FUNDING_REPORT_NOTEBOOK_VARIABLES": "MINE  ABSENT"}
    found = notebook_environment(environment | extra, names=["REGISTER"])
    assert found == {"MINE": "1", "REGISTER": "r"} | extra


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc here")
def test_no_process_that_runs_notebooks_was_started_with_a_password() -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", STARTS],
        env={**os.environ, **GIVEN, **KEYS, "LC_NAME": "x"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    started = done.stdout.splitlines()
    for program in ("helpers.notebooks.fork.server", "forkserver", "resource_tracker"):
        assert len([line for line in started if program in line]) == 1, done.stdout
    assert all("'LC_NAME=x'" in line for line in started)
    assert "hemlig" not in done.stdout
    assert "OTHER" not in done.stdout


def test_verify_runs_notebooks_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDING_REPORT_SMTP_PASSWORD", "hemlig")
    CliRunner().invoke(cli, ["verify", "none"])
    assert "FUNDING_REPORT_SMTP_PASSWORD" not in os.environ
