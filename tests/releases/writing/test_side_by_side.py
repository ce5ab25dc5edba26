"""A part of a run beside the rest: its result, its errors, and its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from helpers.notebooks.engine_choice import ENGINE_VARIABLE
from support.leftover_processes import nobody_left
from support.waiting import wait_until

START = """\
import os, pathlib, sys, time
from helpers.errors import MismatchError, ReportError
from helpers.notebooks.fork import client
from helpers.releases.writing.side_by_side import run_beside

def waits_for(name):
    while not pathlib.Path(name).exists():
        time.sleep(0.01)
    return os.getpid()
"""


def run(script: str, folder: Path, **environment: str) -> list[str]:
    """What a script prints, which must not fail."""
    done = subprocess.run(
        [sys.executable, "-c", START + script],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split()


IMPORTED_WITHOUT_THREADS = """\
from helpers.system.private_environment import without_library_threads
with without_library_threads():
    import numpy
"""

# The part waits for a file that this process writes after the part has begun.
BESIDE = """\
with run_beside(lambda: waits_for("written")) as result:
    pathlib.Path("written").touch()
    print(result() == os.getpid())
"""


def test_the_part_is_done_in_another_process_meanwhile(tmp_path: Path) -> None:
    assert run(BESIDE, tmp_path) == ["False"]


def test_where_nothing_can_be_forked_it_is_done_here(tmp_path: Path) -> None:
    assert run(BESIDE, tmp_path, **{ENGINE_VARIABLE: "kernel"}) == ["True"]


def test_with_a_thread_that_is_not_pythons_it_is_done_here(tmp_path: Path) -> None:
    script = "import numpy\nnumpy.ones((500, 500)) @ numpy.ones((500, 500))\n" + BESIDE
    threads = {"OPENBLAS_NUM_THREADS": "2"}
    assert run(script, tmp_path, **threads) == ["True"]
    assert run(f"{IMPORTED_WITHOUT_THREADS}{script}", tmp_path) == ["False"]


def test_its_error_is_raised_here(tmp_path: Path) -> None:
    script = """\
def fails():
    raise MismatchError("it differs")

try:
    with run_beside(fails) as result:
        result()
except ReportError as error:
    print(str(error).replace(" ", "_"), error.exit_code)
"""
    assert run(script, tmp_path) == ["it_differs", "4"]


def test_two_parts_run_notebooks_of_their_own_at_once(tmp_path: Path) -> None:
    script = """\
def forks():
    server = client.start_fork_server()
    child = server.fork_child({"module": "os", "name": "getcwd", "arguments": []})
    found = child.channel.recv_bytes().decode()
    server.end_child(child, kill=True)
    return found

with run_beside(forks) as first, run_beside(forks) as second:
    print(forks() == first() == second())
"""
    assert run(script, tmp_path) == ["True"]


ENDLESS = 'with run_beside(lambda: waits_for("never")) as result:\n'


def test_it_ends_with_the_context(tmp_path: Path) -> None:
    assert run(f'{ENDLESS}    print("left")\n', tmp_path) == ["left"]
    assert nobody_left(tmp_path)


def test_it_ends_if_this_process_is_killed(tmp_path: Path) -> None:
    script = f'{START}{ENDLESS}    pathlib.Path("begun").touch()\n    result()\n'
    with subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path) as process:
        assert wait_until((tmp_path / "begun").exists)
        process.send_signal(signal.SIGKILL)
    assert nobody_left(tmp_path)
