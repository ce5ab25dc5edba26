"""Pictures that a cell showed, each with its text alternative or a note that it has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.documents.content.cell_pictures import picture
from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_tree import Element, Node


def alternative_text(metadata: Mapping[str, Any], kind: str) -> str:
    """Return an output's text alternative, which `IPython.display.Image(alt=…)` and others set."""
    by_type = metadata.get(kind, {})
    found = by_type.get("alt") if isinstance(by_type, Mapping) else None
    return str(found or metadata.get("alt") or "").strip()


def output_picture(kind: str, content: bytes, alternative: str, source: CellSource) -> list[Node]:
    """Return a picture for page and PDF, under a warning if it has no text alternative."""
    warning = "" if alternative else source.loc("Bild utan textalternativ")
    shown = picture(kind, content, alternative, source)
    if not isinstance(shown, Element) or shown.name != "img":
        return [shown]
    if not warning:
        return [Element("figure", [shown], {"class": "own"})]
    shown.attributes["alt"] = warning
    source.warn(
        f"a picture has no text alternative, so the document says “{warning}”",
        'Show a matplotlib figure as described(figure, "…"), or give the cell a metadata entry '
        '"alt".',
    )
    caption = Element("figcaption", [warning], {"class": "callout"})
    return [Element("figure", [shown, caption], {"class": "own"})]
