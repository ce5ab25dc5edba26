"""The parts of a section as Typst source: a call of report.typ for each."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from helpers.documents.outputs.drawing_check import first_view_box
from helpers.documents.typst.typst_source import (
    TypstCode,
    TypstContent,
    typst_call,
    typst_literal,
)
from helpers.sections.components.block import Block
from helpers.sections.components.parts.section_html import keep_unit_together
from helpers.sections.components.parts.section_parts import (
    BulletsPart,
    CalloutPart,
    ChartPart,
    HeadingPart,
    HeadlinePart,
    LetterheadPart,
    MarkedText,
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

_MAX_HEIGHT_RATIO = 1.22  # times the width of the text: what is left of an A4 page below a heading
_LEAST_LETTERS = 7  # points
_TEXT_WIDTH = 476  # points of an A4 page with the margins of report.typ
_FONT_SIZE = re.compile(r"font-size(?:: |=\")(\d+(?:\.\d+)?)")
_MARK_FUNCTIONS = {
    "strong": "strong(",
    "emphasis": "emph(",
    "code": "raw(",
    "sv": 'text(lang: "sv", ',
    "en": 'text(lang: "en", ',
}
_IMAGE_FORMATS = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}


def section_as_typst(block: Block, recolour: Callable[[str], str] = str) -> str:
    """The parts one below the other; `recolour` gives drawings the colours of a brand."""
    return "\n".join(
        _part_as_typst(_recoloured(part, recolour) if isinstance(part, ChartPart) else part)
        for part in block.parts
    )


def _recoloured(part: ChartPart, recolour: Callable[[str], str]) -> ChartPart:
    return part.model_copy(update={"broad": recolour(part.broad)})


def picture_as_typst(kind: str, content: str, alternative: str) -> str:
    """Return a picture (base64) as Typst markup, at most as wide as the text."""
    return typst_call(
        "own-picture",
        alternative=alternative,
        kind=_IMAGE_FORMATS[kind],
        data=TypstCode.bytes_of(b64decode(content)),
    )


def _part_as_typst(part: SectionPart) -> str:
    return _TYPST_RENDERERS[type(part)](part)


def _running_text(text: RunningText) -> str | TypstContent:
    if isinstance(text, str):
        return text
    return TypstContent("".join(map(_piece_as_typst, text)))


def _piece_as_typst(piece: str | MarkedText) -> str:
    if isinstance(piece, str):
        return f"#{typst_literal(piece)};"
    return f"#{_MARK_FUNCTIONS[piece.mark]}{typst_literal(piece.text)});"


def _heading_as_typst(part: HeadingPart) -> str:
    return f"#heading(level: {part.level}, ..unlisted, {typst_literal(part.text)})"


def _table_as_typst(part: TablePart) -> str:
    if part.paper:
        return "\n".join(map(_table_as_typst, part.paper))
    return typst_call(
        "data-table",
        caption=part.caption,
        headings=[keep_unit_together(column.heading) for column in part.columns],
        aligns=[column.align for column in part.columns],
        widths=[column.width for column in part.columns],
        languages=[column.language for column in part.columns],
        rows=part.rows,
        total=part.total,
    )


def _chart_as_typst(part: ChartPart) -> str:
    size = drawing_size(part.broad)
    return typst_call(
        "chart",
        svg=part.broad,
        finding=part.finding,
        alternative=part.alternative,
        note=part.note,
        width=TypstCode(f"{size.width}%"),
        least=TypstCode(f"{size.least}%"),
        ratio=size.ratio,
    )


@dataclass(frozen=True)
class DrawingSize:
    """A drawing's width on a page in percent of the text's, the least, and height by width."""

    width: float
    least: float
    ratio: float


def drawing_size(svg: str) -> DrawingSize:
    """Return how broad a drawing is on a page, so that heading and note fit there too.

    A drawing whose height exceeds _MAX_HEIGHT_RATIO times its width is narrowed. It may become
    smaller until its smallest letters have _LEAST_LETTERS points; without letters it may not.
    """
    _, _, width, height = map(float, first_view_box(svg).split())
    broad = min(100, 100 * _MAX_HEIGHT_RATIO * width / height)
    letters = min(map(float, _FONT_SIZE.findall(svg)), default=0)
    least = 100 * _LEAST_LETTERS * width / (_TEXT_WIDTH * letters) if letters else broad
    return DrawingSize(*(round(n, 2) for n in (broad, min(broad, least), height / width)))


def _picture_as_typst(part: PicturePart) -> str:
    callout = typst_call("callout", text=part.warning) + "\n" if part.warning else ""
    return callout + picture_as_typst(part.media_type, part.content, part.alternative)


def _letterhead_as_typst(part: LetterheadPart) -> str:
    return typst_call(
        "letterhead",
        sender=part.sender,
        dated=part.dated,
        recipient=part.recipient,
        subject=part.subject,
    )


_TYPST_RENDERERS: dict[type, Callable[[Any], str]] = {
    HeadlinePart: lambda part: typst_call("headline", text=part.text, lead=part.lead),
    HeadingPart: _heading_as_typst,
    ParagraphPart: lambda part: typst_call(
        "lead" if part.role else "prose", text=_running_text(part.text)
    ),
    BulletsPart: lambda part: typst_call("bullets", items=list(map(_running_text, part.items))),
    QuotationPart: lambda part: typst_call(
        "quotation", text=part.text, source=part.source, language=part.language
    ),
    CalloutPart: lambda part: typst_call("callout", text=_running_text(part.text)),
    PreformattedPart: lambda part: typst_call("plain", text=part.text),
    TablePart: _table_as_typst,
    NamesPart: lambda part: typst_call(
        "name-list", label=part.label, items=part.items, language=part.language
    ),
    ChartPart: _chart_as_typst,
    PicturePart: _picture_as_typst,
    LetterheadPart: _letterhead_as_typst,
    SignaturePart: lambda part: typst_call("signature", greeting=part.greeting, sender=part.sender),
}
