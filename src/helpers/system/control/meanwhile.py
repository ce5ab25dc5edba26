"""Compute something in a thread, while this one waits for another process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


def computed_meanwhile(function: Callable[[], Result]) -> Callable[[], Result]:
    """Begin a computation in a thread; what is returned waits for its result, or its error.

    A stop does not wait for it, so it may change nothing that the stop removes. Where the system
    starts no thread, it is computed when its result is asked for.
    """
    future: Future[Result] = Future()
    thread = threading.Thread(target=_compute, args=(function, future), daemon=True)
    try:
        thread.start()
    except RuntimeError:  # the system starts no more threads
        return function
    return future.result


def _compute(function: Callable[[], Result], future: Future[Result]) -> None:
    try:
        future.set_result(function())
    except BaseException as error:
        future.set_exception(error)
