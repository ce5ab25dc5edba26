"""Which cell is the reason that Typst refuses a document: its message names none."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from helpers.documents.content.content_tree import Element, walk
from helpers.documents.outputs.cell_outputs import DocumentPart
from helpers.documents.typst.compiler_process import TypesettingError
from helpers.sections.components.parts.section_parts import ChartPart, PicturePart


def explain_refusal(
    parts: Iterable[DocumentPart],
    error: TypesettingError,
    set_alone: Callable[[DocumentPart], object],
) -> str:
    """Return which cell a document cannot be set with and what to do, then Typst's own message.

    `set_alone` sets a part as a document, and raises TypesettingError where Typst refuses it. The
    reason is the first part that Typst refuses with the same message as all of them.
    """
    cell = next((one for one in parts if one.cell and _message(one, set_alone) == str(error)), None)
    return f"{_cause_and_remedy(cell)} Typst, which sets the PDF, states: {error}"


def _message(part: DocumentPart, set_alone: Callable[[DocumentPart], object]) -> str:
    try:
        set_alone(part)
    except TypesettingError as error:
        return str(error)
    return ""


def _cause_and_remedy(part: DocumentPart | None) -> str:
    if part is None:
        return (
            "No cell alone is the reason. Leave out one after the other until it can be made, and "
            "change what that one shows."
        )
    if _has_picture(part):
        return (
            f"The reason is {part.cell}, with a picture that cannot be put into a PDF. Save the "
            "picture again as a PNG in RGB colours, or leave it out, and export again."
        )
    return (
        f"The reason is {part.cell}, whose text cannot be set. Write it more simply, with less "
        "inside each other, or leave it out, and export again."
    )


def _has_picture(part: DocumentPart) -> bool:
    return any(isinstance(one, PicturePart | ChartPart) for one in part.section.parts) or any(
        isinstance(node, Element) and node.name == "img" for node in walk(part.content)
    )
