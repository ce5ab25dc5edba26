"""The warm process that notebooks are forked from: everything imported, nothing run, one thread.

Started by helpers.publish.nursery as `python -m helpers.publish.warm FD`, and ends with the process
that started it.
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

from helpers.interrupts import leave_to_the_asker

# What a report needs. No pyplot: it would bind the drawing of figures to this process.
# The last two are what IPython's shell imports no sooner than at its first cell.
PRELOADED = (
    "helpers.publish.lean",
    "helpers.letter",
    "helpers.publish.shell",
    "matplotlib.backends.backend_svg",
    "IPython.core.logger",
    "bdb",
)

FORK, KILL, WARM_UP = b"f", b"k", b"w"


def main() -> None:
    """Serve the socket whose number is the first argument, until its other end is closed."""
    with socket.socket(fileno=int(sys.argv[1])) as asker:
        serve(asker)


def serve(asker: socket.socket) -> None:
    """Fork and kill as asked; whatever still lives when the asker is gone dies with it."""
    leave_to_the_asker()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # systemd may send it to each of us, too
    gc.disable()  # it would go through what is imported again and again
    for name in PRELOADED:
        import_module(name)
    from helpers.publish.shell import prepare  # noqa: PLC0415 imported just now, not to be started

    prepare()
    gc.collect()
    gc.freeze()  # collecting in a child would copy the memory that it shares with us
    gc.enable()
    living: set[int] = set()
    with suppress(EOFError, ConnectionError):  # an asker that dies, be it within an order
        while order := _received(asker):
            _obey(order, asker, living)
            for pid in [pid for pid in living if _has_ended(pid)]:
                living.discard(pid)
                _kill(pid)
    for pid in living:
        _kill(pid)


def _obey(order: bytes, asker: socket.socket, living: set[int]) -> None:
    """Do what an order says, and answer it; `living` are the children."""
    if order == FORK:
        pid = _fork(asker)
        living |= {pid} - {0}
        asker.sendall(pid.to_bytes(8, "big", signed=True))
    elif order == WARM_UP:
        size = int.from_bytes(_exactly(asker, 8), "big")
        answer = _warm_up(_exactly(asker, size))
        asker.sendall(len(answer).to_bytes(8, "big") + answer)
    elif order == KILL:
        pid = int.from_bytes(_exactly(asker, 8), "big")
        living.discard(pid)
        asker.sendall(_kill(pid).to_bytes(8, "big", signed=True))


_passed: list[int] = []  # the descriptors that came with the last order


def _received(asker: socket.socket) -> bytes:
    order, descriptors, _, _ = socket.recv_fds(asker, 1, 1)
    _passed[:] = descriptors
    return order


def _exactly(asker: socket.socket, size: int) -> bytes:
    read = bytearray()
    while len(read) < size:
        part = asker.recv(size - len(read))
        if not part:
            raise EOFError
        read += part
    return bytes(read)


def _fork(asker: socket.socket) -> int:
    """A child that serves the descriptor just passed; 0, and no child, where that is not safe.

    A fork copies one thread and the locks of all: with more than one it might hang.
    """
    channel = _passed.pop()
    if threads() > 1:
        os.close(channel)
        return 0
    pid = os.fork()
    if pid == 0:
        _child(asker, channel)
    os.close(channel)
    return pid


def _child(asker: socket.socket, channel: int) -> None:
    code = 1
    try:
        os.setsid()  # so that whatever it starts can be ended with it
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        asker.close()
        from helpers.publish.shell import serve  # noqa: PLC0415 preloaded

        serve(Connection(channel))
        code = 0
    finally:
        os._exit(code)


def threads() -> int:
    """How many threads this process has, those of C libraries too where the system tells."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.exists() else threading.active_count()


def _has_ended(pid: int) -> bool:
    """Whether a child is over, which leaves it there for us to see off."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _kill(pid: int) -> int:
    """Make an end of a child and all that it started; its exit code, negative for a signal."""
    for kill in (os.kill, os.killpg):  # it is a group of its own, or about to be
        with suppress(OSError):
            kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _warm_up(packed: bytes) -> bytes:
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
