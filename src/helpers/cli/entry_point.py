"""The entry point of `funding-report`: start what runs notebooks first, then import the commands.

A board report's fork server is forked from this process once the libraries are imported, before a
thread is started. Letters need no libraries here: what forks their workers imports them meanwhile.
"""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import suppress
from importlib import import_module

from helpers.cli.running.standard_streams import open_closed_streams
from helpers.system.control import signals


def main() -> None:
    """Run the command line (see commands)."""
    ended: list[SystemExit] = []
    atexit.register(_end_quickly, os.getpid(), ended)  # the first handler is called last
    open_closed_streams()
    signals.exit_on_sigint()  # Ctrl-C during the imports would be a traceback
    command, rest = sys.argv[1:2], sys.argv[2:]
    wants_help = {"-h", "--help"} & {*rest}
    if not wants_help:
        _start_processes(command)
    cli = import_module("helpers.cli.commands").cli
    runner = import_module("helpers.cli.running.runner")
    try:
        runner.run_cli(cli)
    except SystemExit as end:
        ended.append(end)
        raise


def _end_quickly(owner: int, ended: list[SystemExit]) -> None:
    """End before Python takes all modules apart: that takes 0.06 s after a report, for nothing."""
    for code in (end.code or 0 for end in ended):
        if isinstance(code, int) and os.getpid() == owner:  # Python prints a text
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


def _start_processes(command: list[str]) -> None:
    # Imported here: the commands that run no notebook do without them.
    from helpers.notebooks.engine_choice import uses_fork

    if not uses_fork():
        return
    with suppress(OSError):  # the command starts it again, and explains what the system refuses
        if command == ["board"] and "--all" not in sys.argv:
            _fork_server_of_board()
        elif command in (["board"], ["letters"]):
            import_module("helpers.notebooks.fork.worker_parent").start_worker_forkserver()


def _fork_server_of_board() -> None:
    """Fork what runs notebooks from this process, which needs most of the same libraries."""
    from helpers.cli.running import environment_handover

    descriptor = environment_handover.handed_over()
    if descriptor is None:  # nothing else is imported before: this process starts again
        from helpers.system.private_environment import server_environment

        environment_handover.start_again(server_environment())
        import_module("helpers.notebooks.fork.client").start_fork_server()  # it could not
        return
    from helpers.notebooks.fork import client, server

    try:
        server.import_libraries(server.SHARED_MODULES)
        server.read_catalogue()
        client.start_fork_server(forked=True, closes=[descriptor])
    finally:
        environment_handover.take_environment(descriptor)
