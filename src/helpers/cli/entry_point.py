"""The entry point of `funding-report`: start the fork servers first, then import the commands.

A fork server takes a second to import the same libraries, so both processes import in parallel.
"""

from __future__ import annotations

import atexit
import gc
import sys
from contextlib import suppress
from importlib import import_module

from helpers.cli.running.standard_streams import open_closed_streams
from helpers.system.control import signals


def main() -> None:
    """Run the command line (see commands)."""
    open_closed_streams()
    signals.exit_on_sigint()  # Ctrl-C during the imports would be a traceback
    command, rest = sys.argv[1:2], sys.argv[2:]
    wants_help = {"-h", "--help"} & {*rest}
    if not wants_help:
        _start_processes(command)
    cli = import_module("helpers.cli.commands").cli
    runner = import_module("helpers.cli.running.runner")
    atexit.register(gc.freeze)
    runner.run_cli(cli)


def _start_processes(command: list[str]) -> None:
    # Imported here: the commands that run no notebook do without them.
    from helpers.notebooks.fork import client, worker_parent

    if not client.uses_fork():
        return
    with suppress(OSError):  # the command starts it again, and explains what the system refuses
        if command == ["board"]:
            client.start_fork_server()
        elif command == ["letters"]:
            worker_parent.start_worker_forkserver()
