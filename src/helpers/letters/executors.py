"""Executors for letters: local processes, or the workers of a Dask scheduler."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import ReportError, package_missing
from helpers.letters.process_pool import ProcessPool
from helpers.notebooks.engine_choice import can_fork, uses_fork
from helpers.notebooks.fork.client import start_fork_server
from helpers.notebooks.fork.worker_parent import start_worker_forkserver

if TYPE_CHECKING:
    from helpers.letters.process_pool import Context


def available_processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def local_executor(workers: int, environment: dict[str, str]) -> Iterator[Executor]:
    """Run calls in a pool of processes that end with the context, and if this process is killed.

    They have the given environment: what their notebooks need (see needed_variables). Each is
    forked from multiprocessing's forkserver, which has imported all modules. As its first action a
    worker forks its own fork server for notebooks, while it still has one thread (a process with
    several threads cannot fork safely). If the system cannot fork, Python is started for each.
    """
    initializer = partial(_initialize_worker, str(Path.cwd()), environment)
    pool = ProcessPool(workers, _process_context(), initializer)
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
    """Adopt a folder and an environment, and fork a fork server."""
    for name in ("SIGINT", "SIGHUP"):  # the parent process handles them and ends its workers
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    try:
        if uses_fork():
            start_fork_server(forked=True)
    except OSError:  # the system refuses it; the parent explains what is missing
        sys.exit(1)


@contextmanager
def dask_executor(address: str) -> Iterator[Executor]:
    """Run calls in the workers of a Dask scheduler, which resubmits the calls of a lost worker.

    Raises ReportError if distributed is not installed or no scheduler answers at `address`.
    """
    try:
        client_class = import_module("distributed").Client
    except ImportError:
        raise package_missing("--dask", "funding-report[dask]") from None
    try:
        client = client_class(address, timeout=20)
    except (OSError, ValueError) as error:
        raise ReportError(
            f"No Dask scheduler answers at {address}: {error}. Check the address and that it runs."
        ) from None
    with client:
        yield client.get_executor()
