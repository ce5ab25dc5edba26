"""The parts of a section as plain text, for a terminal and for a notebook's text output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.sections.components.parts.section_parts import (
    BulletsPart,
    CalloutPart,
    ChartPart,
    HeadingPart,
    HeadlinePart,
    LetterheadPart,
    NamesPart,
    ParagraphPart,
    PicturePart,
    PreformattedPart,
    QuotationPart,
    RunningText,
    SectionPart,
    SignaturePart,
    TablePart,
)


def part_as_plain(part: SectionPart) -> str:
    """One part as lines of text."""
    return _PLAIN_RENDERERS[type(part)](part)


def running_text_as_plain(text: RunningText) -> str:
    """Running text without its marks."""
    if isinstance(text, str):
        return text
    return "".join(piece if isinstance(piece, str) else piece.text for piece in text)


def _bullets_plain(part: BulletsPart) -> str:
    return "\n".join(f"- {running_text_as_plain(item)}" for item in part.items)


def _table_plain(part: TablePart) -> str:
    lines = [[column.heading for column in part.columns], *part.rows]
    return "\n".join([part.caption, *(" | ".join(line) for line in lines)])


def _chart_plain(part: ChartPart) -> str:
    return "\n".join(filter(None, (part.finding, part.alternative)))


def _letterhead_plain(part: LetterheadPart) -> str:
    return "\n".join([part.sender, part.dated, *part.recipient, part.subject])


_PLAIN_RENDERERS: dict[type, Callable[[Any], str]] = {
    HeadlinePart: lambda part: f"{part.text}\n{part.lead}".rstrip(),
    HeadingPart: lambda part: str(part.text),
    ParagraphPart: lambda part: running_text_as_plain(part.text),
    BulletsPart: _bullets_plain,
    QuotationPart: lambda part: f"{part.text} ({part.source})" if part.source else part.text,
    CalloutPart: lambda part: f"! {running_text_as_plain(part.text)}",
    PreformattedPart: lambda part: str(part.text),
    TablePart: _table_plain,
    NamesPart: lambda part: "\n".join(f"{name} {number}" for name, number in part.items),
    ChartPart: _chart_plain,
    PicturePart: lambda part: str(part.alternative),
    LetterheadPart: _letterhead_plain,
    SignaturePart: lambda part: f"{part.greeting}\n{part.sender}",
}
