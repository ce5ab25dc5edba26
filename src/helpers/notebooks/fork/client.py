"""The client of the fork server (helpers.notebooks.fork.server): start it, have it fork children.

A process has one fork server, started at the first need or ahead of it by `start_fork_server`.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from helpers.errors import ReportError
from helpers.notebooks.fork import server
from helpers.notebooks.fork.server import FORK_REQUEST, KILL_REQUEST, PRELOAD_REQUEST
from helpers.system.private_environment import without_smtp_variables
from helpers.system.signals import sigint_blocked

# What keeps the warm process to one thread, as forking needs. OpenBLAS and Arrow's allocator start
# threads when they are loaded, and read these then.
_ONE_THREAD_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
_INLINE_BACKEND_ENVIRONMENT = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}

ENGINE_VARIABLE = "FUNDING_REPORT_ENGINE"  # "kernel" asks for a fresh kernel each time


def can_fork() -> bool:
    """Whether this system can fork and hand an open file to another process."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


def uses_fork() -> bool:
    """Whether notebooks are run in children of a warm process, not in fresh kernels."""
    return can_fork() and os.environ.get(ENGINE_VARIABLE) != "kernel"


@dataclass(frozen=True)
class ChildProcess:
    """A notebook's own process, and the pipe to it."""

    pid: int
    channel: Connection


class ForkServerClient:
    """A warm process and the talk with it; one thread of ours at a time."""

    def __init__(self, *, forked: bool = False) -> None:
        self.owner = os.getpid()
        self._lock = threading.Lock()
        ours, theirs = socket.socketpair()
        self._socket, self._used = ours, False
        with theirs:
            self._pid = self._fork(theirs) if forked else self._spawn(theirs)

    @staticmethod
    def _spawn(theirs: socket.socket) -> int:
        number = theirs.fileno()
        with sigint_blocked():
            process = subprocess.Popen(  # noqa: S603 ourselves
                [sys.executable, "-P", "-m", "helpers.notebooks.fork.server", str(number)],
                pass_fds=[number],
                stdin=subprocess.DEVNULL,
                env=server_environment(),
            )
        process.returncode = 0  # we see it off ourselves
        return process.pid

    def _fork(self, theirs: socket.socket) -> int:
        pid = os.fork()
        if pid == 0:
            try:
                self._socket.close()
                server.serve_requests(theirs)
            finally:
                os._exit(0)
        return pid

    def alive(self) -> bool:
        """Whether the warm process is there, and ours: a fork of the asker starts its own."""
        if self.owner != os.getpid():
            return False
        try:
            return os.waitpid(self._pid, os.WNOHANG)[0] == 0
        except ChildProcessError:
            return False

    def warm_up(self, function: Callable[..., None], *arguments: Any) -> None:
        """Have a function of a module called in the warm process, here and with our environment.

        Raises ReportError with the text of whatever it raised.
        """
        packed = pickle.dumps((function, arguments, str(Path.cwd()), dict(os.environ)))
        with self._lock:
            self._send(PRELOAD_REQUEST + len(packed).to_bytes(8, "big") + packed)
            answer = self._exactly(int.from_bytes(self._exactly(8), "big"))
        if answer:
            raise ReportError(answer.decode())

    def fork(self) -> ChildProcess | None:
        """A child to run a notebook in; None where the warm process has come to more threads."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            self._used = True
            self._send(FORK_REQUEST, theirs.fileno())
            pid = self._number()
        if pid == 0:
            ours.close()
            return None
        channel = Connection(ours.detach())
        channel.send({"cwd": str(Path.cwd()), "environment": dict(os.environ)})
        return ChildProcess(pid, channel)

    def end(self, child: ChildProcess, *, kill: bool) -> int:
        """Let a child end by itself, which gives 0, or make an end of it and all that it started.

        A killed one gives its exit code, negative for a signal; one that was over already its own.
        """
        child.channel.close()
        if not kill:
            return 0
        with self._lock:
            self._send(KILL_REQUEST + child.pid.to_bytes(8, "big"))
            return self._number()

    def close(self) -> None:
        """End the warm process, and with it every child."""
        self._socket.close()
        if self.owner == os.getpid():
            if not self._used:  # it may not even have got ready, and there is nothing to see off
                with suppress(ProcessLookupError):
                    os.kill(self._pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self._pid, 0)

    def _send(self, order: bytes, *descriptors: int) -> None:
        try:
            if descriptors:
                socket.send_fds(self._socket, [order], descriptors)
            else:
                self._socket.sendall(order)
        except OSError:
            raise RuntimeError("the warm process has ended") from None

    def _number(self) -> int:
        return int.from_bytes(self._exactly(8), "big", signed=True)

    def _exactly(self, size: int) -> bytes:
        read = bytearray()
        while len(read) < size:
            try:
                part = self._socket.recv(size - len(read))
            except OSError:  # reset, where it died with something of ours unread
                part = b""
            if not part:
                raise RuntimeError("the warm process has ended")
            read += part
        return bytes(read)


def server_environment() -> dict[str, str]:
    """Our environment as the warm process needs it when it starts.

    What a process is started with can be read as long as it runs, whatever it removes from it.
    """
    return (
        _INLINE_BACKEND_ENVIRONMENT | without_smtp_variables(os.environ) | _ONE_THREAD_ENVIRONMENT
    )


_running_client: list[ForkServerClient] = []


def start_fork_server(*, forked: bool = False) -> ForkServerClient:
    """The warm process of this one; it takes a second to be ready, and is worth starting early.

    `forked` forks it from this process as it is, at once: for one that has only imported modules,
    under `surroundings`, and run nothing. With more threads than one it is started anew even so.
    """
    if not (_running_client and _running_client[0].alive()):
        _running_client[:] = [ForkServerClient(forked=forked and server.count_threads() == 1)]
        atexit.register(_running_client[0].close)
    return _running_client[0]
