"""The cell that content comes from: its name in warnings, and where its pictures are."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from helpers.i18n.localizer import Localizer

_MAX_FIRST_LINE = 60  # characters of a cell's first line in a warning

_logger = logging.getLogger("funding-report")


@dataclass(frozen=True)
class CellSource:
    """A cell of a notebook, for reading its content and for warning about it."""

    number: int
    first_line: str
    loc: Localizer
    folder: Path | None = None
    attachments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    widgets: Mapping[str, Any] = field(default_factory=dict)
    warns: bool = True

    @property
    def name(self) -> str:
        """The cell by its number and its first line, as every warning and refusal names it."""
        return (
            f"cell {self.number} (“{self.first_line}”)"
            if self.first_line
            else (f"cell {self.number}")
        )

    def warn(self, problem: str, remedy: str) -> None:
        """Log what the document does not show as the notebook does, and what to do."""
        if self.warns:
            _logger.warning("%s: %s. %s", self.name, problem, remedy)

    def silent(self) -> CellSource:
        """The same cell, for reading content of which it is not yet known whether it is shown."""
        return replace(self, warns=False)


def source_of_cell(
    cell: NotebookNode, number: int, notebook: NotebookNode, folder: Path | None, loc: Localizer
) -> CellSource:
    """Describe a cell of a notebook; cells are counted from 1."""
    lines = (line.strip() for line in str(cell.source).splitlines())
    first = next(filter(None, lines), "")
    short = first if len(first) <= _MAX_FIRST_LINE else f"{first[: _MAX_FIRST_LINE - 1]}…"
    stored = notebook.metadata.get("widgets", {})
    widgets = stored.get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    return CellSource(
        number=number,
        first_line=short.encode("utf-8", "replace").decode(),
        loc=loc,
        folder=folder,
        attachments=cell.get("attachments", {}),
        metadata=cell.metadata,
        widgets=widgets,
    )
