"""What a signal finds done or not begun, and a lock whose file is gone meanwhile."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from filelock import FileLock

from helpers.errors import LockedError, ReportError, TerminatedError
from helpers.releases import storage
from helpers.releases.storage import working_folder
from helpers.system.control.file_lock import locked, remove_unheld_locks
from helpers.system.control.signals import uninterrupted
from helpers.system.control.time_limit import time_limited


def sent_after(number: int, made: Callable[..., Any]) -> Callable[..., Any]:
    """What makes something, and is sent a signal before it can hand it over."""

    def makes(*positional: Any, **named: Any) -> Any:
        there = made(*positional, **named)
        os.kill(os.getpid(), number)
        return there

    return makes


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Ctrl-C as at a terminal: where the tests run in the background it may be ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_signal_waits_for_the_end_of_what_is_done_whole() -> None:
    steps = []

    def work() -> None:
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            steps.append("done")
        steps.append("never")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert steps == ["done"]


def test_afterwards_a_signal_does_what_it_did_before() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_of_two_signals_the_second_is_not_forgotten_for_the_first() -> None:
    heard = []

    def work() -> None:
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGINT)

    before = signal.signal(signal.SIGTERM, lambda *_: heard.append("SIGTERM"))
    try:
        with pytest.raises(KeyboardInterrupt):
            work()
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == ["SIGTERM"]


def test_in_another_thread_nothing_is_put_off() -> None:
    # There Python would refuse to change what a signal does.
    done = []

    def work() -> None:
        with uninterrupted():
            done.append(True)

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


@pytest.mark.parametrize(
    ("module", "making", "context"),
    [(storage, "mkdtemp", working_folder), (FileLock, "acquire", locked)],
)
def test_stopped_right_after_something_was_made_it_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any, making: str, context: Any
) -> None:
    monkeypatch.setattr(module, making, sent_after(signal.SIGTERM, getattr(module, making)))
    with pytest.raises(TerminatedError), time_limited(60), context(tmp_path / "made"):
        raise AssertionError
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    with context(tmp_path / "made"):  # a lock: nobody holds it any longer
        pass


def test_a_lock_that_its_holder_removes_meanwhile_is_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another run ends between our opening its file and our locking it.
    path = tmp_path / ".a.lock"
    attempts: list[int] = []

    def flock_too_late(descriptor: int, operation: int) -> None:
        if not attempts:
            path.unlink()
        attempts.append(descriptor)
        flock(descriptor, operation)

    flock = fcntl.flock
    monkeypatch.setattr(fcntl, "flock", flock_too_late)
    with locked(path):
        assert path.exists()
        assert len(attempts) == 2
        monkeypatch.undo()
        with pytest.raises(LockedError, match=r"Another run is making a\."), locked(path):
            raise AssertionError


def test_where_the_file_system_keeps_no_locks_nothing_runs_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    refused = pytest.raises(ReportError, match=r"keeps no locks: No locks available\. Choose")
    with refused, locked(tmp_path / ".a.lock"):
        raise AssertionError


def test_the_file_stays_where_asked_and_locks_nothing(tmp_path: Path) -> None:
    path = tmp_path / ".a.lock"
    with locked(path, keep_file=lambda: True):
        pass
    assert path.exists()
    with locked(path):
        pass
    assert not path.exists()


def test_only_locks_that_nobody_holds_are_removed(tmp_path: Path) -> None:
    for name in (".left.lock", ".other"):
        (tmp_path / name).touch()
    with locked(tmp_path / ".held.lock"):
        remove_unheld_locks(tmp_path, "*.lock")
        assert {path.name for path in tmp_path.iterdir()} == {".held.lock", ".other"}
        with pytest.raises(LockedError), locked(tmp_path / ".held.lock"):
            raise AssertionError


def test_a_lock_taken_while_its_file_is_removed_is_held_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The leftover is opened by another run, and removed before that run locks it.
    path = tmp_path / ".left.lock"
    path.touch()
    attempts: list[int] = []

    def flock_after_removal(descriptor: int, operation: int) -> None:
        if not attempts:
            attempts.append(descriptor)
            remove_unheld_locks(tmp_path, "*.lock")
            assert not path.exists()
        flock(descriptor, operation)

    flock = fcntl.flock
    monkeypatch.setattr(fcntl, "flock", flock_after_removal)
    with locked(path):
        monkeypatch.undo()
        with pytest.raises(LockedError), locked(path):
            raise AssertionError
