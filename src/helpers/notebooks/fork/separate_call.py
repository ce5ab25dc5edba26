"""Call a function in a separate process, which a stop ends at once.

The process is a child of the fork server, or a new Python where the system cannot fork. Only JSON
goes in and comes out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from helpers.errors import ExhaustedError
from helpers.notebooks.engine_choice import uses_fork
from helpers.notebooks.fork import client
from helpers.notebooks.fork.child_failure import (
    ForkServerEndedError,
    describe_failure,
    rebuilt_failure,
)
from helpers.notebooks.fork.worker_parent import start_process, start_worker_forkserver
from helpers.system.control.signals import ignore_sigint, sigint_blocked

_DIED = (
    "A process of this run ended too early: the system may lack memory or processes. "
    "Raise its limits (`ulimit -a`), or run it again."
)

# What a server or a process that has ended causes at the start of a call. Other errors of the
# system, such as too many open files, are the caller's.
_ENDED = (ForkServerEndedError, EOFError, ConnectionError)


@contextmanager
def called_apart(
    function: Callable[..., Any], *arguments: Any, from_workers: bool = False
) -> Iterator[Callable[[], Any]]:
    """Start the call of a module's function; the context's value waits for its result.

    Arguments and result are JSON values. The process is killed at the end of the context, also
    before it is done. With `from_workers` it is forked from the workers' parent, which has the
    libraries of a letter loaded. The result raises what the function raised, as `rebuilt_failure`
    does, and ExhaustedError if the process has ended, as the start does.
    """
    call = {"module": function.__module__, "name": function.__name__, "arguments": arguments}
    try:
        channel, kill = _start_process(call, from_workers=from_workers)
    except _ENDED:
        raise ExhaustedError(_DIED) from None
    try:
        yield partial(received_result, channel)
    finally:
        # The error of the run explains more than one of a server that has ended.
        with suppress(ForkServerEndedError):
            kill()


def serve_call(channel: Connection, call: dict[str, Any]) -> None:
    """Call the function and send its result, in the separate process."""
    try:
        function = getattr(import_module(call["module"]), call["name"])
        answer = json.dumps({"result": function(*call["arguments"])})
    except Exception as error:
        answer = json.dumps({"failure": describe_failure(error)})
    channel.send_bytes(answer.encode())


def received_result(channel: Connection) -> Any:
    """Wait for the result of a separate process, and return it or raise its failure."""
    try:
        answer = json.loads(channel.recv_bytes())
    except (EOFError, OSError):  # it has ended, before its answer or within it
        raise ExhaustedError(_DIED) from None
    if "failure" in answer:
        raise rebuilt_failure(answer["failure"])
    return answer["result"]


def _start_process(
    call: dict[str, Any], *, from_workers: bool
) -> tuple[Connection, Callable[[], object]]:
    if not uses_fork():
        return _started(call, "spawn")
    if not from_workers:
        return _forked(call)
    start_worker_forkserver()
    return _started(call, "forkserver")


def _forked(call: dict[str, Any]) -> tuple[Connection, Callable[[], object]]:
    server = client.start_fork_server()
    child = server.fork_child(call)
    if child is None:  # the fork server has several threads
        return _started(call, "spawn")
    return child.channel, partial(server.end_child, child, kill=True)


def _started(call: dict[str, Any], method: str) -> tuple[Connection, Callable[[], object]]:
    context: Any = get_context(method)
    own_end, other_end = context.Pipe()
    process = context.Process(target=_serve_started, args=(other_end, call), daemon=True)
    with sigint_blocked():
        start_process(process)
    other_end.close()

    def end() -> None:
        own_end.close()
        process.kill()
        process.join()

    return own_end, end


def _serve_started(channel: Connection, call: dict[str, Any]) -> None:
    ignore_sigint()  # the parent process handles it
    serve_call(channel, call)
