"""Run a notebook with papermill; keep a copy of a notebook that stops on an error."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

from helpers.errors import NotebookError, ReportError
from helpers.notebooks.engine_choice import uses_fork
from helpers.notebooks.memory_io import memory_file
from helpers.notebooks.run_environment import (
    only_needed_variables,
    redact_outputs,
    register_secrets,
    warn_of_shown_environment,
)
from helpers.notebooks.source_notebook import check_source_notebook
from helpers.system import log_lines
from helpers.system.environment import CELL_SECONDS_VARIABLE
from helpers.system.redaction import redact

import papermill  # isort: skip # after memory_io, which imports less of it and of nbformat
from nbformat import NotebookNode  # isort: skip
from papermill.engines import papermill_engines  # isort: skip
from papermill.exceptions import PapermillException  # isort: skip
from papermill.execute import raise_for_execution_errors  # isort: skip
from helpers.notebooks.fork.engine import ForkEngine  # isort: skip

papermill_engines.register("fork", ForkEngine)  # see memory_io

DEFAULT_CELL_SECONDS = 300  # unless CELL_SECONDS_VARIABLE is set
START_TIMEOUT = 120  # seconds

# A kernel warns at every start that its connection on this machine is not encrypted.
_QUIET_KERNEL = ["--IPKernelApp.log_level=ERROR"]


class NotebookStoppedError(NotebookError):
    """A notebook stopped; `content` is the partly executed notebook, None if no cell was run."""

    def __init__(self, message: str, content: bytes | None) -> None:
        super().__init__(message)
        self.content = content

    def __reduce__(self) -> tuple[type[NotebookStoppedError], tuple[str, bytes | None]]:
        return type(self), (str(self), self.content)


def run_keeping_failure(
    notebook: Path,
    parameters: dict[str, Any],
    name: str,
    failed: Path,
    *,
    shown: bool = True,
) -> NotebookNode:
    """Run a notebook, `shown` with a progress bar if stderr is a terminal, and return it executed.

    Raises NotebookError if a cell fails or exceeds `cell_time_limit`; the partly executed notebook
    is then kept as `failed`/`name`.
    """
    try:
        return run_notebook(notebook, parameters, name, shown and _progress_bar(name))
    except NotebookStoppedError as error:
        failed_path = write_stopped_notebook(error, failed / name)
        where = f" The notebook as far as it came: {failed_path}" if failed_path else ""
        raise NotebookError(f"{error}{where}") from None


def run_notebook(
    notebook: Path,
    parameters: dict[str, Any],
    name: str,
    progress: dict[str, Any] | bool = False,
    *,
    keeps_process: bool = False,
) -> NotebookNode:
    """Run a notebook in a separate process and return it executed.

    The process is a child of the fork server, or a kernel if FUNDING_REPORT_ENGINE is "kernel" or
    the system cannot fork. With `keeps_process` the child also runs the next such notebook: only
    for a notebook that leaves nothing in its process (see letter_cells). `progress` is papermill's
    progress_bar. Raises NotebookStoppedError, NotebookError for a file that is not a notebook to
    run, and ReportError for an invalid cell time limit.
    """
    seconds = cell_time_limit()
    check_source_notebook(notebook, has_parameters=bool(parameters))
    with memory_file(name) as output, only_needed_variables(parameters):
        try:
            executed = _executed(
                notebook,
                parameters,
                output.address,
                execution_timeout=seconds,
                progress_bar=progress,
                **_engine_options(keeps_process=keeps_process),
            )
        except (PapermillException, TimeoutError, RuntimeError) as error:
            secrets = register_secrets(parameters)
            message = redact(_stop_message(error, notebook), secrets)
            content = redact_outputs(output.content(), secrets)
            raise NotebookStoppedError(message, content) from None
        warn_of_shown_environment(executed, notebook.name)
    return _without_run_details(executed, notebook.name, name)


def _executed(
    notebook: Path,
    parameters: dict[str, Any],
    address: str,
    *,
    engine_name: str | None,
    save_each_cell: bool,
    **options: Any,
) -> NotebookNode:
    """Run a notebook as papermill.execute_notebook does, which would write it at the end, too.

    A notebook is written to the address if a cell fails. Any other one is changed first, and
    writing it took a tenth of a letter's time.
    """
    prepared = papermill.execute_notebook(
        notebook, None, parameters, engine_name, prepare_only=True, progress_bar=False
    )
    executed: NotebookNode = papermill_engines.execute_notebook_with_engine(
        engine_name,
        prepared,
        papermill_engines.nb_kernel_name(engine_name, prepared),
        output_path=address if save_each_cell else None,
        start_timeout=START_TIMEOUT,
        **options,
    )
    raise_for_execution_errors(executed, address)
    return executed


def cell_time_limit() -> int:
    """Return the seconds that a cell may take.

    Raises ReportError if FUNDING_REPORT_CELL_SECONDS is not such a number.
    """
    setting = os.environ.get(CELL_SECONDS_VARIABLE, "").strip() or str(DEFAULT_CELL_SECONDS)
    if not re.fullmatch(r"0*[1-9][0-9]{0,5}", setting):  # poll() overflows beyond
        raise ReportError(
            f"{CELL_SECONDS_VARIABLE} is {setting!r}. Set it to whole seconds, from 1 to 999999."
        )
    return int(setting)


def _progress_bar(name: str) -> dict[str, Any] | bool:
    """Return papermill's progress_bar; False, which starts no thread, unless it can be seen."""
    return {"desc": Path(name).stem} if sys.stderr.isatty() and not log_lines.is_json() else False


def _engine_options(*, keeps_process: bool) -> dict[str, Any]:
    """Papermill's options for the engine.

    A kernel's notebook is saved after each cell, because nothing would remain if it hangs.
    The engine "fork" turns a timeout into the cell's output, so saving once at the end is enough.
    """
    if uses_fork():
        return {
            "engine_name": "fork",
            "save_each_cell": False,
            "keeps_process": keeps_process,
        }
    return {"engine_name": None, "save_each_cell": True, "extra_arguments": _QUIET_KERNEL}


def write_stopped_notebook(error: NotebookStoppedError, path: Path) -> Path | None:
    """Write a partly executed notebook and return its path; None if there is no content."""
    if error.content is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(error.content)
    return path


def _stop_message(error: Exception, notebook: Path) -> str:
    cause = f"{getattr(error, 'ename', type(error).__name__)}: {getattr(error, 'evalue', error)}"
    return f"The notebook {notebook.name} stopped on an error: {cause.strip()}."


# Of papermill's metadata: they differ from run to run, or between machines.
_RUN_DETAILS: tuple[str, ...] = ("start_time", "end_time", "duration", "environment_variables")


def _without_run_details(executed: NotebookNode, source: str, name: str) -> NotebookNode:
    """Remove what differs between runs and machines, so that the same run gives the same bytes."""
    metadata = executed.metadata.papermill
    metadata.input_path, metadata.output_path = source, name
    executed.metadata.get("language_info", {}).pop("version", None)  # of Python, to the last part
    for number, cell in enumerate(executed.cells):
        cell.metadata.pop("execution", None)  # times at which a kernel began and ended
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-parameters-{number}"
    for details in (metadata, *(cell.metadata.get("papermill", {}) for cell in executed.cells)):
        for detail in _RUN_DETAILS:
            details.pop(detail, None)
    return executed
