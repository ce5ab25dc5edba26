"""The fork server: notebooks' processes are forked from it, with all imports done.

It runs no notebooks itself and has one thread. helpers.notebooks.fork.client starts it as `python
-m helpers.notebooks.fork.server FD`; it ends with the process that started it.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

from helpers.notebooks.fork.child_failure import describe_failure
from helpers.system.control.signals import ignore_stop_signals

# What the command `board` needs, too, and imports before it forks its fork server. Papermill and
# IPython's kernel both need the last.
SHARED_MODULES = (
    "helpers.system.control.import_stubs",
    "helpers.report.report_data",
    "helpers.releases.recompute",
    "jupyter_client.asynchronous.client",
)
# What a report needs. Not pyplot: it would choose the backend in this process, for all children.
# IPython's shell imports the last two only when it runs its first cell.
PRELOADED_MODULES = (
    *SHARED_MODULES,
    "helpers.notebooks.fork.short_docstrings",
    "helpers.report.letter_report",
    "helpers.report.board_report",
    "helpers.notebooks.fork.cell_runner",
    "matplotlib.backends.backend_svg",
    "IPython.core.logger",
    "bdb",
)

FORK_REQUEST, KILL_REQUEST, PRELOAD_REQUEST, COPY_REQUEST = b"f", b"k", b"w", b"c"


def main() -> None:
    """Serve the socket whose descriptor is the first argument, until the client closes it."""
    with socket.socket(fileno=int(sys.argv[1])) as client:
        serve_requests(client)


def serve_requests(client: socket.socket) -> None:
    """Answer the client's requests; kill all children when it closes the socket or dies."""
    ignore_stop_signals()  # the client ends this process, which then ends its children
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)  # a notebook reads nothing from a terminal
    os.close(nothing)
    import_libraries()
    from helpers.notebooks.fork.notebook_kernel import prepared_kernel  # noqa: PLC0415 after import_stubs

    prepared_kernel()
    import_module("helpers.sections.charts.style").draw_first_chart()
    read_catalogue()
    gc.freeze()  # a collection in a child would copy the memory that it shares
    _answer_requests(client)


def import_libraries(names: Sequence[str] = PRELOADED_MODULES) -> None:
    """Import what a report needs, for this process and all that are forked from it."""
    gc.disable()  # importing creates many objects and no garbage: collecting would take long
    for name in names:
        import_module(name)
    gc.freeze()
    gc.enable()


def read_catalogue() -> None:
    """Read the catalogue that every run looks into, for all that are forked from here."""
    import_module("helpers.i18n.localizer").Localizer("en")


def _answer_requests(client: socket.socket) -> None:
    children: set[int] = set()
    copies: set[int] = set()
    with suppress(EOFError, ConnectionError):  # the client died, perhaps within a request
        while request := _receive_request(client):
            _handle_request(request, client, children, copies)
            for pid in [pid for pid in children if _has_ended(pid)]:
                children.discard(pid)
                _kill_child(pid)
    for pid in children:
        _kill_child(pid)
    for pid in copies:  # each ends with its own client, which ends with this one
        os.waitpid(pid, 0)


def _handle_request(
    request: bytes, client: socket.socket, children: set[int], copies: set[int]
) -> None:
    """Execute a request and send the reply; `children` and `copies` are updated."""
    if request == COPY_REQUEST:
        pid = _fork_child(client, _serve_copy)
        copies |= {pid} if pid > 0 else set()
        client.sendall(pid.to_bytes(8, "big", signed=True))
    elif request == FORK_REQUEST:
        pid = _fork_child(client, _run_child)
        children |= {pid} if pid > 0 else set()
        client.sendall(pid.to_bytes(8, "big", signed=True))
    elif request == PRELOAD_REQUEST:
        size = int.from_bytes(_receive_exactly(client, 8), "big")
        answer = _preload(_receive_exactly(client, size))
        client.sendall(len(answer).to_bytes(8, "big") + answer)
    elif request == KILL_REQUEST:
        pid = int.from_bytes(_receive_exactly(client, 8), "big")
        code = _kill_child(pid) if pid in children else 0  # it may have ended and been waited for
        children.discard(pid)
        client.sendall(code.to_bytes(8, "big", signed=True))


_received_descriptors: list[int] = []  # the descriptors that came with the last request


def _receive_request(client: socket.socket) -> bytes:
    request, descriptors, _, _ = socket.recv_fds(client, 1, 1)
    _received_descriptors[:] = descriptors
    return request


def _receive_exactly(client: socket.socket, size: int) -> bytes:
    received = bytearray()
    while len(received) < size:
        part = client.recv(size - len(received))
        if not part:
            raise EOFError
        received += part
    return bytes(received)


def _fork_child(client: socket.socket, serve: Callable[[int], None]) -> int:
    """Fork a child that serves the descriptor just received; return 0 if forking is not safe.

    If the system refuses it, the number of its error is returned, negative. A fork copies one
    thread and the locks of all threads: with several threads it could hang.
    """
    channel = _received_descriptors.pop()
    if count_threads() > 1:
        os.close(channel)
        return 0
    try:
        pid = os.fork()
    except OSError as error:
        pid = -(error.errno or errno.EAGAIN)
    if pid == 0:
        code = 1
        try:
            client.close()
            serve(channel)
            code = 0
        finally:
            os._exit(code)
    os.close(channel)
    return pid


def _run_child(channel: int) -> None:
    os.setsid()  # a process group: what the notebook starts is killed with it
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    from helpers.notebooks.fork.cell_runner import serve_cells  # noqa: PLC0415 preloaded

    serve_cells(Connection(channel))


def _serve_copy(channel: int) -> None:
    """Serve another client in a copy of this fork server."""
    with socket.socket(fileno=channel) as client:
        _answer_requests(client)


def count_threads() -> int:
    """Return the number of this process's threads, on Linux including those of C libraries."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.exists() else threading.active_count()


def _has_ended(pid: int) -> bool:
    """Return whether a child has exited.

    It stays a zombie, so that `_kill_child` can wait for it.
    """
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _kill_child(pid: int) -> int:
    """Kill a child and all that it started; return its exit code, negative for a signal."""
    for kill in (os.kill, os.killpg):  # the child may not have called setsid yet
        with suppress(OSError):
            kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _preload(pickled: bytes) -> bytes:
    """Call the pickled function for all later children; return its error as JSON, or b""."""
    try:
        function, arguments, cwd, environment = ForkingPickler.loads(pickled)
        os.chdir(cwd)
        os.environ.update(environment)
        function(*arguments)
        gc.collect()
        gc.freeze()
    except Exception as error:
        return json.dumps(describe_failure(error)).encode()
    return b""


if __name__ == "__main__":
    main()
