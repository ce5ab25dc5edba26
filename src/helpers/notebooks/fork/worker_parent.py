"""Start the forkserver of multiprocessing, from which the workers of letters are forked."""

from __future__ import annotations

from helpers.notebooks.fork.client import can_fork
from helpers.system.control.signals import sigint_blocked
from helpers.system.private_environment import environment_replaced, server_environment

_PRELOAD_MODULE = "helpers.letters.forkserver_preload"  # a name: the room is above this one


def start_worker_forkserver() -> None:
    """Start the forkserver unless it runs; it is ready after two seconds.

    Started by multiprocessing itself it would have none of the libraries, and threads: then no
    worker could fork a process for a notebook.
    """
    if not can_fork():
        return
    from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415 missing where the system cannot fork

    forkserver.set_forkserver_preload([_PRELOAD_MODULE])
    with environment_replaced(server_environment()):
        resource_tracker.ensure_running()  # started by ensure_running, it would unblock SIGINT
        with sigint_blocked():
            forkserver.ensure_running()
