"""Read a source notebook, or state what is wrong with it and what to do."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from shlex import quote
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager

from helpers.errors import NotebookError

_OWN_KERNEL = "python3"
_FORMAT = 4  # of notebooks; the minor versions differ in what may be left out
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CONFLICT_MARKERS = ("<<<<<<< ", "=======", ">>>>>>> ")
_CHOOSE_KERNEL = "Open it in JupyterLab, choose the kernel Python 3, and save it."
_RESTORE = "Restore it, for instance with git checkout."


def check_source_notebook(path: Path, *, has_parameters: bool) -> None:
    """Raise NotebookError if a notebook cannot be read, run, or given parameters."""
    notebook = read_source_notebook(path)
    _check_kernel(notebook, path.name)
    if has_parameters:
        _check_parameters_cell(notebook["cells"], path.name)


def read_source_notebook(path: Path) -> dict[str, Any]:
    """Return a notebook's JSON, not to be changed; raises NotebookError if it is not a notebook."""
    stat = path.stat()
    return _read_notebook(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _read_notebook(path: Path, _changed: int, _size: int) -> dict[str, Any]:
    """The notebook in a file; a batch of letters reads the same one many times."""
    content = path.read_bytes()
    name = path.name
    if content.startswith(_BYTE_ORDER_MARK):
        raise _cannot_run(
            name, "begins with a byte order mark", "Save it as UTF-8 without one (without BOM)."
        )
    if not content.strip():
        raise _cannot_run(name, "is empty", _RESTORE)
    notebook = _parse_json(content, name)
    if not isinstance(notebook, dict) or "nbformat" not in notebook:
        raise _cannot_run(name, "is JSON, but not a notebook", _RESTORE)
    _check_format(notebook, path)
    _check_cells(notebook, name)
    return notebook


def _parse_json(content: bytes, name: str) -> Any:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _cannot_run(name, f"is not UTF-8, in line {line}", "Save it as UTF-8.") from None
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = enumerate(text.splitlines(), 1)
        marked = [number for number, line in lines if line.startswith(_CONFLICT_MARKERS)]
        if marked:
            problem = f"has the markers of a merge conflict, the first in line {marked[0]}"
            remedy = "Choose one of the two sides, or run: nbdime mergetool"
            raise _cannot_run(name, problem, remedy) from None
        where = f", in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise _cannot_run(name, f"is not valid JSON{where}", _RESTORE) from None


def _check_format(notebook: dict[str, Any], path: Path) -> None:
    version = notebook["nbformat"]
    if not isinstance(version, int) or version > _FORMAT:
        remedy = f"Save it in format {_FORMAT}, or install a newer funding-report."
        raise _cannot_run(path.name, f"is in format {version} of notebooks", remedy)
    if version < _FORMAT:
        command = f"jupyter nbconvert --to notebook --inplace {quote(str(path))}"
        remedy = f"Run: {command}. Then: {_CHOOSE_KERNEL}"
        raise _cannot_run(path.name, f"is in the old format {version} of notebooks", remedy)


def _check_cells(notebook: dict[str, Any], name: str) -> None:
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not isinstance(notebook.get("metadata"), dict):
        raise _cannot_run(name, "has no cells or no metadata", _RESTORE)
    if not any(_is_cell(cell) and "".join(cell["source"]).strip() for cell in cells):
        remedy = "Create a new one with: funding-report new-report NAME"
        raise _cannot_run(name, "has no cell with a text or code", remedy)
    for number, cell in enumerate(cells, 1):
        if not _is_cell(cell):
            problem = f"has a cell without a source, a type or metadata, cell {number}"
            raise _cannot_run(name, problem, _RESTORE)


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
        return False
    source = cell.get("source")
    lines = [source] if isinstance(source, str) else source
    is_text = isinstance(lines, list) and all(isinstance(line, str) for line in lines)
    has_outputs = cell.get("cell_type") != "code" or isinstance(cell.get("outputs"), list)
    return is_text and has_outputs and cell.get("cell_type") in {"code", "markdown", "raw"}


def _check_kernel(notebook: dict[str, Any], name: str) -> None:
    kernel = notebook["metadata"].get("kernelspec")
    kernel_name = kernel.get("name") if isinstance(kernel, dict) else None
    if not isinstance(kernel_name, str):
        raise _cannot_run(name, "does not name a kernel", _CHOOSE_KERNEL)
    if kernel_name != _OWN_KERNEL and kernel_name not in KernelSpecManager().find_kernel_specs():
        problem = f"names the kernel {kernel_name!r}, which is not installed"
        raise _cannot_run(name, problem, _CHOOSE_KERNEL)


def _check_parameters_cell(cells: list[dict[str, Any]], name: str) -> None:
    """Without the tag, the cell would set its own values after those of the run."""
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    if len(tagged) != 1:
        found = f"{len(tagged)} cells" if tagged else "no cell"
        remedy = "In JupyterLab, set this tag for the cell that assigns them (Property Inspector)."
        raise _cannot_run(name, f"has {found} tagged `parameters`", remedy)


def _cannot_run(name: str, problem: str, remedy: str) -> NotebookError:
    return NotebookError(f"The notebook {name} {problem}. {remedy}")
