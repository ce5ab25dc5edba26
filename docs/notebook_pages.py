"""Part of the site's build: the notebooks, run and written as pages below reference/notebooks/.

They are made by our own exporter, as JupyterLab's menu makes them, so that a page looks like the
report itself and fetches nothing. Before each answer stands the call that gave it.
"""

from __future__ import annotations

import json
import logging
from contextlib import chdir
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from sphinx.application import Sphinx

from helpers.documents.document import read_hand_over
from helpers.documents.exporters import BoardHTMLExporter
from helpers.documents.outputs.stored_section import does_not_apply
from helpers.documents.translation import translate_notebook
from helpers.model.currency import SEK
from helpers.notebooks.execution import run_notebook
from helpers.report.board_report import BoardReport

ROOT = Path(__file__).resolve().parents[1]
ENGLISH = {"language": "en"}
FIGURES = "build/open-calculation-figures.json"
PARAMETERS = {
    "explore": ENGLISH,
    "open_calculation": {"figures": FIGURES},
    "board_report": ENGLISH,
    "municipality_letter": ENGLISH,
    "request_letter": ENGLISH,
    "reminder_letter": ENGLISH,
    "member_paper": ENGLISH,
    "credit_letter": ENGLISH,
}
BACK = (
    '<p><a href="../notebooks.html">Documentation</a> · '
    "<code>notebooks/{name}.ipynb</code>, run and exported</p>"
)


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls when it loads this."""
    app.connect("build-finished", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_pages(app: Sphinx, failed: Exception | None) -> None:
    """Write a page for each notebook, once the site stands."""
    if failed or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "reference" / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    for library in ("fontTools", "papermill"):  # they tell of each step where anyone logs
        logging.getLogger(library).setLevel(logging.WARNING)
    with chdir(ROOT):
        write_figures(ROOT / FIGURES)
        for name in PARAMETERS:
            (folder / f"{name}.html").write_text(page(name), encoding="utf-8", newline="\n")


def write_figures(path: Path) -> None:
    """Write key figures as a release has them, for the open calculation to compare itself with."""
    report = BoardReport.load(round="skl-2016", as_of="2017-02-22")
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(report.figures), encoding="utf-8")


def page(name: str) -> str:
    """A notebook, run in English, as one offline page."""
    executed = run_notebook(
        ROOT / "notebooks" / f"{name}.ipynb", dict(PARAMETERS[name]), f"{name}.ipynb"
    )
    handed = read_hand_over(executed) or {}
    translate_notebook(executed, "en", handed.get("words"), handed.get("currency", SEK))
    executed.cells = [part for cell in executed.cells for part in _with_its_call(cell)]
    html, _ = BoardHTMLExporter().from_notebook_node(executed)
    return html.replace("</header>", f"{BACK.format(name=name)}</header>", 1)


def _with_its_call(cell: NotebookNode) -> list[NotebookNode]:
    if cell.cell_type != "code":
        return [cell]
    call = f"```python\n{cell.source}\n```"
    shown = [output["data"] for output in cell.outputs if "data" in output]
    if shown and all(map(does_not_apply, shown)):
        return [new_markdown_cell(f"{call}\n\nNothing to tell of this round on this day.")]
    return [new_markdown_cell(call), cell]
