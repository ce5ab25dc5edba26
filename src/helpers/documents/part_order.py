"""The headings of a document's parts: their levels and addresses, and the table of contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from helpers.documents.content.content_tree import Element, text_of, walk
from helpers.documents.content.heading_levels import HEADING_NAMES, HeadingOrder, heading_anchor
from helpers.documents.outputs.cell_outputs import DocumentPart
from helpers.sections.components.block import Block
from helpers.sections.components.parts.section_parts import (
    HeadingPart,
    HeadlinePart,
    LetterheadPart,
    SectionPart,
)

_FEWEST_HEADINGS = 3  # that are listed as contents


@dataclass(frozen=True)
class Heading:
    """A heading for the table of contents."""

    level: int
    text: str
    anchor: str


def settle_headings(parts: Sequence[DocumentPart]) -> list[DocumentPart]:
    """Return the parts with headings that skip no level, and with links that lead to them."""
    order = HeadingOrder()
    settled = []
    for part in parts:
        order.settle(part.content, is_output=part.is_output)
        settled.append(_with_levels(part, order) if part.section.parts else part)
    for part in settled:
        _settle_links(part, order.anchors)
    return settled


def contents_of(parts: Sequence[DocumentPart]) -> list[Heading]:
    """The headings to list: those of level 2, or of level 1 where a notebook has no others."""
    found = [
        Heading(int(node.attributes["level"]), text_of(node.children), node.attributes["id"])
        for part in parts
        for node in walk(part.content)
        if isinstance(node, Element) and node.name in HEADING_NAMES
        if "unlisted" not in node.attributes
    ]
    level = 2 if any(heading.level == 2 for heading in found) else 1
    return [heading for heading in found if heading.level == level]


def has_contents(parts: Sequence[DocumentPart], kind: str) -> bool:
    """Whether a document lists its headings; a letter does not (see Document.kind)."""
    return kind == "report" and len(contents_of(parts)) >= _FEWEST_HEADINGS


def parts_before_contents(parts: Sequence[DocumentPart]) -> int:
    """Return how many parts precede the table of contents: all to the first with a title.

    A heading of level 2 before the title is an error in PDF/UA, and an analyst's cell may show
    something before it.
    """
    titled = (number for number, part in enumerate(parts, start=1) if _has_title(part))
    return next(titled, 1)


def _has_title(part: DocumentPart) -> bool:
    return any(
        isinstance(one, HeadlinePart | LetterheadPart)
        or (isinstance(one, HeadingPart) and int(one.level) == 1)
        for one in part.section.parts
    ) or any(
        isinstance(node, Element)
        and node.name in HEADING_NAMES
        and node.attributes.get("level") == "1"
        for node in walk(part.content)
    )


def _with_levels(part: DocumentPart, order: HeadingOrder) -> DocumentPart:
    """A part whose section's headings have their levels in the document."""
    return replace(part, section=Block(tuple(_levelled(p, order) for p in part.section.parts)))


def _levelled(part: SectionPart, order: HeadingOrder) -> SectionPart:
    if isinstance(part, HeadlinePart | LetterheadPart):
        order.level(1)
    elif isinstance(part, HeadingPart):
        level = order.level(part.level)
        if level != part.level:  # not checked again: a section is stored with level 3 or 4
            return part.model_copy(update={"level": level})
    return part


def _settle_links(part: DocumentPart, anchors: frozenset[str]) -> None:
    for node in walk(part.content):
        if isinstance(node, Element) and "to" in node.attributes:
            target = unquote(node.attributes.pop("to"))
            found = target if target in anchors else heading_anchor(target)
            if found in anchors:
                node.attributes["href"] = f"#{found}"
