"""Runs a notebook with papermill, and keeps the failed copy when it stops on an error."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillException

from helpers.errors import NotebookError, ReportError
from helpers.notebooks.fork.client import uses_fork
from helpers.notebooks.memory_io import memory_file
from helpers.system import log_lines
from helpers.system.environment import CELL_SECONDS_VARIABLE

DEFAULT_CELL_SECONDS = 300  # seconds, unless CELL_SECONDS says otherwise
START_TIMEOUT = 120  # seconds

# The kernel warns on every start that it speaks plain TCP to us on this machine.
_QUIET_KERNEL = ["--IPKernelApp.log_level=ERROR"]


class NotebookStoppedError(NotebookError):
    """A notebook that stopped; `content` is the notebook as far as it came, None if nowhere."""

    def __init__(self, message: str, content: bytes | None) -> None:
        super().__init__(message)
        self.content = content

    def __reduce__(self) -> tuple[type[NotebookStoppedError], tuple[str, bytes | None]]:
        return type(self), (str(self), self.content)


def run_keeping_failure(
    notebook: Path, parameters: dict[str, Any], name: str, failed: Path
) -> NotebookNode:
    """Run a notebook, with a progress bar if stderr is a terminal, and return it executed.

    Raises NotebookError when a cell fails or takes more than CELL_TIMEOUT seconds; the notebook as
    far as it came is then kept as `failed`/`name`.
    """
    try:
        return run_notebook(notebook, parameters, name, _progress_bar(name))
    except NotebookStoppedError as error:
        kept = write_stopped_notebook(error, failed / name)
        where = f" The notebook as far as it came: {kept}" if kept else ""
        raise NotebookError(f"{error}{where}") from None


def run_notebook(
    notebook: Path, parameters: dict[str, Any], name: str, progress: dict[str, Any] | bool = False
) -> NotebookNode:
    """Run a notebook in a process of its own and return it executed; StoppedError if it stops.

    It is forked from a warm process, or is a fresh kernel where FUNDING_REPORT_ENGINE is "kernel"
    or the system cannot fork. `progress` is papermill's progress_bar. ReportError where the limit
    of a cell is none.
    """
    seconds = cell_time_limit()
    with memory_file(name) as output:
        try:
            executed = papermill.execute_notebook(
                notebook,
                output.address,
                parameters=parameters,
                execution_timeout=seconds,
                start_timeout=START_TIMEOUT,
                progress_bar=progress,
                **_engine_options(),
            )
        except (PapermillException, TimeoutError, RuntimeError) as error:
            raise NotebookStoppedError(_stop_message(error, notebook), output.content()) from None
    return _without_machine_details(executed, notebook.name, name)


def cell_time_limit() -> int:
    """How many seconds a cell may take; ReportError where the environment says what is none."""
    given = os.environ.get(CELL_SECONDS_VARIABLE, "").strip() or str(DEFAULT_CELL_SECONDS)
    if not re.fullmatch(r"0*[1-9][0-9]{0,5}", given):  # longer, and the system waits for no process
        raise ReportError(
            f"{CELL_SECONDS_VARIABLE} is {given!r}. Set it to whole seconds, from 1 to 999999."
        )
    return int(given)


def _progress_bar(name: str) -> dict[str, Any] | bool:
    """What papermill is told of progress: tqdm, told None, shows none where nobody watches."""
    return False if log_lines.is_json() else {"desc": Path(name).stem, "disable": None}


def _engine_options() -> dict[str, Any]:
    """What papermill is told of the engine.

    A kernel's notebook is saved after each cell, or nothing would be left of one that hangs; the
    other engine writes even that into the cell, and papermill saves once.
    """
    if uses_fork():
        return {"engine_name": "fork", "request_save_on_cell_execute": False}
    return {"extra_arguments": _QUIET_KERNEL}


def write_stopped_notebook(error: NotebookStoppedError, place: Path) -> Path | None:
    """Write down a stopped notebook as far as it came; None if there is nothing of it."""
    if error.content is None:
        return None
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(error.content)
    return place


def _stop_message(error: Exception, notebook: Path) -> str:
    what = f"{getattr(error, 'ename', type(error).__name__)}: {getattr(error, 'evalue', error)}"
    return f"The notebook {notebook.name} stopped on an error: {what.strip()}."


def _without_machine_details(executed: NotebookNode, source: str, name: str) -> NotebookNode:
    """Take out what differs from run to run and machine to machine, timings aside."""
    about = executed.metadata.papermill
    about.input_path, about.output_path = source, name
    about.pop("environment_variables", None)
    for number, cell in enumerate(executed.cells):
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-parameters-{number}"
    return executed
