"""The shipped notebooks by both engines: the same cells, the same page, the same PDF."""

import json
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode

from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.notebooks.engine_choice import ENGINE_VARIABLE
from helpers.notebooks.execution import run_notebook

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
ASKED = [
    ("board_report.ipynb", {"as_of": "2017-02-22"}),
    ("municipality_letter.ipynb", {"as_of": "2017-02-22", "code": "0180", "language": "en"}),
]


@pytest.mark.parametrize(("name", "parameters"), ASKED)
def test_a_forked_process_gives_the_bytes_of_a_fresh_kernel(
    name: str, parameters: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    forked = run_notebook(NOTEBOOKS / name, parameters, "out.ipynb")
    monkeypatch.setenv(ENGINE_VARIABLE, "kernel")
    fresh = run_notebook(NOTEBOOKS / name, parameters, "out.ipynb")
    assert shown(forked) == shown(fresh)
    assert forked.metadata.language_info == fresh.metadata.language_info
    for exporter in (BoardHTMLExporter(), BoardPDFExporter()):
        ours, _ = exporter.from_notebook_node(forked)
        assert ours == exporter.from_notebook_node(fresh)[0]
        assert len(ours) > 10_000


def shown(executed: NotebookNode) -> str:
    """The cells as they are stored, timings aside."""
    cells = [{**cell, "metadata": cell.metadata.get("tags")} for cell in executed.cells]
    return json.dumps(cells, indent=1)
