"""What the processes that run notebooks are started with: all of our environment but SMTP's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cli.commands import cli
from helpers.system.private_environment import take_smtp_variables, without_smtp_variables

GIVEN = {"FUNDING_REPORT_SMTP_PASSWORD": "hemlig", "FUNDING_REPORT_SMTP_USER": "me", "OTHER": "x"}
# Starts what runs notebooks as `start` does, and prints what each process was started with.
STARTS = """
import os, time
from pathlib import Path
from helpers.letters import executors
from helpers.notebooks.fork import client

def children():
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if int((place / "stat").read_text().rpartition(")")[2].split()[1]) == os.getpid():
                yield place
        except OSError:
            pass

client.start_fork_server()
executors.start_worker_forkserver()
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
    assert without_smtp_variables(environment) == {"OTHER": "x"}
    assert environment == GIVEN
    taken = take_smtp_variables(environment)
    assert taken == {"FUNDING_REPORT_SMTP_PASSWORD": "hemlig", "FUNDING_REPORT_SMTP_USER": "me"}
    assert environment == {"OTHER": "x"}


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc here")
def test_no_process_that_runs_notebooks_was_started_with_a_password() -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", STARTS],
        env={**os.environ, **GIVEN},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    started = done.stdout.splitlines()
    for program in ("helpers.notebooks.fork.server", "forkserver", "resource_tracker"):
        assert len([line for line in started if program in line]) == 1, done.stdout
    assert all("'OTHER=x'" in line for line in started)
    assert "SMTP" not in done.stdout


def test_verify_runs_notebooks_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDING_REPORT_SMTP_PASSWORD", "hemlig")
    CliRunner().invoke(cli, ["verify", "none"])
    assert "FUNDING_REPORT_SMTP_PASSWORD" not in os.environ
