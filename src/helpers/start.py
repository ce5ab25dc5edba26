"""`funding-report`, its first step: what takes a second to get ready is begun at once.

The processes that run notebooks import the same libraries as we do, and so do it meanwhile.
"""

from __future__ import annotations

import atexit
import gc
import sys
from importlib import import_module

from helpers import interrupts


def main() -> None:
    """Run the command line (see cli)."""
    interrupts.end_at_once()  # importing, it would be a traceback
    command, rest = sys.argv[1:2], sys.argv[2:]
    wants_help = {"-h", "--help"} & {*rest}
    if not wants_help:
        _begin(command)
    # Looking for what nobody uses, Python would go through all modules again and again.
    gc.disable()
    import_module("helpers.publish.lean")
    cli = import_module("helpers.cli")
    gc.freeze()
    gc.enable()
    atexit.register(gc.freeze)
    cli.main()


def _begin(command: list[str]) -> None:
    from helpers.publish import nursery  # noqa: PLC0415 not for the commands that run no notebook

    if not nursery.uses_fork():
        return
    if command == ["board"]:
        nursery.start()
    elif command == ["letters"]:
        nursery.prepare_workers()
