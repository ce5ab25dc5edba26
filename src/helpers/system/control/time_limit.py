"""Stops a run cleanly by its time limit, by SIGTERM, by SIGHUP or by Ctrl-C.

All of them interrupt the main thread as Ctrl-C does, so that every open context cleans up.
"""

from __future__ import annotations

import _thread
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

from helpers.errors import (
    EXIT_NOTEBOOK,
    HungUpError,
    ReportError,
    StoppedByUserError,
    TerminatedError,
    TimeLimitError,
)

GRACE_SECONDS = 20.0  # seconds to clean up, before a run that hangs is killed
_RERUN_ADVICE = "Run it again: what is missing is then made."
_HAS_ITIMER = hasattr(signal, "setitimer")


@contextmanager
def time_limited(seconds: float, *, publishes: bool = True) -> Iterator[None]:
    """Run the context for at most `seconds`, from the main thread.

    `publishes` is false for a command that makes nothing: the messages then do not speak of it.
    Raises TimeLimitError, TerminatedError, HungUpError or StoppedByUserError when it is stopped. A
    second signal has no further effect.
    """
    reasons: list[ReportError] = []
    forced_exit = threading.Timer(seconds + GRACE_SECONDS, os._exit, [EXIT_NOTEBOOK])
    forced_exit.daemon = True
    with (
        _call_after(seconds, _stop_handler(reasons, _time_limit_error(seconds, publishes))),
        _handle_stop_signals(reasons, _RERUN_ADVICE if publishes else "Run it again."),
    ):
        forced_exit.start()
        try:
            yield
        except (KeyboardInterrupt, StoppedByUserError) as stop:
            error = stop if isinstance(stop, StoppedByUserError) else StoppedByUserError("Stopped.")
            raise (reasons[0] if reasons else error) from None
        finally:
            forced_exit.cancel()


def _time_limit_error(seconds: float, publishes: bool) -> TimeLimitError:
    stopped = f"Stopped: the run took more than {seconds:g} seconds, its --time-limit."
    if not publishes:
        return TimeLimitError(f"{stopped} Run it again with a higher limit.")
    return TimeLimitError(
        f"{stopped} Nothing was published. Run it again with a higher limit; --log-json shows "
        "how long each step takes."
    )


def _stop_handler(reasons: list[ReportError], error: ReportError) -> Callable[..., None]:
    """A handler that records the reason and interrupts the run, once."""

    def stop(_number: int = 0, _frame: FrameType | None = None) -> None:
        if not reasons:
            reasons.append(error)
            raise KeyboardInterrupt

    return stop


@contextmanager
def _call_after(seconds: float, stop: Callable[..., None]) -> Iterator[None]:
    """Call `stop` in the main thread when the time is up."""
    if not _HAS_ITIMER:  # Windows
        with _call_after_in_thread(seconds, stop):
            yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _call_after_in_thread(seconds: float, stop: Callable[..., None]) -> Iterator[None]:
    def interrupt() -> None:
        try:
            stop()
        except KeyboardInterrupt:  # would end this thread: pass it to the main thread
            _thread.interrupt_main()

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the context as Ctrl-C does: TerminatedError or HungUpError."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reasons: list[ReportError] = []
    with _handle_stop_signals(reasons, "Run it again."):
        try:
            yield
        except KeyboardInterrupt:
            if reasons:
                raise reasons[0] from None
            raise


@contextmanager
def _handle_stop_signals(reasons: list[ReportError], remedy: str) -> Iterator[None]:
    """Interrupt the run on SIGTERM, and on SIGHUP unless it is ignored, as `nohup` does."""
    errors: dict[str, ReportError] = {
        "SIGTERM": TerminatedError(f"Stopped by SIGTERM. {remedy}"),
        "SIGHUP": HungUpError(f"Stopped by SIGHUP: its terminal was closed. {remedy}"),
    }
    with ExitStack() as undo:
        for name, error in errors.items():
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            if number is None or signal.getsignal(number) is signal.SIG_IGN:
                continue
            undo.callback(signal.signal, number, signal.getsignal(number))
            signal.signal(number, _stop_handler(reasons, error))
        yield
