"""What is computed in a thread: its result or its error, with or without a thread."""

from __future__ import annotations

import threading

import pytest

from helpers.system.control.meanwhile import computed_meanwhile


def test_it_is_computed_while_this_thread_goes_on() -> None:
    asked = threading.Event()
    result = computed_meanwhile(lambda: asked.wait(60))  # ends when this thread has gone on
    asked.set()
    assert result() is True


def test_its_error_is_raised_where_the_result_is_asked_for() -> None:
    def fail() -> None:
        raise ValueError("no")

    result = computed_meanwhile(fail)
    with pytest.raises(ValueError, match="no"):
        result()


def test_without_a_thread_it_is_computed_when_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    computed: list[int] = []
    result = computed_meanwhile(lambda: computed.append(1))
    assert computed == []
    result()
    assert computed == [1]
