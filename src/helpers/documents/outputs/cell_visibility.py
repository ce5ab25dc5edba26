"""Which cells and outputs an author has hidden, as the usual tools mark it."""

from __future__ import annotations

import re

from nbformat import NotebookNode

REMOVE_CELL_TAG = "remove-cell"  # nbconvert's, for what only the analyst reads
# Jupyter Book, MyST and nbconvert, with hyphens or underscores.
_HIDDEN_CELL_TAGS = frozenset({REMOVE_CELL_TAG, "hide-cell"})
_HIDDEN_OUTPUT_TAGS = frozenset({"remove-output", "hide-output"})
_COMMENT_OPTION = re.compile(r"^#\|\s*(output|include)\s*:\s*(false|hide)\s*$", re.IGNORECASE)


def is_cell_hidden(cell: NotebookNode) -> bool:
    """Whether neither a cell's text nor its outputs are for readers."""
    if _tags(cell) & _HIDDEN_CELL_TAGS:
        return True
    return cell.cell_type != "code" and _in_jupyter(cell, "source_hidden")


def are_outputs_hidden(cell: NotebookNode) -> bool:
    """Whether the outputs of a cell are not for readers."""
    if _tags(cell) & _HIDDEN_OUTPUT_TAGS or _in_jupyter(cell, "outputs_hidden"):
        return True
    return cell.metadata.get("collapsed") is True or any(
        _COMMENT_OPTION.match(line) for line in _options(str(cell.source))
    )


def _options(code: str) -> list[str]:
    """The lines of options with which Quarto lets a cell begin."""
    lines = []
    for line in code.lstrip().splitlines():
        if not line.startswith("#|"):
            break
        lines.append(line.strip())
    return lines


def _tags(cell: NotebookNode) -> set[str]:
    tags = cell.metadata.get("tags", [])
    return {str(tag).lower().replace("_", "-") for tag in tags} if isinstance(tags, list) else set()


def _in_jupyter(cell: NotebookNode, key: str) -> bool:
    jupyter = cell.metadata.get("jupyter", {})
    return isinstance(jupyter, dict) and jupyter.get(key) is True
