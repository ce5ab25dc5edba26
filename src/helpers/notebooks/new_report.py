"""Create the notebook of a new report from the board report's frame and some of its sections."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from helpers.data.round.round_config import round_names
from helpers.data.round.round_inputs import load_inputs
from helpers.documents.outputs.cell_visibility import REMOVE_CELL_TAG
from helpers.errors import ReportError
from helpers.model.parameters import report_params
from helpers.notebooks.source_notebook import check_source_notebook
from helpers.report.board_report import BoardReport
from helpers.system.files import atomic_write, read_bytes
from helpers.system.project_folder import project_root

_REPORT_NAME = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
# The cells of board_report.ipynb that every new report has, by id.
_NEEDED_CELLS = ("parameters", "load", "hand-over")
_FRAME_CELLS = ("parameters", "load", "answer")
# The sections; a report has the ones which apply to its round on its day.
_SECTION_CELLS = (
    "decision", "possible", "price", "over-time", "by-county", "by-group", "method", "quality",
    "provenance",
)  # fmt: skip
_ROUND_PARAMETER = re.compile(r'(?m)^round = "([^"]*)"$')
_SECTION_CALL = re.compile(r"report\.(\w+)\(\)")
_ABOUT_TEXT = """# {name}

A new report. Every section is a question in markdown and one call below it that answers it; move,
delete or add sections. `report.` and the tab key list what can be asked; `report.tables` and
`report.scenarios` answer in tables, `described(figure, "…")` takes a figure of your own. This cell,
the parameters and the last call do not show in the documents.

- Run it: `papermill notebooks/{name}.ipynb {name}-run.ipynb -p as_of {day}`
- Export it: *Save and Export Notebook As*, or `jupyter nbconvert --to board-pdf {name}-run.ipynb`
- Check it: `python -m helpers.notebooks.lint notebooks/{name}.ipynb`. With loops and functions it
  becomes an analyst's notebook: write "analyst" in place of "board" in its metadata.
"""


def create_report_notebook(
    name: str, round_name: str | None = None, as_of: date | None = None
) -> Path:
    """Create notebooks/NAME.ipynb, a report on a round as of a day, and return its path.

    Without a round it is on that of board_report.ipynb or the only one; without a day it shows the
    latest in the register. Its parameters are ReportParams'. Raises ReportError for an invalid name
    or a name that is taken, for a missing or invalid round, if no round is named and there are
    several, and for a board notebook that cannot be read or lacks a cell.
    """
    folder = project_root() / "notebooks"
    path = folder / f"{name}.ipynb"
    if not _REPORT_NAME.fullmatch(name):
        raise ReportError(
            f"{name!r} is not a valid name for a report. Use lowercase letters a to z, digits, "
            "hyphens and underscores, as in county_report."
        )
    if path.exists():
        raise ReportError(f"notebooks/{path.name} already exists. Choose another name.")
    board = _board_notebook(folder / "board_report.ipynb")
    round_name = _usual_round(board) if round_name is None else round_name
    inputs = load_inputs(round_name)
    day = as_of or inputs.register.latest or inputs.round.recommended_on
    report = BoardReport(report_params(round=round_name, as_of=str(day)), inputs)
    notebook = _keep_starting_cells(board, name, report)
    atomic_write(path, f"{nbformat.writes(notebook)}\n".encode())
    return path


def _board_notebook(path: Path) -> NotebookNode:
    content = read_bytes(path).decode(errors="replace")
    check_source_notebook(path, has_parameters=True)
    notebook: NotebookNode = nbformat.reads(content, as_version=4)
    return notebook


def _usual_round(board: NotebookNode) -> str:
    """The round of the board report's parameters, where there is one; else the only round."""
    existing = round_names()
    parameters = next((cell.source for cell in board.cells if cell.get("id") == "parameters"), "")
    named = _ROUND_PARAMETER.search(parameters)
    if named and named[1] in existing:
        return named[1]
    if len(existing) == 1:
        return existing[0]
    listed = ", ".join(existing) or "none yet"
    raise ReportError(f"No round is named. Add --round NAME. The rounds are: {listed}.")


def _keep_starting_cells(board: NotebookNode, name: str, report: BoardReport) -> NotebookNode:
    """Reduce the board report's notebook to the cells that a new report begins with."""
    cells = {cell.get("id"): cell for cell in board.cells}
    if missing := [one for one in _NEEDED_CELLS if one not in cells]:
        raise ReportError(
            f"notebooks/board_report.ipynb has no cell with the id {missing[0]}, with which a new "
            "report begins. Restore it from the project or from a new one (new-project)."
        )
    sections = [one for one in _SECTION_CELLS if one in cells and _applies(cells[one], report)]
    parts = [part for one in sections for part in (f"{one}-q", one) if part in cells]
    kept = [one for one in (*_FRAME_CELLS, *parts, "hand-over") if one in cells]
    values = {"round": report.params.round, "as_of": str(report.params.as_of)}
    about = _ABOUT_TEXT.format(name=name, day=values["as_of"])
    first = new_markdown_cell(about, id="about", metadata={"tags": [REMOVE_CELL_TAG]})
    board.cells = [first, *(cells[id_] for id_ in kept)]
    for parameter, value in values.items():
        cell = cells["parameters"]
        cell.source = re.sub(rf"(?m)^{parameter} = .*$", f'{parameter} = "{value}"', cell.source)
    return board


def _applies(cell: NotebookNode, report: BoardReport) -> bool:
    """Whether the section that a cell calls shows anything of the round on the day."""
    call = _SECTION_CALL.fullmatch(cell.source.strip())
    section = getattr(report, call[1], None) if call else None
    return section is not None and bool(section().parts)
