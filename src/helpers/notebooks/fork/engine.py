"""The papermill engine "fork": cells run in a child forked from a warm process.

papermill finds it by its entry point, as `papermill --engine fork` or `engine_name="fork"`, and
loads it when it is itself imported: so import papermill, never this module.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine

from helpers.notebooks.fork import client

OWN_KERNEL = "python3"  # the kernel of the environment that we run in


class ForkEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """Runs a Python notebook in a process of its own, ready in milliseconds.

    Where there is no fork, or the notebook asks for another kernel than this environment's own, a
    kernel runs it.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Run the cells; an error, a timeout or a dead process ends as the cell's error output."""
        if client.can_fork() and kernel_name == OWN_KERNEL:
            home = client.start_fork_server()
            child = home.fork()
            if child is not None:
                _run_in_child(nb_man, home, child, options)
                return
        NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)


def _run_in_child(
    nb_man: Any, home: client.ForkServerClient, child: client.ChildProcess, options: dict[str, Any]
) -> None:
    cells = _NotebookRun(nb_man, home, child, options)
    done = False
    try:
        cells.run()
        done = True
    finally:
        if not cells.ended:
            home.end(child, kill=not done)


class _NotebookRun:
    """The cells of one notebook on their way through a child.

    nbclient's own client reads the messages, so that outputs come out as it writes them.
    """

    def __init__(
        self,
        nb_man: Any,
        home: client.ForkServerClient,
        child: client.ChildProcess,
        options: dict[str, Any],
    ) -> None:
        self._nb_man, self._home, self._child = nb_man, home, child
        self._start_timeout = options.get("start_timeout", 60)
        self._timeout = options.get("execution_timeout")
        names = ("log_output", "stdout_file", "stderr_file")
        kept = {name: options[name] for name in names if options.get(name)}
        self._client = PapermillNotebookClient(nb_man, record_timing=False, **kept)
        self._client.reset_execution_trackers()
        self.ended = False

    def run(self) -> None:
        """Run cell after cell, up to the first that fails."""
        language = self._begin()
        for number, cell in enumerate(self._nb_man.nb.cells):
            self._nb_man.cell_start(cell, number)
            try:
                if cell.cell_type == "code" and cell.source.strip() and not self._one(cell, number):
                    self._nb_man.cell_exception(cell, cell_index=number)
                    return
            finally:
                self._nb_man.cell_complete(cell, cell_index=number)
        self._nb_man.nb.metadata["language_info"] = language
        self._client.set_widgets_metadata()

    def _begin(self) -> Any:
        """Wait until the child is ready to take a cell; what it says of its language."""
        try:
            return self._receive(self._start_timeout)[1]
        except (EOFError, OSError):
            raise RuntimeError(
                "The notebook's process did not start. Run it again, or with "
                "FUNDING_REPORT_ENGINE=kernel"
            ) from None

    def _one(self, cell: NotebookNode, number: int) -> bool:
        """Run one cell; whether the next may be run."""
        cell.outputs = []
        self._client.clear_before_next_output = False
        try:
            self._child.channel.send(cell.source)
            while True:
                kind, content = self._receive(self._timeout)
                if kind == "reply":
                    return self._may_go_on(cell, content)
                self._client.process_message(_as_kernel_message(kind, content), cell, number)
        except (EOFError, OSError) as error:
            cell.outputs.append(self._end_of(error))
            return False

    def _receive(self, seconds: float | None) -> tuple[str, Any]:
        """The next message; TimeoutError (an OSError) when it does not come in time."""
        if not self._child.channel.poll(seconds):
            raise TimeoutError
        kind, content = self._child.channel.recv()
        return str(kind), content

    def _end_of(self, error: Exception) -> NotebookNode:
        """Make an end of a child that does not answer, or is gone: what the cell shows for it."""
        self.ended = True
        code = self._home.end(self._child, kill=True)
        if isinstance(error, TimeoutError):
            name, what = "CellTimeoutError", f"the cell took more than {self._timeout} seconds"
        elif code < 0:
            name, what = "DeadKernelError", f"the process was killed by signal {-code}"
        else:
            name, what = "DeadKernelError", f"the process ended itself, with exit code {code}"
        shown = {"ename": name, "evalue": what, "traceback": [f"{name}: {what}"]}
        return NotebookNode(output_type="error", **shown)

    @staticmethod
    def _may_go_on(cell: NotebookNode, reply: dict[str, Any]) -> bool:
        return reply["status"] == "ok" or "raises-exception" in cell.metadata.get("tags", [])


def _as_kernel_message(kind: str, content: Any) -> dict[str, Any]:
    """A message as it would have come from a kernel."""
    header = {"msg_type": kind}
    return {"msg_type": kind, "header": header, "parent_header": {}, "content": content}
