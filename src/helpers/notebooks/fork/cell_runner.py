"""Run a notebook's cells with IPython in this process, a child of the fork server.

It uses ipykernel's kernel and shell, so that a cell's outputs equal a kernel's; their messages go
through a pipe instead of ZeroMQ.

Everything in the pipe is JSON. From the client come an object with `cwd`, `environment` and
`call`, and then the source of each cell as a string, or the state of an Output widget as an object;
null begins another notebook. To the client go the messages of pipe_session. These are Jupyter's,
except the first of a notebook, "ready", and the last of each cell, "reply".
"""

from __future__ import annotations

import asyncio
import atexit
import json
import locale
import logging
import os
import signal
import sys
import threading
import time
import warnings
import weakref
from contextlib import suppress
from multiprocessing import util
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from helpers.notebooks.fork.notebook_kernel import (
    clear_session,
    follow_environment,
    prepared_kernel,
    run_cell,
    update_widget,
)
from helpers.notebooks.fork.output_streams import OutputStreams
from helpers.notebooks.fork.separate_call import serve_call

INLINE_BACKEND = "module://matplotlib_inline.backend_inline"  # a kernel's default


def serve_cells(channel: Connection) -> None:
    """Adopt the client's folder and environment, then run cells until it closes the channel.

    Or make one call, if the client asks for it (see separate_call).
    """
    settings = json.loads(channel.recv_bytes())
    _adopt_environment(settings["cwd"], settings["environment"])
    if settings["call"]:
        serve_call(channel, settings["call"])
        return
    kernel = prepared_kernel()
    _replace_exit_handlers(kernel.shell)
    follow_environment(kernel)
    kernel.session.set_channel(channel)
    streams = OutputStreams(kernel.session)
    state_before = _process_state()
    with asyncio.Runner() as runner:
        while True:
            kernel.session.send(None, "ready", kernel.language_info)
            if not _run_notebook(kernel, streams, channel, runner):
                break
            clear_session(kernel.shell)
            if _process_state() != state_before:
                break
    atexit._run_exitfuncs()


def _run_notebook(
    kernel: Any, streams: OutputStreams, channel: Connection, runner: asyncio.Runner
) -> bool:
    """Run the cells of a notebook; return whether the client has another one.

    It has none if it closes the channel or dies, or a cell calls exit().
    """
    owner, number = os.getpid(), 0
    with suppress(EOFError):
        while not kernel.shell.exit_now:
            source = _next_source(kernel, channel)
            if source is None:
                return True
            number += 1
            reply = runner.run(run_cell(kernel, source, number))
            if os.getpid() != owner:  # a process that the cell forked, and did not end
                os._exit(0)
            streams.flush()
            kernel.session.send(None, "reply", reply)
    return False


def _next_source(kernel: Any, channel: Connection) -> str | None:
    """The next cell's source; None if the client begins another notebook.

    Raises EOFError when the client has closed the channel or died.
    """
    while isinstance(request := json.loads(channel.recv_bytes()), dict):
        update_widget(kernel, request)
    return None if request is None else str(request)


def _process_state() -> tuple[Any, ...]:
    """What the cells of a letter do not change in a process that runs several (see letter_cells).

    A process that finds it changed ends, and the next letter has a new one.
    """
    return (
        Path.cwd(),
        dict(os.environ),
        [*sys.path],
        {*threading.enumerate()},
        (sys.stdout, sys.stderr, sys.displayhook, sys.excepthook),
        [*warnings.filters],
        locale.setlocale(locale.LC_ALL),
        [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)],
    )


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
