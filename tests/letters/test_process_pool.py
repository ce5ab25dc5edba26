"""The pool that letters are made in: real processes, some ended while they work or answer."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import suppress
from pathlib import Path
from pickle import PicklingError
from typing import Any

import pytest

from helpers.letters import executors

BIG = 64 << 20  # much more than a pipe holds: a process is mostly within its answer
SOON = 60


@pytest.fixture
def pool() -> Iterator[Executor]:
    with executors.local_executor(2) as executor:
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
    with executors.local_executor(1) as executor:
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
    with suppress(KeyboardInterrupt), executors.local_executor(2) as executor:
        pids = results([executor.submit(os.getpid) for _ in range(4)])
        futures = [executor.submit(bytes, BIG) for _ in range(64)]
        wait(futures, SOON, FIRST_COMPLETED)
        time.sleep(later)
        raise KeyboardInterrupt
    assert not set(threading.enumerate()) - before
    assert all(future.done() for future in futures)
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_a_stopped_pool_starts_no_process() -> None:
    with executors.local_executor(1) as executor:
        assert executor.submit(abs, -1).result(SOON) == 1
    with pytest.raises(RuntimeError):
        executor.submit(abs, -1)
