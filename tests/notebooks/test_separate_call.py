"""A function in a separate process: its result, its errors, and its end at a stop."""

from __future__ import annotations

import json
import operator
import os
import time
from contextlib import suppress

import pytest

from helpers.data.round.round_config import round_folder
from helpers.errors import ReportError
from helpers.notebooks.fork.client import ENGINE_VARIABLE
from helpers.notebooks.fork.separate_call import called_apart

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


def test_any_other_error_is_named() -> None:
    with (
        called_apart(json.loads, "{") as result,
        pytest.raises(ReportError, match="JSONDecodeError: Expecting property name"),
    ):
        result()


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
