"""What a signal finds done or not begun, and a lock whose file is gone meanwhile."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any

import pytest

from helpers.errors import LockedError, TerminatedError
from helpers.releases import storage
from helpers.releases.storage import working_folder
from helpers.system.file_lock import locked
from helpers.system.signals import uninterrupted
from helpers.system.time_limit import time_limited


def sent_after(number: int, made: Callable[..., Any]) -> Callable[..., Any]:
    """What makes something, and is sent a signal before it can hand it over."""

    def makes(*given: Any, **named: Any) -> Any:
        there = made(*given, **named)
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
    [(storage, "mkdtemp", working_folder), (fcntl, "flock", locked)],
)
def test_stopped_right_after_something_was_made_it_is_gone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    making: str,
    context: Callable[..., Any],
) -> None:
    monkeypatch.setattr(module, making, sent_after(signal.SIGTERM, getattr(module, making)))
    with pytest.raises(TerminatedError), time_limited(60), context(tmp_path / "made"):
        raise AssertionError
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    with context(tmp_path / "made"):  # a lock: nobody holds it any longer
        pass


def test_a_lock_that_its_holder_removes_meanwhile_is_taken_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another run ends between our opening its file and our looking whether it is still there.
    path = tmp_path / ".a.lock"
    looks: list[int] = []

    def looked_at_too_late(number: int) -> os.stat_result:
        if not looks:
            path.unlink()
        looks.append(number)
        return os.stat(number)

    monkeypatch.setattr(os, "fstat", looked_at_too_late)
    with locked(path):
        assert path.exists()
        assert len(looks) == 2
        monkeypatch.undo()
        with pytest.raises(LockedError, match=r"Another run is making a\."), locked(path):
            raise AssertionError
