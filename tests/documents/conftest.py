"""An analyst's own notebook, for the tests of the exporters."""

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output


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
    notebook: NotebookNode = nbformat.from_dict(new_notebook(cells=cells))
    return notebook
