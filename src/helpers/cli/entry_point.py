"""The entry point of `funding-report`: import the commands, and start what runs notebooks.

Letters need no libraries here: what forks their workers imports them while the commands are
imported. A board report's fork server is forked from this process, as soon as the options are read
and the libraries are imported, and before a thread is started.
"""

from __future__ import annotations

import atexit
import functools
import gc
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from helpers.cli.running.standard_streams import open_closed_streams
from helpers.system.control import signals


def main() -> None:
    """Run the command line (see commands)."""
    open_closed_streams()
    signals.exit_on_sigint()  # Ctrl-C during the imports would be a traceback
    if sys.argv[1:2] == ["letters"] and not {"-h", "--help"} & {*sys.argv}:
        _start_worker_forkserver()
    cli = import_module("helpers.cli.commands").cli
    runner = import_module("helpers.cli.running.runner")
    board = cli.commands["board"]
    board.callback = _with_fork_server(board.callback)
    atexit.register(gc.freeze)
    runner.run_cli(cli)


# Imported in the functions: the commands that run no notebook do without them.
def _start_worker_forkserver() -> None:
    from helpers.notebooks.fork import client, worker_parent

    if client.uses_fork():
        worker_parent.start_worker_forkserver()


def _with_fork_server(run: Callable[..., None]) -> Callable[..., None]:
    """Fork this process's fork server before a command does anything."""

    @functools.wraps(run)
    def run_command(**options: Any) -> None:
        from helpers.notebooks.fork import client

        if client.uses_fork():
            client.fork_server_of_command()
        run(**options)

    return run_command
