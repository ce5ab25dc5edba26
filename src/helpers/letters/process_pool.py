"""A pool of processes with a separate pipe each, any of which can be killed at any moment.

The workers of concurrent.futures.ProcessPoolExecutor share one pipe for their results. A worker
that is killed while writing leaves half a result in it, and the parent waits for the rest forever.
Here the pipe of a killed process is closed with it, and only its own call fails.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import TYPE_CHECKING, Any

from helpers.notebooks.fork.worker_parent import start_process
from helpers.system.control.signals import uninterrupted

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess

    Context = ForkServerContext | SpawnContext

Call = Callable[[], Any]


class ProcessPool(ThreadPoolExecutor):
    """Run calls in processes, one for each thread of the pool.

    At most `workers` processes are started, when calls are submitted. Each first calls
    `process_initializer`. If a process is lost, its call and later calls of the same thread raise
    BrokenProcessPool.
    """

    def __init__(self, workers: int, context: Context, process_initializer: Call) -> None:
        super().__init__(workers)  # its own `initializer` would run in the threads
        self._context, self._process_initializer = context, process_initializer
        self._starting = threading.Lock()
        # Its end in the processes shows them that the pool is stopped or its process has ended.
        # Those whose forkserver was killed cannot be killed: multiprocessing takes them for ended.
        self._process_end, self._own_end = context.Pipe(duplex=False)
        self._processes: list[BaseProcess] = []
        self._closed = False
        self._thread_state = threading.local()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Submit a call as Executor.submit does; function, arguments and result are pickled."""
        return super().submit(self._call_in_process, partial(fn, *args, **kwargs))

    def stop(self) -> None:
        """Kill every process and wait for it; may also be called after `shutdown`."""
        with uninterrupted():
            self.shutdown(wait=False, cancel_futures=True)
            with self._starting:
                self._closed = True
            for process in self._processes:
                process.kill()
            self._own_end.close()
            self.shutdown()
            for process in self._processes:
                process.join()

    def _call_in_process(self, call: Call) -> Any:
        try:
            channel = self._channel()
            channel.send(call)
            result, error = channel.recv()
        except (EOFError, OSError):
            raise BrokenProcessPool("The process that ran the call has ended.") from None
        if error is not None:
            raise error
        return result

    def _channel(self) -> Connection:
        """Return the pipe to this thread's process, which is started at the first call."""
        channel: Connection | None = getattr(self._thread_state, "channel", None)
        if channel is None:
            channel = self._thread_state.channel = self._start_process()
        return channel

    def _start_process(self) -> Connection:
        own_end, process_end = self._context.Pipe()
        with process_end, self._starting:
            if self._closed:
                raise BrokenProcessPool("The pool was stopped before this process was started.")
            process = self._context.Process(
                target=_serve_calls,
                args=(process_end, self._process_end, self._process_initializer),
            )
            start_process(process)
            self._processes.append(process)
        return own_end


def _serve_calls(channel: Connection, pool: Connection, initializer: Call) -> None:
    """Run calls in a process until the parent closes its end of the pipe, or that of the pool."""
    if hasattr(os, "register_at_fork"):  # a child's copy would keep the pipe open
        os.register_at_fork(after_in_child=channel.close)
    initializer()
    try:
        threading.Thread(target=_exit_with_pool, args=(pool,), daemon=True).start()
    except RuntimeError:  # the system refuses it; the parent explains what is missing
        sys.exit(1)
    with suppress(EOFError, OSError):
        while True:
            channel.send_bytes(_pickled_result(channel.recv()))


def _exit_with_pool(pool: Connection) -> None:
    """Exit when the pool has ended, because no process would receive the result."""
    pool.poll(None)
    os._exit(1)


def _pickled_result(call: Call) -> memoryview:
    """Call and pickle a pair: the result and None, or None and the exception."""
    try:
        return ForkingPickler.dumps((call(), None))
    except Exception as error:
        return ForkingPickler.dumps((None, error))
