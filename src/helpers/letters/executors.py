"""Where letters are made: processes of this machine, or those of a Dask scheduler."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import ReportError, package_missing
from helpers.letters.process_pool import ProcessPool
from helpers.notebooks.fork.client import (
    can_fork,
    server_environment,
    start_fork_server,
    uses_fork,
)
from helpers.system.signals import sigint_blocked

if TYPE_CHECKING:
    from helpers.letters.process_pool import Context


def available_processors() -> int:
    """How many processors we may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def local_executor(workers: int) -> Iterator[Executor]:
    """Processes of this machine. They end with the context, and with this process, however it ends.

    Each is forked from a server that has everything imported, and forks a warm process of its own
    before it does anything else (see nursery); where there is no fork, each is started anew.
    """
    pool = ProcessPool(
        workers, _process_context(), partial(_initialize_worker, str(Path.cwd()), dict(os.environ))
    )
    try:
        yield pool
        pool.shutdown()
    finally:
        pool.stop()


def _process_context() -> Context:
    if not can_fork():
        return multiprocessing.get_context("spawn")
    start_worker_forkserver()
    return multiprocessing.get_context("forkserver")


def _initialize_worker(cwd: str, environment: dict[str, str]) -> None:
    """What a worker does first: take on its asker's place, fork its warm process, keep watch."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the asker sees to it
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    if uses_fork():
        start_fork_server(forked=True)
    threading.Thread(target=_exit_with_parent, daemon=True).start()


def _exit_with_parent() -> None:
    """When the asker is killed, a letter in the making is of no use to anybody."""
    asker = multiprocessing.parent_process()
    if asker is not None:
        asker.join()
        os._exit(1)


@contextmanager
def dask_executor(address: str) -> Iterator[Executor]:
    """The workers of the Dask scheduler at an address; ReportError where there is none.

    What a lost worker was making is made by another.
    """
    try:
        client_class = import_module("distributed").Client
    except ImportError:
        raise package_missing("--dask", "funding-report[dask]") from None
    try:
        client = client_class(address, timeout=20)
    except (OSError, ValueError) as error:
        raise ReportError(f"No Dask scheduler answers at {address}: {error}. Check it.") from None
    with client:
        yield client.get_executor()


def start_worker_forkserver() -> None:
    """Start the server that workers are forked from (see workers.local), ready in two seconds."""
    if not can_fork():
        return
    from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415 none without fork

    forkserver.set_forkserver_preload(["helpers.letters.forkserver_preload"])
    ours = dict(os.environ)
    theirs = server_environment()
    try:
        os.environ.clear()
        os.environ.update(theirs)
        resource_tracker.ensure_running()  # starting it, the next line would let Ctrl-C through
        with sigint_blocked():
            forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(ours)
