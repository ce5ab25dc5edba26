"""The warm process that notebooks are forked from: everything imported, nothing run, one thread.

Started by helpers.notebooks.fork.client as `python -m helpers.notebooks.fork.server FD`, and ends
with the process that started it.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

from helpers.system.signals import ignore_sigint

# What a report needs. No pyplot: it would bind the drawing of figures to this process.
# The last two are what IPython's shell imports no sooner than at its first cell.
PRELOADED_MODULES = (
    "helpers.notebooks.fork.import_stubs",
    "helpers.report.letter_report",
    "helpers.notebooks.fork.cell_runner",
    "matplotlib.backends.backend_svg",
    "IPython.core.logger",
    "bdb",
)

FORK_REQUEST, KILL_REQUEST, PRELOAD_REQUEST = b"f", b"k", b"w"


def main() -> None:
    """Serve the socket whose number is the first argument, until its other end is closed."""
    with socket.socket(fileno=int(sys.argv[1])) as asker:
        serve_requests(asker)


def serve_requests(asker: socket.socket) -> None:
    """Fork and kill as asked; whatever still lives when the asker is gone dies with it."""
    ignore_sigint()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # systemd may send it to each of us, too
    gc.disable()  # it would go through what is imported again and again
    for name in PRELOADED_MODULES:
        import_module(name)
    from helpers.notebooks.fork.cell_runner import prepared_shell  # noqa: PLC0415 imported just now, not to be started

    prepared_shell()
    gc.collect()
    gc.freeze()  # collecting in a child would copy the memory that it shares with us
    gc.enable()
    living: set[int] = set()
    with suppress(EOFError, ConnectionError):  # an asker that dies, be it within an order
        while order := _receive_request(asker):
            _handle_request(order, asker, living)
            for pid in [pid for pid in living if _has_ended(pid)]:
                living.discard(pid)
                _kill_child(pid)
    for pid in living:
        _kill_child(pid)


def _handle_request(order: bytes, asker: socket.socket, living: set[int]) -> None:
    """Do what an order says, and answer it; `living` are the children."""
    if order == FORK_REQUEST:
        pid = _fork_child(asker)
        living |= {pid} - {0}
        asker.sendall(pid.to_bytes(8, "big", signed=True))
    elif order == PRELOAD_REQUEST:
        size = int.from_bytes(_receive_exactly(asker, 8), "big")
        answer = _preload(_receive_exactly(asker, size))
        asker.sendall(len(answer).to_bytes(8, "big") + answer)
    elif order == KILL_REQUEST:
        pid = int.from_bytes(_receive_exactly(asker, 8), "big")
        living.discard(pid)
        asker.sendall(_kill_child(pid).to_bytes(8, "big", signed=True))


_received_descriptors: list[int] = []  # the descriptors that came with the last order


def _receive_request(asker: socket.socket) -> bytes:
    order, descriptors, _, _ = socket.recv_fds(asker, 1, 1)
    _received_descriptors[:] = descriptors
    return order


def _receive_exactly(asker: socket.socket, size: int) -> bytes:
    read = bytearray()
    while len(read) < size:
        part = asker.recv(size - len(read))
        if not part:
            raise EOFError
        read += part
    return bytes(read)


def _fork_child(asker: socket.socket) -> int:
    """A child that serves the descriptor just passed; 0, and no child, where that is not safe.

    A fork copies one thread and the locks of all: with more than one it might hang.
    """
    channel = _received_descriptors.pop()
    if count_threads() > 1:
        os.close(channel)
        return 0
    pid = os.fork()
    if pid == 0:
        _run_child(asker, channel)
    os.close(channel)
    return pid


def _run_child(asker: socket.socket, channel: int) -> None:
    code = 1
    try:
        os.setsid()  # so that whatever it starts can be ended with it
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        asker.close()
        from helpers.notebooks.fork.cell_runner import serve_cells  # noqa: PLC0415 preloaded

        serve_cells(Connection(channel))
        code = 0
    finally:
        os._exit(code)


def count_threads() -> int:
    """How many threads this process has, those of C libraries too where the system tells."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.exists() else threading.active_count()


def _has_ended(pid: int) -> bool:
    """Whether a child is over, which leaves it there for us to see off."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _kill_child(pid: int) -> int:
    """Make an end of a child and all that it started; its exit code, negative for a signal."""
    for kill in (os.kill, os.killpg):  # it is a group of its own, or about to be
        with suppress(OSError):
            kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _preload(packed: bytes) -> bytes:
    """Call what the asker wants done once, ahead of every fork; answers with its error's text."""
    try:
        function, arguments, cwd, environment = ForkingPickler.loads(packed)
        os.chdir(cwd)
        os.environ.update(environment)
        function(*arguments)
        gc.collect()
        gc.freeze()
    except Exception as error:
        return f"{type(error).__name__}: {error}".encode()
    return b""


if __name__ == "__main__":
    main()
