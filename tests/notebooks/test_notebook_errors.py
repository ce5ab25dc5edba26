"""Errors in a kernel: a ReportError shows its message, and all frames on request."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from helpers.errors import NotebookError
from helpers.notebooks.execution import run_keeping_failure

WRONG = "from helpers import BoardReport\nBoardReport.load(round='nope', as_of='2017-02-22')"


@pytest.fixture(scope="module")
def run() -> NotebookNode:
    sources = [WRONG, "%tb Verbose", "1 / 0", "%xmode Verbose", WRONG]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook: NotebookNode = new_notebook(
        cells=[new_code_cell(source) for source in sources], metadata=spec
    )
    NotebookClient(notebook, allow_errors=True, timeout=120).execute()
    return notebook


def traceback(cell: NotebookNode) -> str:
    [error] = [output for output in cell.outputs if output.output_type == "error"]
    return "\n".join(error.traceback)


def test_a_report_error_shows_its_message_and_how_to_see_more(run: NotebookNode) -> None:
    shown = traceback(run.cells[0])
    assert shown.startswith("ReportError: There is no round named 'nope'. The rounds are: ")
    assert shown.endswith("run: %tb Verbose)")
    assert len(shown.splitlines()) == 3
    assert ".py" not in shown


def test_all_frames_are_shown_on_request(run: NotebookNode) -> None:
    shown = "".join(output.get("text", "") for output in run.cells[1].outputs) + "".join(
        "".join(output.get("traceback", [])) for output in run.cells[1].outputs
    )
    assert "round_folder" in shown
    assert "round_folder" in traceback(run.cells[4])


def test_another_error_keeps_its_frames(run: NotebookNode) -> None:
    shown = traceback(run.cells[2])
    assert "Traceback (most recent call last)" in shown
    assert "%tb" not in shown


def test_papermills_error_is_as_short(tmp_path: Path) -> None:
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = tmp_path / "small.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(WRONG)], metadata=spec), path)
    with pytest.raises(NotebookError, match="There is no round named 'nope'") as caught:
        run_keeping_failure(path, {}, "out.ipynb", tmp_path / "failed")
    assert len(str(caught.value).splitlines()) == 1
