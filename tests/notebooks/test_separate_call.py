"""A function in a separate process: its result, its errors, and its end at a stop."""

from __future__ import annotations

import errno
import json
import operator
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from helpers.data.round.round_config import round_folder
from helpers.errors import ReportError, SeparateProcessError, code_position
from helpers.notebooks.engine_choice import ENGINE_VARIABLE
from helpers.notebooks.fork import client
from helpers.notebooks.fork.client import start_fork_server
from helpers.notebooks.fork.separate_call import called_apart
from support.waiting import wait_until

# How the process starts: a child of the fork server, of the workers' parent, or a new Python.
WAYS = ["fork", "workers", "kernel"]


@pytest.fixture(params=WAYS)
def from_workers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setenv(ENGINE_VARIABLE, request.param if request.param == "kernel" else "fork")
    return bool(request.param == "workers")


def test_the_result_comes_from_another_process(from_workers: bool) -> None:
    with called_apart(os.getpid, from_workers=from_workers) as result:
        assert result() not in (0, os.getpid())
    with called_apart(operator.add, 2, 3, from_workers=from_workers) as result:
        assert result() == 5


def test_its_message_is_raised_here(from_workers: bool) -> None:
    with (
        called_apart(round_folder, "no-such-round", from_workers=from_workers) as result,
        pytest.raises(ReportError, match="There is no round named 'no-such-round'"),
    ):
        result()


def test_a_refusal_of_the_system_stays_one(from_workers: bool, tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.csv")
    with (
        called_apart(os.listdir, missing, from_workers=from_workers) as result,
        pytest.raises(FileNotFoundError) as refused,
    ):
        result()
    assert (refused.value.errno, refused.value.filename) == (errno.ENOENT, missing)


def test_memory_that_is_used_up_stays_a_memory_error() -> None:
    with (
        called_apart(operator.mul, [0], 2**62) as result,
        pytest.raises(MemoryError),
    ):
        result()


def test_a_defect_stays_a_defect_with_its_own_traceback(from_workers: bool) -> None:
    with (
        called_apart(json.loads, "{", from_workers=from_workers) as result,
        pytest.raises(SeparateProcessError, match="JSONDecodeError: Expecting property") as defect,
    ):
        result()
    assert not isinstance(defect.value, ReportError)
    assert "Traceback (most recent call last)" in str(defect.value)
    assert re.fullmatch(r"JSONDecodeError at decoder\.py:\d+", code_position(defect.value))


def test_a_result_that_is_not_json_is_a_defect() -> None:
    with (
        called_apart(re.compile, "x") as result,
        pytest.raises(SeparateProcessError, match="not JSON serializable"),
    ):
        result()


def test_a_server_that_has_been_killed_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    server = start_fork_server()
    before = children_of(server._pid)
    with called_apart(time.sleep, 600) as result:
        [child] = children_of(server._pid) - before
        for pid in (server._pid, child):  # as the system does when memory is short
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(ReportError, match="ended too early"):
            result()
    assert wait_until(lambda: not server.is_alive(), 60)
    with called_apart(operator.add, 2, 3) as result:  # a new server
        assert result() == 5
    # Killed after it was found alive.
    monkeypatch.setattr(client, "start_fork_server", lambda: server)
    with pytest.raises(ReportError, match="ended too early"), called_apart(operator.add, 2, 3):
        pytest.fail("there is no process")


def test_the_error_of_the_run_is_not_hidden_by_a_server_that_has_been_killed() -> None:
    server = start_fork_server()

    def fail() -> None:
        os.kill(server._pid, signal.SIGKILL)
        assert wait_until(lambda: not server.is_alive(), 60)
        raise ReportError("the notebook stopped")

    with (
        pytest.raises(ReportError, match="the notebook stopped"),
        called_apart(operator.add, 2, 3),
    ):
        fail()


def children_of(parent: int) -> set[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return {int(pid) for pid in found.split()}


def test_a_process_that_ends_early_is_an_error(from_workers: bool) -> None:
    with (
        called_apart(os._exit, 9, from_workers=from_workers) as result,
        pytest.raises(ReportError, match="ended too early"),
    ):
        result()


def test_a_stop_ends_it_long_before_it_is_done(from_workers: bool) -> None:
    """The process sleeps for ten minutes, far beyond the limit of the test."""
    before = time.monotonic()
    with suppress(KeyboardInterrupt), called_apart(time.sleep, 600, from_workers=from_workers):
        raise KeyboardInterrupt
    assert time.monotonic() - before < 120


def test_the_fork_server_still_serves_after_a_call_that_had_ended() -> None:
    for number in range(3):
        with called_apart(os._exit, 9) as broken:
            with called_apart(operator.add, number, 1) as result:
                assert result() == number + 1
            with pytest.raises(ReportError):
                broken()


def test_the_parent_of_workers_is_started_as_for_letters() -> None:
    # With more threads than one, its workers could not fork, and every letter took a new kernel.
    code = (
        "import os\n"
        "from helpers.notebooks.fork.separate_call import called_apart\n"
        "with called_apart(os.getenv, 'OPENBLAS_NUM_THREADS', from_workers=True) as result:\n"
        "    print(result())\n"
    )
    environment = {name: os.environ[name] for name in os.environ if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"


def test_an_error_in_the_fork_server_keeps_its_kind() -> None:
    server = start_fork_server()
    with pytest.raises(ReportError, match=r"^There is no round named 'no-such-round'"):
        server.preload(round_folder, "no-such-round")
    with pytest.raises(SeparateProcessError, match="JSONDecodeError: Expecting property"):
        server.preload(json.loads, "{")
