"""Do a part of a run in a copy of this process, while this process does another.

The copy is forked: it has what this process has loaded, its environment and its log. Papermill and
Typst's compiler are not for two threads of one process.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

from helpers.notebooks.engine_choice import uses_fork
from helpers.notebooks.fork import client
from helpers.notebooks.fork.child_failure import describe_failure
from helpers.notebooks.fork.separate_call import received_result
from helpers.notebooks.fork.server import count_threads
from helpers.system.control.signals import ignore_stop_signals, uninterrupted


@contextmanager
def run_beside(part: Callable[[], Any]) -> Iterator[Callable[[], Any]]:
    """Begin a part of a run in a copy of this process; the context's value waits for its result.

    The result is a JSON value, or raises what the part raised, as `rebuilt_failure` does. The copy
    ends with the context, and if this process ends. Where no copy can be made safely, the part is
    done when its result is asked for.
    """
    server = client.start_fork_server().copy() if _can_copy() else None
    if server is None:
        yield part
        return
    with ExitStack() as undo:
        with uninterrupted():  # a stop between the fork and its undoing would leave two runs
            channel = _start_copy(part, server, undo)
        yield part if channel is None else partial(received_result, channel)


def _start_copy(
    part: Callable[[], Any], server: socket.socket, undo: ExitStack
) -> Connection | None:
    """Fork the copy, which `undo` ends; None if the system refuses a process."""
    folder = undo.enter_context(TemporaryDirectory())  # for what a copy that is killed leaves
    own_end, other_end = Pipe(duplex=False)
    undo.callback(own_end.close)
    ended, kept = os.pipe()  # the copy can read from it when this process has ended
    undo.callback(os.close, kept)
    pid = _fork_if_possible()
    if pid == 0:
        os.close(kept)
        tempfile.tempdir = folder
        _run_copy(part, other_end, ended, server)
    if pid is not None:
        undo.callback(_kill, pid)
    other_end.close()
    os.close(ended)
    server.close()
    return own_end if pid is not None else None


def _fork_if_possible() -> int | None:
    with suppress(OSError):  # the system refuses a process
        return os.fork()
    return None


def _can_copy() -> bool:
    """Whether all threads of this process are Python's own; a library's could hang the copy."""
    if not Path("/proc/self/task").exists():  # a library's threads are counted on Linux alone
        return False
    return uses_fork() and count_threads() == threading.active_count()


def _run_copy(
    part: Callable[[], Any], channel: Connection, ended: int, server: socket.socket
) -> NoReturn:
    code = 1
    try:
        os.setsid()  # a process group: Typst's process is killed with it
        ignore_stop_signals()
        threading.Thread(target=_end_with_parent, args=[ended], daemon=True).start()
        client.use_fork_server(_CopiedServer(server))
        try:
            answer = {"result": part()}
        except Exception as error:
            answer = {"failure": describe_failure(error)}
        channel.send_bytes(json.dumps(answer).encode())
        sys.stderr.flush()
        code = 0
    finally:
        os._exit(code)


def _end_with_parent(ended: int) -> None:
    os.read(ended, 1)
    os.killpg(0, signal.SIGKILL)


def _kill(pid: int) -> None:
    for kill in (os.kill, os.killpg):  # it may not have called setsid yet
        with suppress(OSError):
            kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


class _CopiedServer(client.ForkServerClient):
    """A copy of the fork server, used by a copy of the process that has the fork server."""

    def __init__(self, own_end: socket.socket) -> None:
        self.owner = os.getpid()
        self._lock = threading.Lock()
        self._socket, self._used = own_end, True

    def is_alive(self) -> bool:
        """Whether this process uses it; the copy ends with this process."""
        return self.owner == os.getpid()

    def close(self) -> None:
        """Let the copy end."""
        self.let_go()
