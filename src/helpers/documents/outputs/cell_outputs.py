"""What each output of a notebook becomes in a document: a section of ours, or another's content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from nbformat import NotebookNode

from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_tree import Node
from helpers.documents.outputs.output_forms import read_forms
from helpers.documents.outputs.output_lines import (
    joined_forms,
    joined_lines,
    read_failure,
    read_printed,
)
from helpers.documents.outputs.stored_section import does_not_apply, read_stored_section
from helpers.report.hand_over import FIGURES_MIME
from helpers.sections.components.block import EMPTY_BLOCK, Block


@dataclass(frozen=True)
class DocumentPart:
    """Content of the notebook as a tree, or a section of ours as its output stores it.

    Only the headings of a text are listed among the contents, not those of an output. `cell` names
    the cell that it comes from, if it is one's.
    """

    content: list[Node] = field(default_factory=list)
    section: Block = EMPTY_BLOCK
    is_output: bool = False
    starts_page: bool = False  # on paper
    applies: bool = True
    cell: str = field(default="", compare=False)


# What a section that does not apply becomes; another program's blank output does not equal it.
DOES_NOT_APPLY = DocumentPart(is_output=True, applies=False)


def read_outputs(cell: NotebookNode, source: CellSource) -> Iterator[DocumentPart]:
    """Yield the outputs of a cell as parts of a document, without outputs that no reader is shown.

    Raises ReportError for a section that is not as this version stores it.
    """
    for output in _joined_streams(cell.get("outputs", [])):
        part = _read_output(output, source)
        if part is not None:
            yield replace(part, cell=source.name)


def _joined_streams(outputs: list[NotebookNode]) -> Iterator[Any]:
    """Outputs, of which adjacent prints to one stream are one: a bar is redrawn over several."""
    held: dict[str, Any] | None = None
    for output in outputs:
        is_stream = output.output_type == "stream"
        text = joined_lines(output.get("text", "")) if is_stream else ""
        if held is not None and is_stream and held["name"] == output.name:
            held["texts"].append(text)
            continue
        if held is not None:
            yield held
        held = {"name": output.name, "texts": [text]} if is_stream else None
        if not is_stream:
            yield output
    if held is not None:
        yield held


def _read_output(output: Any, source: CellSource) -> DocumentPart | None:
    if "texts" in output:
        # A blank output is a part too, which shows nothing.
        return DocumentPart(read_printed("".join(output["texts"]), source), is_output=True)
    if output.output_type == "error":
        return DocumentPart(read_failure(output, source), is_output=True)
    data = joined_forms(output.get("data", {}))
    section = read_stored_section(data, source.name)
    if section is not None:
        return (
            DOES_NOT_APPLY
            if does_not_apply(data)
            else DocumentPart(section=section, is_output=True)
        )
    if FIGURES_MIME in data:
        return None
    metadata = {**source.metadata, **output.get("metadata", {})}
    return DocumentPart(read_forms(data, metadata, source), is_output=True)
