"""Runs a notebook with papermill, and keeps the failed copy when it stops on an error."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillException

from helpers.errors import NotebookError

CELL_TIMEOUT = 300  # seconds
START_TIMEOUT = 120  # seconds

# The kernel warns on every start that it speaks plain TCP to us on this machine.
_QUIET = ["--IPKernelApp.log_level=ERROR"]


def execute(notebook: Path, parameters: dict[str, Any], name: str, failed: Path) -> NotebookNode:
    """Run a notebook in a fresh kernel, with a progress bar on stderr, and return it executed.

    Raises NotebookError when a cell fails or takes more than CELL_TIMEOUT seconds; the notebook as
    far as it came is then kept as `failed`/`name`.
    """
    with TemporaryDirectory() as folder:
        output = Path(folder) / name
        try:
            executed = papermill.execute_notebook(
                notebook,
                output,
                parameters=parameters,
                execution_timeout=CELL_TIMEOUT,
                start_timeout=START_TIMEOUT,
                progress_bar={"desc": Path(name).stem},
                extra_arguments=_QUIET,
            )
        except (PapermillException, TimeoutError, RuntimeError) as error:
            raise NotebookError(_explain(error, notebook, _keep(output, failed))) from None
    return _without_places(executed, notebook.name, name)


def _keep(output: Path, failed: Path) -> Path | None:
    if not output.exists():
        return None
    failed.mkdir(parents=True, exist_ok=True)
    return Path(shutil.move(output, failed / output.name))


def _explain(error: Exception, notebook: Path, kept: Path | None) -> str:
    what = f"{getattr(error, 'ename', type(error).__name__)}: {getattr(error, 'evalue', error)}"
    where = f" The notebook as far as it came: {kept}" if kept else ""
    return f"The notebook {notebook.name} stopped on an error: {what.strip()}.{where}"


def _without_places(executed: NotebookNode, source: str, name: str) -> NotebookNode:
    """Take out what differs from run to run and machine to machine, timings aside."""
    about = executed.metadata.papermill
    about.input_path, about.output_path = source, name
    about.pop("environment_variables", None)
    for number, cell in enumerate(executed.cells):
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-parameters-{number}"
    return executed
