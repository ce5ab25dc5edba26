"""Defers, ignores and restores the signals that stop a run.

A signal's handler runs between any two steps of the main thread. Between the creation of a file and
the registration of its removal, it would leave the file behind.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

_STOP_SIGNAL_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGALRM")  # Windows has not all of them
_STOP_SIGNALS = [getattr(signal, name) for name in _STOP_SIGNAL_NAMES if hasattr(signal, name)]


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Defer the signals that stop a run to the end of the context.

    For a few steps that cannot hang. Python runs signal handlers in the main thread only.
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
        # All handlers are restored, even if a restored one raises.
        for number, handler in deferrable.items():
            undo.callback(signal.signal, number, handler)
        for number in deferrable:
            signal.signal(number, lambda number, _: deferred.append(number))
        yield


@contextmanager
def sigint_blocked() -> Iterator[None]:
    """Block Ctrl-C until the context ends; a terminal sends it to all of its processes.

    A process that is started in the context inherits the block, and never gets a Ctrl-C if it calls
    `ignore_sigint` first.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore_sigint() -> None:
    """Ignore Ctrl-C: the parent process handles it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def ignore_stop_signals() -> None:
    """Ignore Ctrl-C, SIGTERM and SIGHUP: the parent process handles them, and ends this one.

    systemd sends SIGTERM to every process of a service, and a closed terminal sends SIGHUP.
    """
    ignore_sigint()
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def exit_on_sigint() -> None:
    """Let Ctrl-C end the process without a message, while there is nothing to clean up."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def raise_on_sigint() -> None:
    """Let Ctrl-C raise KeyboardInterrupt again, after `exit_on_sigint`."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _raise_deferred(deferred: list[int]) -> None:
    for number in dict.fromkeys(deferred):
        signal.raise_signal(number)
