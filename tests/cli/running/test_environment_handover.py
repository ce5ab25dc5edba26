"""A command that starts again without its secrets, and takes them when it has forked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc here")

# Prints of each start: its process, its arguments, and which secrets the system shows of it.
PROGRAM = """\
import json, os, sys
from pathlib import Path
from helpers.cli.running.environment_handover import handed_over, start_again, take_environment

descriptor = handed_over()
if descriptor is None:
    start_again({"PATH": os.environ["PATH"]})
shown = Path("/proc/self/environ").read_bytes()
before = dict(os.environ)
if descriptor is not None:
    take_environment(descriptor)
print(json.dumps([descriptor, os.getpid(), sys.argv, b"hemlig" in shown, before, dict(os.environ)]))
"""


def started(*arguments: str, **environment: str) -> tuple[int, list[Any]]:
    """Run the program with this environment; its process id and what it prints."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", PROGRAM, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    out, _ = process.communicate(timeout=60)
    return process.pid, json.loads(out)


def test_the_system_shows_no_secret_and_the_command_has_its_environment() -> None:
    given = {"PATH": os.environ["PATH"], "PGPASSWORD": "hemlig åäö", "EMPTY": "", "LINES": "a\nb"}
    process, (descriptor, own, arguments, shown, before, after) = started("x", "--y=1", **given)
    assert own == process  # what waits for the command waits for this one
    assert arguments == ["-c", "x", "--y=1"]
    assert shown is False
    assert before.pop("FUNDING_REPORT_HANDED_OVER") == str(descriptor)
    assert {*before} <= {"PATH", "LC_CTYPE"}  # Python sets the second where no language is set
    assert {**after, "LC_CTYPE": ""} == {**given, "LC_CTYPE": ""}


def test_an_environment_too_large_for_a_pipe_stays() -> None:
    given = {"PATH": os.environ["PATH"], **{f"LONG{n}": "hemlig" * 1000 for n in range(20)}}
    _, (descriptor, _, _, shown, before, after) = started(**given)
    assert (descriptor, shown) == (None, True)
    assert {**after, "LC_CTYPE": ""} == {**before, "LC_CTYPE": ""} == {**given, "LC_CTYPE": ""}
