"""The way to the warm process (helpers.publish.warm): start it, have notebooks' processes forked.

One warm process for each process that asks, started at the first need or by `start` ahead of it.
"""

from __future__ import annotations

import atexit
import os
import pickle
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from helpers.errors import ReportError
from helpers.publish.warm import FORK, KILL, WARM_UP

# What keeps the warm process to one thread, as forking needs. OpenBLAS and Arrow's allocator start
# threads when they are loaded, and read these then.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}
_INLINE = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}


def can_fork() -> bool:
    """Whether this system can fork and hand an open file to another process."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


@dataclass(frozen=True)
class Child:
    """A notebook's own process, and the pipe to it."""

    pid: int
    channel: Connection


class Nursery:
    """A warm process and the talk with it; one thread of ours at a time."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._lock = threading.Lock()
        ours, theirs = socket.socketpair()
        self._socket = ours
        with theirs:
            number = theirs.fileno()
            self._process = subprocess.Popen(  # noqa: S603 ourselves
                [sys.executable, "-P", "-m", "helpers.publish.warm", str(number)],
                pass_fds=[number], stdin=subprocess.DEVNULL,
                env=_INLINE | dict(os.environ) | _ONE_THREAD,
            )  # fmt: skip

    def alive(self) -> bool:
        """Whether the warm process is there, and ours: a fork of the asker starts its own."""
        return self.owner == os.getpid() and self._process.poll() is None

    def warm_up(self, function: Callable[..., None], *arguments: Any) -> None:
        """Have a function of a module called in the warm process, here and with our environment.

        Raises ReportError with the text of whatever it raised.
        """
        packed = pickle.dumps((function, arguments, str(Path.cwd()), dict(os.environ)))
        with self._lock:
            self._socket.sendall(WARM_UP + len(packed).to_bytes(8, "big") + packed)
            answer = self._exactly(int.from_bytes(self._exactly(8), "big"))
        if answer:
            raise ReportError(answer.decode())

    def fork(self) -> Child | None:
        """A child to run a notebook in; None where the warm process has come to more threads."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            socket.send_fds(self._socket, [FORK], [theirs.fileno()])
            pid = self._number()
        if pid == 0:
            ours.close()
            return None
        channel = Connection(ours.detach())
        channel.send({"cwd": str(Path.cwd()), "environment": dict(os.environ)})
        return Child(pid, channel)

    def end(self, child: Child, *, kill: bool) -> int:
        """Let a child end by itself, which gives 0, or make an end of it and all that it started.

        A killed one gives its exit code, negative for a signal; one that was over already its own.
        """
        child.channel.close()
        if not kill:
            return 0
        with self._lock:
            self._socket.sendall(KILL + child.pid.to_bytes(8, "big"))
            return self._number()

    def close(self) -> None:
        """End the warm process, and with it every child."""
        self._socket.close()
        if self.owner == os.getpid():
            self._process.wait()

    def _number(self) -> int:
        return int.from_bytes(self._exactly(8), "big", signed=True)

    def _exactly(self, size: int) -> bytes:
        read = bytearray()
        while len(read) < size:
            part = self._socket.recv(size - len(read))
            if not part:
                raise ReportError(
                    "The process that runs notebooks has ended. Run the command again, "
                    "or with FUNDING_REPORT_ENGINE=kernel."
                )
            read += part
        return bytes(read)


_started: list[Nursery] = []


def start() -> Nursery:
    """The warm process of this one; it takes a second to be ready, and is worth starting early."""
    if not (_started and _started[0].alive()):
        _started[:] = [Nursery()]
        atexit.register(_started[0].close)
    return _started[0]
