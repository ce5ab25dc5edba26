"""Run a notebook's cells with IPython in this process, a child of the fork server.

It uses ipykernel's shell, display hook and display publisher, so that a cell's outputs equal a
kernel's; their messages go through a pipe instead of ZeroMQ.

Everything in the pipe is JSON. From the client come an object with `cwd` and `environment`, and
then the source of each cell as a string. To the client go [type, content] pairs. These are
Jupyter's messages, except the first, "ready", and the last of each cell, "reply".
"""

from __future__ import annotations

import asyncio
import atexit
import builtins
import getpass
import json
import logging
import os
import sys
import time
import weakref
from io import TextIOBase
from multiprocessing import util
from multiprocessing.connection import Connection
from tempfile import TemporaryFile
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from traitlets.config import Config

INLINE_BACKEND = "module://matplotlib_inline.backend_inline"  # a kernel's default


def serve_cells(channel: Connection) -> None:
    """Adopt the client's folder and environment, then run cells until it closes the channel."""
    _adopt_environment(**json.loads(channel.recv_bytes()))
    shell = prepared_shell()
    _replace_exit_handlers(shell)
    streams = _connect_outputs(shell, channel)
    _send_message(channel, "ready", IPythonKernel.language_info)
    with asyncio.Runner() as runner:
        while (source := _next_source(channel)) is not None:
            reply = runner.run(_run_cell(shell, source))
            streams.flush()
            _send_message(channel, "reply", reply)
    atexit._run_exitfuncs()


def _next_source(channel: Connection) -> str | None:
    """The next cell's source; None when the client has closed the channel or died."""
    try:
        return str(json.loads(channel.recv_bytes()))
    except EOFError:
        return None


def _send_message(channel: Connection, kind: str, content: Any) -> None:
    """Send a message as JSON; values of other types are converted as a kernel converts them.

    ASCII with escapes keeps text that UTF-8 cannot encode, such as half of a surrogate pair.
    """
    channel.send_bytes(json.dumps((kind, content), default=json_default).encode())


def _replace_exit_handlers(shell: Any) -> None:
    """Drop the exit handlers that libraries registered before the fork; the fork server runs them.

    One of them empties every cache of `typing`, which takes a tenth of a letter's time. The
    handlers of Python and IPython for what a notebook may have started are registered again.
    """
    atexit._clear()
    atexit.register(logging.shutdown)
    atexit.register(util._exit_function)  # type: ignore[attr-defined]  # of multiprocessing
    atexit.register(weakref.finalize._exitfunc)  # type: ignore[attr-defined]
    atexit.register(shell.atexit_operations)


def _adopt_environment(cwd: str, environment: dict[str, str]) -> None:
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update({"MPLBACKEND": INLINE_BACKEND} | environment)
    if hasattr(time, "tzset"):
        time.tzset()
    sys.path.insert(0, "")  # as in a kernel: modules in the working folder can be imported
    sys.argv = ["ipykernel_launcher.py"]
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]
    if "numpy" in sys.modules:  # Python reseeds its own generator after a fork, numpy does not
        sys.modules["numpy"].random.seed()


def prepared_shell() -> Any:
    """The shell, created at the first call, which takes longer than most cells.

    The fork server creates it before it forks, and runs nothing in it.
    """
    if not ZMQInteractiveShell.initialized():
        with_no_files = Config({"HistoryManager": {"enabled": False}})
        shell: Any = ZMQInteractiveShell.instance(
            config=with_no_files, user_ns={}, compiler_class=XCachingCompiler
        )
        shell.displayhook.session = shell.display_pub.session = _PipeSession()
    return ZMQInteractiveShell.instance()


def _connect_outputs(shell: Any, channel: Connection) -> _OutputStreams:
    """Send everything that the shell displays into the channel."""
    shell.init_environment()  # again: _adopt_environment has replaced what it set
    session = shell.displayhook.session
    session.set_channel(channel)
    builtins.input, getpass.getpass = _refuse_input("raw_input"), _refuse_input("getpass")
    return _OutputStreams(session)


def _refuse_input(function_name: str) -> Any:
    """Return a function that raises the error of a front end without input: no user is present."""

    def refuse(*_: object, **__: object) -> str:
        raise StdinNotImplementedError(
            f"{function_name} was called, but this frontend does not support input requests."
        )

    return refuse


async def _run_cell(shell: Any, source: str) -> dict[str, Any]:
    """Run one cell as ipykernel's do_execute does, and return its execute_reply."""
    transformed, problem = source, None
    try:
        transformed = shell.transform_cell(source)
    except Exception:
        problem = sys.exc_info()
    known: dict[str, Any] = {"transformed_cell": transformed, "preprocessing_exc_tuple": problem}
    number = shell.execution_count
    shell.displayhook.session.send(None, "execute_input", {"execution_count": number})
    if shell.should_run_async(source, **known):
        result = None
        try:
            result = await shell.run_cell_async(source, store_history=True, **known)
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
    else:
        result = shell.run_cell(source, store_history=True)
    broken = getattr(shell, "_last_traceback_during_displayhook", False)
    if result.success and not broken:
        return {"status": "ok"}
    error = result.error_before_exec or result.error_in_exec
    return {
        "status": "error",
        "ename": type(error).__name__,
        "evalue": str(error),
        "traceback": shell._last_traceback or [],
    }


class _PipeSession(Session):
    """A Jupyter session whose messages go into a pipe."""

    def set_channel(self, channel: Connection) -> None:
        """Set the pipe that later messages go into."""
        self._channel = channel

    def send(
        self,
        stream: Any,
        msg_or_type: Any,
        content: dict[str, Any] | None = None,
        *_: Any,
        **__: Any,
    ) -> None:
        """Send a message; `stream` is the socket that ZeroMQ would need."""
        del stream
        if isinstance(msg_or_type, dict):
            msg_or_type, content = msg_or_type["header"]["msg_type"], msg_or_type["content"]
        _send_message(self._channel, msg_or_type, content)


class _OutputStreams:
    """Standard output and error, of Python and of everything that writes to the two descriptors.

    A kernel reads the descriptors in a thread. Here each is a file that is read at every flush,
    because the output must be complete before the cell's reply is sent.
    """

    def __init__(self, session: _PipeSession) -> None:
        self._out, self._err = (
            _OutputStream(session, name, number) for number, name in ((1, "stdout"), (2, "stderr"))
        )
        sys.stdout, sys.stderr = self._out, self._err

    def flush(self) -> None:
        """Send what has been printed since the last call."""
        self._out.flush()
        self._err.flush()


class _OutputStream(TextIOBase):
    encoding = "UTF-8"

    def __init__(self, session: _PipeSession, name: str, number: int) -> None:
        self.name = name
        self._session, self._number = session, number
        self._written: list[str] = []
        self._file = TemporaryFile()  # noqa: SIM115 open as long as the process runs
        os.dup2(self._file.fileno(), number)
        self._read_up_to = 0

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._number

    def write(self, text: str) -> int:
        self._written.append(text)
        return len(text)

    def flush(self) -> None:
        text = "".join(self._written)
        self._written.clear()
        size = os.fstat(self._file.fileno()).st_size
        if size > self._read_up_to:
            new = os.pread(self._file.fileno(), size - self._read_up_to, self._read_up_to)
            text, self._read_up_to = text + new.decode(errors="replace"), size
        if text:
            self._session.send(None, "stream", {"name": self.name, "text": text})
