"""The client of the fork server (helpers.notebooks.fork.server): start it, have it fork children.

A process has one fork server, started when it is first needed or earlier by `start_fork_server`.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from helpers.errors import ExhaustedError
from helpers.notebooks.fork import server
from helpers.notebooks.fork.child_failure import ForkServerEndedError, rebuilt_failure
from helpers.system.control.signals import sigint_blocked
from helpers.system.private_environment import server_environment

MAX_NOTEBOOKS = 32  # run by one child: it copies a little more memory with each


@dataclass
class ChildProcess:
    """A notebook's process, and the pipe to it, which carries JSON (see cell_runner)."""

    pid: int
    channel: Connection
    settings: dict[str, Any]  # its folder, environment and call
    notebooks: int = 0  # that it has run


class ForkServerClient:
    """A fork server and the socket to it; one thread of this process uses it at a time."""

    _kept: ChildProcess | None = None  # for the next notebook

    def __init__(self, *, forked: bool = False, closes: Sequence[int] = ()) -> None:
        self.owner = os.getpid()
        self._lock = threading.Lock()
        self._socket, server_end = socket.socketpair()
        self._used = False
        with server_end, sigint_blocked():  # until the server ignores it
            start = partial(self._fork_server, closes=closes) if forked else self._spawn_server
            self._pid = start(server_end)

    @staticmethod
    def _spawn_server(server_end: socket.socket) -> int:
        descriptor = server_end.fileno()
        process = subprocess.Popen(  # noqa: S603 this package
            [sys.executable, "-P", "-m", "helpers.notebooks.fork.server", str(descriptor)],
            pass_fds=[descriptor],
            env=server_environment(),
        )
        process.returncode = 0  # `close` waits for it; Popen would warn that it still runs
        return process.pid

    def _fork_server(self, server_end: socket.socket, closes: Sequence[int]) -> int:
        pid = os.fork()
        if pid == 0:
            try:
                self._socket.close()
                for descriptor in closes:
                    os.close(descriptor)
                server.serve_requests(server_end)
            finally:
                os._exit(0)
        return pid

    def is_alive(self) -> bool:
        """Whether the fork server runs and belongs to this process; a fork needs another one."""
        if self.owner != os.getpid():
            return False
        try:
            return os.waitpid(self._pid, os.WNOHANG)[0] == 0
        except ChildProcessError:
            return False

    def preload(self, function: Callable[..., object], *arguments: Any) -> None:
        """Call a module's function in the fork server, with this folder and environment.

        Raises what the function raised, as `rebuilt_failure` does.
        """
        if kept := self.take_kept_child():  # it has not what is loaded now
            self.end_child(kept, kill=False)
        # Pickled, because this process sends it; nothing that the server's children send is.
        pickled = pickle.dumps((function, arguments, str(Path.cwd()), dict(os.environ)))
        with self._lock:
            self._send(server.PRELOAD_REQUEST + len(pickled).to_bytes(8, "big") + pickled)
            answer = self._receive_exactly(int.from_bytes(self._receive_exactly(8), "big"))
        if answer:
            raise rebuilt_failure(json.loads(answer))

    def fork_child(self, call: Mapping[str, Any] | None = None) -> ChildProcess | None:
        """Fork a child to run a notebook in, or for a call (see separate_call).

        None if the fork server has several threads. Raises ExhaustedError if the system refuses a
        process.
        """
        own_end, pid = self._request_fork(server.FORK_REQUEST)
        channel = Connection(own_end.detach())  # closes itself if the server has ended
        if pid <= 0:
            channel.close()
        if pid == 0:
            return None
        if pid < 0:
            raise ExhaustedError(
                f"The system refused a process for a notebook: {os.strerror(-pid)}. Raise its "
                "limits (`ulimit -u`), or end other programs, and run the command again."
            )
        channel.send_bytes(json.dumps(settings := _current_settings(call)).encode())
        return ChildProcess(pid, channel, settings)

    def keep_child(self, child: ChildProcess) -> None:
        """Keep a child that has run a notebook for `take_kept_child`, or end it: one is kept."""
        child.notebooks += 1
        if self._kept is None and child.notebooks < MAX_NOTEBOOKS:
            self._kept = child
        else:
            self.end_child(child, kill=False)

    def take_kept_child(self) -> ChildProcess | None:
        """Return the kept child, if it has this process's folder and environment."""
        child, self._kept = self._kept, None
        if child is not None and child.settings != _current_settings():
            self.end_child(child, kill=False)
            return None
        return child

    def copy(self) -> socket.socket | None:
        """Have the fork server copy itself, for another client.

        None if it has several threads, or the system refuses a process. The copy ends when all ends
        of the socket are closed, and the server that is copied then.
        """
        own_end, pid = self._request_fork(server.COPY_REQUEST)
        if pid <= 0:
            own_end.close()
            return None
        return own_end

    def _request_fork(self, request: bytes) -> tuple[socket.socket, int]:
        """Have the server fork; return a socket to the new process, and what it answers."""
        own_end, other_end = socket.socketpair()
        with ExitStack() as undo, self._lock, other_end:
            undo.callback(own_end.close)
            self._used = True
            self._send(request, other_end.fileno())
            pid = int.from_bytes(self._receive_exactly(8), "big", signed=True)
            undo.pop_all()
        return own_end, pid

    def end_child(self, child: ChildProcess, *, kill: bool) -> int:
        """Let a child exit, which returns 0, or kill it and all processes that it started.

        Returns the exit code of a killed child, negative for a signal. A child that exited earlier
        keeps its own exit code.
        """
        child.channel.close()
        if not kill:
            return 0
        with self._lock:
            self._send(server.KILL_REQUEST + child.pid.to_bytes(8, "big"))
            return int.from_bytes(self._receive_exactly(8), "big", signed=True)

    def close(self) -> None:
        """End the fork server and with it every child."""
        self._socket.close()
        if self.owner == os.getpid():
            if not self._used:  # it may still be importing, and has no child to end
                with suppress(ProcessLookupError):
                    os.kill(self._pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self._pid, 0)

    def let_go(self) -> None:
        """Close this process's end of the socket."""
        self._socket.close()

    def _send(self, request: bytes, *descriptors: int) -> None:
        try:
            if descriptors:
                socket.send_fds(self._socket, [request], descriptors)
            else:
                self._socket.sendall(request)
        except OSError:
            raise ForkServerEndedError from None

    def _receive_exactly(self, size: int) -> bytes:
        received = bytearray()
        while len(received) < size:
            try:
                part = self._socket.recv(size - len(received))
            except OSError:  # the connection is reset if the server ends with a request unread
                part = b""
            if not part:
                raise ForkServerEndedError
            received += part
        return bytes(received)


def _current_settings(call: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"cwd": str(Path.cwd()), "environment": dict(os.environ), "call": call}


_running_client: list[ForkServerClient] = []


def use_fork_server(server: ForkServerClient) -> None:
    """Use a fork server in this process, which was forked from a process that has another."""
    for inherited in _running_client:
        inherited.let_go()
    _running_client[:] = [server]


def start_fork_server(*, forked: bool = False, closes: Sequence[int] = ()) -> ForkServerClient:
    """Return this process's fork server, started if necessary; it is ready after a second.

    `forked` forks it from this process instead of starting Python; it closes the descriptors
    `closes`. This is for a process that has only imported modules, under `server_environment`, and
    has run nothing. A process with several threads starts Python in any case.
    """
    if not (_running_client and _running_client[0].is_alive()):
        forked = forked and server.count_threads() == 1
        _running_client[:] = [ForkServerClient(forked=forked, closes=closes)]
        atexit.register(_running_client[0].close)
    return _running_client[0]
