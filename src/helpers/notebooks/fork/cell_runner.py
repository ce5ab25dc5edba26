"""A notebook's cells run by IPython in this process: what a forked child does, and says of it.

It uses ipykernel's own shell, display hook and display publisher, so that a cell gives what it
gives in a kernel; only what carries their messages is another: a pipe, in place of ZeroMQ.
"""

from __future__ import annotations

import asyncio
import atexit
import builtins
import getpass
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
from jupyter_client.session import Session
from traitlets.config import Config

INLINE_BACKEND = (
    "module://matplotlib_inline.backend_inline"  # the kernel's own, unless another is asked for
)


def serve_cells(channel: Connection) -> None:
    """Take on the asker's working folder and environment, then run cell after cell until it ends.

    Each cell is answered with its messages, (type, content), and then with its reply.
    """
    _adopt_environment(**channel.recv())
    shell = prepared_shell()
    _replace_exit_handlers(shell)
    streams = _connect_outputs(shell, channel)
    channel.send(("ready", IPythonKernel.language_info))
    with asyncio.Runner() as runner:
        while (source := _next_source(channel)) is not None:
            reply = runner.run(_run_cell(shell, source))
            streams.flush()
            channel.send(("reply", reply))
    atexit._run_exitfuncs()


def _next_source(channel: Connection) -> str | None:
    """The next cell's source; None when the asker is done, or gone."""
    try:
        return str(channel.recv())
    except EOFError:
        return None


def _replace_exit_handlers(shell: Any) -> None:
    """Leave what libraries registered for the end of a process to the one that we left.

    One of them empties every cache of `typing`, which takes a tenth of a letter's time. What Python
    and IPython do at their end for what a notebook did is done here too.
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
    sys.path.insert(0, "")  # as in a kernel: modules beside the notebook's run are found
    sys.argv = ["ipykernel_launcher.py"]
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]
    if "numpy" in sys.modules:  # Python reseeds its own generator after a fork, numpy does not
        sys.modules["numpy"].random.seed()


def prepared_shell() -> Any:
    """The shell, made at the first call: it takes longer to make than most cells to run.

    A warm process makes it ahead of its forks, and runs nothing in it.
    """
    if not ZMQInteractiveShell.initialized():
        with_no_files = Config({"HistoryManager": {"enabled": False}})
        shell: Any = ZMQInteractiveShell.instance(
            config=with_no_files, user_ns={}, compiler_class=XCachingCompiler
        )
        shell.displayhook.session = shell.display_pub.session = _PipeSession()
    return ZMQInteractiveShell.instance()


def _connect_outputs(shell: Any, channel: Connection) -> _OutputStreams:
    """Lead all that the shell shows into the channel."""
    shell.init_environment()  # what it sets there went with the environment it was made in
    session = shell.displayhook.session
    session.lead_into(channel)
    builtins.input, getpass.getpass = _refuse_input("raw_input"), _refuse_input("getpass")
    return _OutputStreams(session)


def _refuse_input(what: str) -> Any:
    """In place of a question to the user: nobody is there to answer."""

    def refuse(*_: object, **__: object) -> str:
        raise StdinNotImplementedError(
            f"{what} was called, but this frontend does not support input requests."
        )

    return refuse


async def _run_cell(shell: Any, source: str) -> dict[str, Any]:
    """Run one cell as ipykernel's do_execute does, and give its execute_reply."""
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
    """A Jupyter session whose messages go into a pipe as (type, content)."""

    def lead_into(self, channel: Connection) -> None:
        """Say which pipe."""
        self._channel = channel

    def send(
        self,
        stream: Any,
        msg_or_type: Any,
        content: dict[str, Any] | None = None,
        *_: Any,
        **__: Any,
    ) -> None:
        """Send a message; `stream` is where ZeroMQ would want it."""
        del stream
        if isinstance(msg_or_type, dict):
            msg_or_type, content = msg_or_type["header"]["msg_type"], msg_or_type["content"]
        self._channel.send((msg_or_type, content))


class _OutputStreams:
    """What is printed: by Python, and by anything else that writes to the two file descriptors.

    A kernel reads the descriptors with a thread; here each is a file that is read at every flush.
    """

    def __init__(self, session: _PipeSession) -> None:
        self._out, self._err = (
            _OutputStream(session, name, number) for number, name in ((1, "stdout"), (2, "stderr"))
        )
        sys.stdout, sys.stderr = self._out, self._err

    def flush(self) -> None:
        """Send what has been printed."""
        self._out.flush()
        self._err.flush()


class _OutputStream(TextIOBase):
    encoding = "UTF-8"

    def __init__(self, session: _PipeSession, name: str, number: int) -> None:
        self.name = name
        self._session, self._number = session, number
        self._written: list[str] = []
        self._file = TemporaryFile()  # noqa: SIM115 it lives as long as the process
        os.dup2(self._file.fileno(), number)
        self._read = 0

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
        if size > self._read:
            new = os.pread(self._file.fileno(), size - self._read, self._read)
            text, self._read = text + new.decode(errors="replace"), size
        if text:
            self._session.send(None, "stream", {"name": self.name, "text": text})
