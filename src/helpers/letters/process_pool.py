"""An executor of processes, each at the end of a pipe of its own, that can be ended at any moment.

The workers of concurrent.futures.ProcessPoolExecutor share one pipe for their answers. One that
is ended within an answer leaves the first part of it there, and the asker waits for the rest for
ever. Here its pipe ends with it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import TYPE_CHECKING, Any

from helpers.system.signals import uninterrupted

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess

    Context = ForkServerContext | SpawnContext

Call = Callable[[], Any]


class ProcessPool(ThreadPoolExecutor):
    """Passes each call on to a process that one of its threads has for itself.

    Processes are started as calls come, `workers` of them at most; each first calls `begin`. A
    call whose process is lost has BrokenProcessPool as its exception, and so have those that come
    to the same thread afterwards.
    """

    def __init__(self, workers: int, context: Context, begin: Call) -> None:
        super().__init__(workers)
        self._context, self._begin = context, begin
        self._starting = threading.Lock()
        self._processes: list[BaseProcess] = []
        self._closed = False
        self._own = threading.local()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As an executor does; what is called, its arguments and its result are pickled."""
        return super().submit(self._pass_on, partial(fn, *args, **kwargs))

    def stop(self) -> None:
        """End every process, whatever it is doing, and see it off; safe after `shutdown`, too."""
        with uninterrupted():
            self.shutdown(wait=False, cancel_futures=True)
            with self._starting:
                self._closed = True
            for process in self._processes:
                process.kill()
            self.shutdown()
            for process in self._processes:
                process.join()

    def _pass_on(self, call: Call) -> Any:
        try:
            channel = self._channel()
            channel.send(call)
            result, error = channel.recv()
        except (EOFError, OSError):
            raise BrokenProcessPool("The process that was asked has ended.") from None
        if error is not None:
            raise error
        return result

    def _channel(self) -> Connection:
        """The way to this thread's process, which is started at the first call."""
        channel: Connection | None = getattr(self._own, "channel", None)
        if channel is None:
            channel = self._own.channel = self._started()
        return channel

    def _started(self) -> Connection:
        ours, theirs = self._context.Pipe()
        with theirs, self._starting:
            if self._closed:
                raise BrokenProcessPool("It was stopped before this process was started.")
            process = self._context.Process(target=_serve_calls, args=(theirs, self._begin))
            process.start()
            self._processes.append(process)
        return ours


def _serve_calls(channel: Connection, begin: Call) -> None:
    """What a process does: answer calls until the asker's end of the pipe is closed."""
    if hasattr(os, "register_at_fork"):  # a fork of ours would hold the pipe open when we are gone
        os.register_at_fork(after_in_child=channel.close)
    begin()
    with suppress(EOFError, OSError):
        while True:
            channel.send_bytes(_pickled_result(channel.recv()))


def _pickled_result(call: Call) -> memoryview:
    """A pickle of the result and no error, or of no result and the error."""
    try:
        return ForkingPickler.dumps((call(), None))
    except Exception as error:
        return ForkingPickler.dumps((None, error))
