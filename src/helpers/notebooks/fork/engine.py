"""The papermill engine "fork": cells run in a child of the fork server.

papermill finds it by its entry point, as `papermill --engine fork` or `engine_name="fork"`, and
loads it when papermill itself is imported: import papermill before this module.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import Any

from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine

from helpers.errors import ExhaustedError
from helpers.notebooks.engine_choice import ENGINE_VARIABLE, can_fork
from helpers.notebooks.fork import client
from helpers.notebooks.fork.received_outputs import (
    InvalidMessageError,
    ReceivedOutputs,
    WidgetReplies,
)

_NEXT_NOTEBOOK = b"null"  # see cell_runner
OWN_KERNEL = "python3"  # the kernel of the environment that this process runs in


class ForkEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """Run a Python notebook in a child of the fork server, which is ready in milliseconds.

    A kernel runs the notebook if the system cannot fork, or if the notebook names another kernel
    than this environment's.
    """

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, keeps_process: bool = False, **options: Any
    ) -> None:
        """Run the cells; an error, a timeout or a dead process becomes the cell's error output.

        With `keeps_process` the child also runs the next notebook of which that is true.
        """
        if can_fork() and kernel_name == OWN_KERNEL:
            server = client.start_fork_server()
            child = _begun_child(server, keeps_process=keeps_process)
            if child is not None:
                _NotebookRun(nb_man, server, child, options).run(keeps_process=keeps_process)
                return
        NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)


def _begun_child(
    server: client.ForkServerClient, *, keeps_process: bool
) -> client.ChildProcess | None:
    """Return a child that sends "ready": the kept one or a new one; None if it cannot fork."""
    kept = server.take_kept_child() if keeps_process else None
    if kept is None:
        return server.fork_child()
    with suppress(OSError):  # it has ended: so it sends no "ready"
        kept.channel.send_bytes(_NEXT_NOTEBOOK)
    return kept


class _NotebookRun:
    """The cells of one notebook, run one after the other in a child.

    nbclient's client processes the messages, so that outputs are the ones that it writes.
    """

    def __init__(
        self,
        nb_man: Any,
        server: client.ForkServerClient,
        child: client.ChildProcess,
        options: dict[str, Any],
    ) -> None:
        self._nb_man, self._server, self._child = nb_man, server, child
        self._start_timeout = options.get("start_timeout", 60)
        self._timeout = options.get("execution_timeout")
        names = ("log_output", "stdout_file", "stderr_file")
        logging_options = {name: options[name] for name in names if options.get(name)}
        self._client = PapermillNotebookClient(nb_man, record_timing=False, **logging_options)
        self._client.reset_execution_trackers()
        self._client.kc = self._widget_replies = WidgetReplies()
        self._child_ended = False
        self._exited_in = 0  # the number of the cell that called exit()

    def run(self, *, keeps_process: bool) -> None:
        """Run the cells up to the first that fails, and end the child, or keep it."""
        completed = succeeded = False
        try:
            succeeded = self._run_cells()
            completed = True
        finally:
            if keeps_process and succeeded:
                self._server.keep_child(self._child)
            elif not self._child_ended:
                self._server.end_child(self._child, kill=not completed)

    def _run_cells(self) -> bool:
        """Run the cells; return whether none has failed."""
        language = self._wait_until_ready()
        for number, cell in enumerate(self._nb_man.nb.cells):
            self._nb_man.cell_start(cell, number)
            try:
                has_code = cell.cell_type == "code" and cell.source.strip()
                if has_code and not self._run_cell(cell, number):
                    self._nb_man.cell_exception(cell, cell_index=number)
                    return False
            finally:
                self._nb_man.cell_complete(cell, cell_index=number)
        self._nb_man.nb.metadata["language_info"] = language
        self._client.set_widgets_metadata()
        return True

    def _wait_until_ready(self) -> dict[str, Any]:
        """Wait for the child's first message, and return its `language_info`."""
        try:
            language: dict[str, Any] = self._receive(_deadline_after(self._start_timeout))[1]
        except (EOFError, OSError, InvalidMessageError):
            if self._child.notebooks:  # it was kept, and has ended meanwhile
                self._server.end_child(self._child, kill=True)
                if child := self._server.fork_child():
                    self._child = child
                    return self._wait_until_ready()
            raise ExhaustedError(
                "The notebook's process did not start: the system may lack memory, threads or open "
                "files. Raise its limits (`ulimit -a`), and run the command again; if that does "
                f"not help, set {ENGINE_VARIABLE}=kernel."
            ) from None
        return language

    def _run_cell(self, cell: NotebookNode, number: int) -> bool:
        """Run one cell; return whether the next one may run."""
        outputs = ReceivedOutputs(self._client, cell, number)
        deadline = _deadline_after(self._timeout)  # of the cell, whatever it prints until then
        try:
            for request in (*self._widget_replies.take(), cell.source):
                self._child.channel.send_bytes(json.dumps(request).encode())
            while True:
                kind, content, *buffers = self._receive(deadline)
                if kind == "reply":
                    self._exited_in = number + 1 if content.get("exits") else 0
                    return self._may_continue(cell, content)
                outputs.add_message(kind, content, *buffers)
        except (EOFError, OSError, InvalidMessageError) as error:
            cell.outputs.append(self._error_output(error))
            return False
        finally:
            outputs.finish()

    def _receive(self, deadline: float | None) -> Any:
        """Return the next message; raises TimeoutError (an OSError) if none comes in time.

        A cell can write to the channel, so that a message is untrusted. It is parsed as JSON and
        never unpickled, which would run its code in this process. Anything else raises
        InvalidMessageError.
        """
        seconds = None if deadline is None else max(0.0, deadline - time.monotonic())
        if seconds == 0 or not self._child.channel.poll(seconds):
            raise TimeoutError
        try:
            message = json.loads(self._child.channel.recv_bytes())
            kind, content, *_ = message
        except (ValueError, TypeError, RecursionError):
            raise InvalidMessageError from None
        if not (isinstance(kind, str) and isinstance(content, dict)):
            raise InvalidMessageError
        return message

    def _error_output(self, error: Exception) -> NotebookNode:
        """Kill a child that hangs, has ended or sent an invalid message.

        Returns the cell's error output.
        """
        self._child_ended = True
        code = self._server.end_child(self._child, kill=True)
        name = "DeadKernelError"
        if isinstance(error, TimeoutError):
            name, reason = "CellTimeoutError", f"the cell took more than {self._timeout} seconds"
        elif isinstance(error, InvalidMessageError):
            reason = "the cell sent something that is not an output through its process's channel"
        elif code < 0:
            reason = f"the process was killed by signal {-code}"
        elif self._exited_in:
            reason = f"exit() in cell {self._exited_in} ended the process; remove it, or this cell"
        else:
            reason = f"the process ended itself, with exit code {code}"
        traceback = [f"{name}: {reason}"]
        return NotebookNode(output_type="error", ename=name, evalue=reason, traceback=traceback)

    @staticmethod
    def _may_continue(cell: NotebookNode, reply: dict[str, Any]) -> bool:
        return reply.get("status") == "ok" or "raises-exception" in cell.metadata.get("tags", [])


def _deadline_after(seconds: float | None) -> float | None:
    return None if seconds is None else time.monotonic() + seconds
