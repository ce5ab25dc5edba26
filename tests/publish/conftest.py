"""One executed notebook for all tests of the exporters, made once by a real kernel."""

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.publish.execute import execute
from helpers.publish.exporters import BoardHTMLExporter, BoardPDFExporter

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def executed(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    failed = tmp_path_factory.mktemp("failed")
    notebook = ROOT / "notebooks" / "board_report.ipynb"
    parameters = {"round": "skl-2016", "as_of": "2017-02-22", "language": "sv"}
    return execute(notebook, parameters, "board-report.sv.ipynb", failed)


@pytest.fixture(scope="session")
def page(executed: NotebookNode) -> str:
    return str(BoardHTMLExporter().from_notebook_node(executed)[0])


@pytest.fixture(scope="session")
def pdf(executed: NotebookNode) -> bytes:
    return bytes(BoardPDFExporter().from_notebook_node(executed)[0])


@pytest.fixture
def foreign() -> NotebookNode:
    """An analyst's own notebook, run, that knows nothing of us."""
    outputs = [
        new_output("stream", name="stdout", text="<printed>"),
        new_output("stream", name="stderr", text="warned"),
        new_output("execute_result", data={"text/html": "<b>frame</b>", "text/plain": "frame"}),
        new_output("error", ename="ValueError", evalue="wrong <here>", traceback=[]),
    ]
    cells = [new_markdown_cell("# Min analys\n\nText."), new_code_cell("f()", outputs=outputs)]
    return nbformat.from_dict(new_notebook(cells=cells))
