"""`funding-report`, its first step: what takes a second to get ready is begun at once.

The processes that run notebooks import the same libraries as we do, and so do it meanwhile.
"""

from __future__ import annotations

import atexit
import gc
import sys
from importlib import import_module

from helpers.system import signals


def main() -> None:
    """Run the command line (see cli)."""
    signals.exit_on_sigint()  # importing, it would be a traceback
    command, rest = sys.argv[1:2], sys.argv[2:]
    wants_help = {"-h", "--help"} & {*rest}
    if not wants_help:
        _start_processes(command)
    # Looking for what nobody uses, Python would go through all modules again and again.
    gc.disable()
    import_module("helpers.notebooks.fork.import_stubs")
    cli = import_module("helpers.cli.commands")
    gc.freeze()
    gc.enable()
    atexit.register(gc.freeze)
    cli.main()


def _start_processes(command: list[str]) -> None:
    # Not for the commands that run no notebook.
    from helpers.letters import executors  # noqa: PLC0415
    from helpers.notebooks.fork import client  # noqa: PLC0415

    if not client.uses_fork():
        return
    if command == ["board"]:
        client.start_fork_server()
    elif command == ["letters"]:
        executors.start_worker_forkserver()
