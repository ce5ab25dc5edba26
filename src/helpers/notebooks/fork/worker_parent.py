"""Start the forkserver of multiprocessing, and processes, without the environment's secrets."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from helpers.notebooks.engine_choice import can_fork
from helpers.system.control.signals import sigint_blocked
from helpers.system.private_environment import environment_replaced, server_environment

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_PRELOAD_MODULE = "helpers.letters.forkserver_preload"  # a name: the room is above this one
_starting = threading.Lock()  # the environment is that of all threads


def start_worker_forkserver() -> None:
    """Start the forkserver unless it runs; it is ready after two seconds.

    Started by multiprocessing itself it would have none of the libraries, and threads: then no
    worker could fork a process for a notebook.
    """
    if not can_fork():
        return
    from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415 missing where the system cannot fork

    forkserver.set_forkserver_preload([_PRELOAD_MODULE])
    with _starting, environment_replaced(server_environment()):
        resource_tracker.ensure_running()  # started by ensure_running, it would unblock SIGINT
        with sigint_blocked():
            forkserver.ensure_running()


def start_process(process: BaseProcess) -> None:
    """Start a process of multiprocessing, which does not inherit the secrets of the environment.

    multiprocessing starts a forkserver that has ended again at that moment, and a process that is
    not forked would get the environment of this process.
    """
    with _starting, environment_replaced(server_environment()):
        process.start()
