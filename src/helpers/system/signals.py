"""Who hears what would stop the run, and when; and a file that no stop leaves half-written.

A signal's handler runs between any two steps of the main thread: between making a file and noting
that it has to go, too, and the file would stay.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

_STOP_SIGNAL_NAMES = ("SIGINT", "SIGTERM", "SIGALRM")  # Windows has not all of them
_STOP_SIGNALS = [getattr(signal, name) for name in _STOP_SIGNAL_NAMES if hasattr(signal, name)]


@contextmanager
def uninterrupted() -> Iterator[None]:
    """What is in the context is done whole: a signal that comes meanwhile is heeded at its end.

    For a few steps that cannot hang. Only the main thread is ever interrupted.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    deferred: list[int] = []
    handlers = {number: signal.getsignal(number) for number in _STOP_SIGNALS}
    deferrable = {
        n: handler for n, handler in handlers.items() if handler not in (None, signal.SIG_IGN)
    }
    with ExitStack() as undo:
        undo.callback(_raise_deferred, deferred)
        # Each is put back whatever another one, put back before it, does.
        for number, handler in deferrable.items():
            undo.callback(signal.signal, number, handler)
        for number in deferrable:
            signal.signal(number, lambda number, _: deferred.append(number))
        yield


@contextmanager
def sigint_blocked() -> Iterator[None]:
    """Ctrl-C, which reaches all of a terminal, is heard by us when the context ends.

    A process started in it never hears one, if it calls `leave_to_the_asker` before anything that
    is to be interrupted.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore_sigint() -> None:
    """Ignore Ctrl-C: what to do about it is the business of the process that started us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def exit_on_sigint() -> None:
    """Have Ctrl-C end us without a word, as long as there is nothing to undo; see `heed`."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def raise_on_sigint() -> None:
    """Have Ctrl-C be a KeyboardInterrupt again."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _raise_deferred(deferred: list[int]) -> None:
    for number in dict.fromkeys(deferred):
        signal.raise_signal(number)
