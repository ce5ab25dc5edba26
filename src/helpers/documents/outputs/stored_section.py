"""Reads the sections that a notebook stores as data; refuses what this version cannot show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import NotebookNode
from pydantic import ValidationError

from helpers.base_model import validation_words
from helpers.documents.outputs.drawing_check import DrawingRefusedError, check_drawing
from helpers.errors import ReportError
from helpers.sections.components.block import HTML_MIME, Block
from helpers.sections.components.parts.section_parts import (
    SECTION_MIME,
    SECTION_MIME_FAMILY,
    CalloutPart,
    ChartPart,
    StoredSection,
)

_OLD_SECTION_MIME = "text/x-typst"  # up to version 0.2, next to HTML: source, not data


def read_stored_section(data: Mapping[str, Any], cell_name: str) -> Block | None:
    """The section in an output by MIME type; None for an output of another program.

    Raises ReportError, naming the cell, for a section of another version or schema.
    """
    if SECTION_MIME in data:
        return _checked_section(data[SECTION_MIME], cell_name)
    kinds = [kind for kind in data if kind.startswith(SECTION_MIME_FAMILY)]
    if kinds or (_OLD_SECTION_MIME in data and HTML_MIME in data):
        raise ReportError(
            f"{cell_name}: the output was stored by another version of funding-report "
            f"({kinds[0] if kinds else _OLD_SECTION_MIME}), which this version does not read. "
            "Run the notebook again, then export it."
        )
    return None


def does_not_apply(data: Mapping[str, Any]) -> bool:
    """Whether an output is a section that states that it does not apply."""
    stored = data.get(SECTION_MIME)
    return isinstance(stored, Mapping) and stored.get("applies") is False


def shows_what_if(notebook: NotebookNode) -> bool:
    """Whether any section in an executed notebook states that it is of a what-if."""
    data = [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", ())]
    sections = [read_stored_section(one, "a cell") for one in data if SECTION_MIME in one]
    parts = [part for section in sections if section for part in section.parts]
    return any(isinstance(part, CalloutPart) and part.what_if for part in parts)


def _checked_section(stored: Any, cell_name: str) -> Block:
    try:
        block = Block(StoredSection.model_validate(stored).parts)
    except ValidationError as error:
        raise _refusal(cell_name, _first_problem(error)) from None
    try:
        for svg in _drawings(block):
            check_drawing(svg)
    except DrawingRefusedError as error:
        raise _refusal(cell_name, f"a drawing is refused: {error}") from None
    return block


def _refusal(cell_name: str, problem: str) -> ReportError:
    return ReportError(
        f"{cell_name}: the output is not a section as funding-report stores it: {problem}. "
        "Run the notebook again, then export it."
    )


def _first_problem(error: ValidationError) -> str:
    """Where the data differ from the schema, as exactly as is known, and how."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    exact = max(found, key=lambda problem: len(problem["loc"]))
    place = ".".join(str(step) for step in exact["loc"])
    what = validation_words(exact)
    if exact["type"] == "value_error":
        return f"{place}: {what}" if place else what
    known = exact["type"] in ("missing", "extra_forbidden")  # of the rest pydantic says too much
    return f"{place or 'the output'} {what if known else 'does not fit'}"


def _drawings(block: Block) -> Iterator[str]:
    for part in block.parts:
        if isinstance(part, ChartPart):
            yield part.broad
            if part.slim is not None:
                yield part.slim
