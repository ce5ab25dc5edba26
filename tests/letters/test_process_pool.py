"""The pool that letters are made in: real processes, some ended while they work or answer."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import suppress
from datetime import date
from multiprocessing import active_children, forkserver
from pathlib import Path
from pickle import PicklingError
from typing import Any

import pytest

from helpers.cli.running.worker_options import executor_factory
from helpers.letters import executors
from helpers.model.parameters import ReportParams
from helpers.notebooks.run_environment import needed_variables

BIG = 64 << 20  # much more than a pipe holds: a process is mostly within its answer
SOON = 60


@pytest.fixture
def pool() -> Iterator[Executor]:
    with executors.local_executor(2, {}) as executor:
        yield executor


def results(futures: list[Future[Any]]) -> list[Any]:
    return [future.result(SOON) for future in futures]


def test_results_and_errors_come_back_and_processes_are_limited(pool: Executor) -> None:
    assert results([pool.submit(divmod, n, 3) for n in (7, 8)]) == [(2, 1), (2, 2)]
    with pytest.raises(ValueError, match="in its own words"):
        pool.submit(int, "in its own words").result(SOON)
    with pytest.raises(FileNotFoundError):  # not to be taken for a pipe that broke
        pool.submit(os.stat, "/nowhere").result(SOON)
    pids = results([pool.submit(os.getpid) for _ in range(20)])
    assert len(set(pids)) <= 2
    assert os.getpid() not in pids


def test_what_cannot_be_pickled_is_an_error_and_the_process_goes_on(pool: Executor) -> None:
    with pytest.raises((PicklingError, AttributeError)):  # by the version of Python
        pool.submit(lambda: None).result(SOON)
    with pytest.raises(TypeError, match="pickle"):
        pool.submit(threading.Lock).result(SOON)
    assert results([pool.submit(abs, -n) for n in (1, 2, 3)]) == [1, 2, 3]


def test_a_lost_process_is_an_error(pool: Executor) -> None:
    with pytest.raises(BrokenExecutor, match="has ended"):
        pool.submit(signal.raise_signal, signal.SIGKILL).result(SOON)


# Each kills at another moment within an answer.
MOMENTS = pytest.mark.parametrize("later", [0, 0.01, 0.02, 0.03, 0.04])


@MOMENTS
def test_a_process_lost_within_its_answer_is_an_error(later: float) -> None:
    with executors.local_executor(1, {}) as executor:
        pid = executor.submit(os.getpid).result(SOON)
        futures = [executor.submit(bytes, BIG) for _ in range(16)]
        wait(futures, SOON, FIRST_COMPLETED)
        time.sleep(later)
        os.kill(pid, signal.SIGKILL)
        done, pending = wait(futures, SOON)
    assert not pending
    assert any(isinstance(future.exception(), BrokenExecutor) for future in done)


@MOMENTS
def test_processes_are_stopped_within_their_answers(later: float) -> None:
    before = set(threading.enumerate())
    with suppress(KeyboardInterrupt), executors.local_executor(2, {}) as executor:
        pids = results([executor.submit(os.getpid) for _ in range(4)])
        futures = [executor.submit(bytes, BIG) for _ in range(64)]
        wait(futures, SOON, FIRST_COMPLETED)
        time.sleep(later)
        raise KeyboardInterrupt
    assert not set(threading.enumerate()) - before
    assert all(future.done() for future in futures)
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_a_stopped_pool_starts_no_process() -> None:
    with executors.local_executor(1, {}) as executor:
        assert executor.submit(abs, -1).result(SOON) == 1
    with pytest.raises(RuntimeError):
        executor.submit(abs, -1)


def kill_forkserver() -> int:
    pid: int = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # multiprocessing asks for its end, too
    return pid


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc here")
def test_a_forkserver_that_is_started_again_has_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """multiprocessing starts it at the next process, in whichever environment that has."""
    monkeypatch.setenv("PGPASSWORD", "hemlig-pg")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hemlig-aws")
    monkeypatch.setenv("LC_NAME", "needed")
    with executors.local_executor(1, needed_variables({})) as executor:
        killed = kill_forkserver()
        assert executor.submit(os.getppid).result(SOON) not in (killed, os.getpid(), 1)
        names = ("LC_NAME", "PGPASSWORD", "AWS_SECRET_ACCESS_KEY")
        seen = results([executor.submit(os.getenv, name) for name in names])
        started_with = executor.submit(Path.read_text, Path("/proc/self/environ")).result(SOON)
    assert seen == ["needed", None, None]
    assert "LC_NAME=needed" in started_with
    assert "hemlig" not in started_with


def test_a_process_whose_forkserver_was_killed_is_stopped_within_a_call() -> None:
    """multiprocessing takes it for ended, and does not kill it."""
    with suppress(KeyboardInterrupt), executors.local_executor(1, {}) as executor:
        pid = executor.submit(os.getpid).result(SOON)
        kill_forkserver()
        call = executor.submit(time.sleep, 600)
        active_children()  # asks for their ends
        raise KeyboardInterrupt
    assert call.done()
    ends_by = time.monotonic() + SOON
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < ends_by
        time.sleep(0.01)


@pytest.mark.parametrize("decisions", ["postgresql://db.example/round", "env:REGISTER"])
def test_a_worker_has_what_the_driver_of_the_register_reads(
    monkeypatch: pytest.MonkeyPatch, decisions: str
) -> None:
    monkeypatch.setenv("PGPASSWORD", "pg")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "aws")
    monkeypatch.setenv("REGISTER", "postgresql://db.example/round")
    params = ReportParams(round="skl-2016", as_of=date(2017, 2, 22), decisions=decisions)
    with executor_factory(1, None, [params])() as executor:
        names = ("PGPASSWORD", "AWS_SECRET_ACCESS_KEY")
        seen = results([executor.submit(os.getenv, name) for name in names])
    assert seen == ["pg", None]
