"""Finds cells that someone has written into the board notebook, which all rounds share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

from helpers.documents.outputs.cell_visibility import REMOVE_CELL_TAG
from helpers.i18n.catalogues.message_catalogs import load_catalog
from helpers.model.settings.commentary import COMMENTED_SECTIONS
from helpers.notebooks.source_notebook import check_source_notebook

_OWN_CALLS = {f"report.{name}()" for name in (*COMMENTED_SECTIONS, "about", "hand_over")}
_COMMENTARY_REMEDY = (
    "Write comments in the round's commentary.toml, and what only one report needs in a separate "
    "notebook: funding-report new-report NAME"
)


def describe_added_cells(notebook: Path) -> list[str]:
    """A sentence for each cell that the shipped notebook does not have.

    The shipped texts are those with a translation, the shipped calls those of the report. A missing
    notebook has none. Raises NotebookError for a notebook that cannot be run.
    """
    if not notebook.is_file():
        return []
    check_source_notebook(notebook, has_parameters=True)
    return [
        f"Cell {number} of {notebook.name} is in the notebook that all rounds share, and so in the "
        f"report of each. {_COMMENTARY_REMEDY}"
        for number in _added_cells(notebook)
    ]


def _added_cells(notebook: Path) -> Iterator[int]:
    translations = load_catalog("en")
    for number, cell in enumerate(nbformat.read(notebook, as_version=4).cells, start=1):
        source = cell.source.strip()
        if not source or REMOVE_CELL_TAG in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            if translations.gettext(cell.source) == cell.source:
                yield number
        elif re.sub(r"\(.*\)\Z", "()", source, flags=re.DOTALL) not in _OWN_CALLS:
            yield number
