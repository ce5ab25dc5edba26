"""The texts on the map: which members and counties are named, where, and in which size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.sections.components.parts.unset_texts import unset_pieces
from helpers.system.typefaces.letter_widths import text_width
from helpers.system.typefaces.typeface_chain import can_draw

CAPITAL_HEIGHT = 0.66  # the height of a capital letter, in sizes
MAX_NAME_LENGTH = 24  # letters of a name on the map; in a title it is whole
HALF_LINE_HEIGHT = 0.46  # half of the height that a line of text takes


@dataclass(frozen=True)
class MapLabel:
    """A text, its size and width, and how far its centre is below its circle's centre."""

    text: str
    size: float
    width: float
    offset_below: float = 0.0


def short_county(name: str) -> str:
    """Return a county's common name: Västra Götaland for Västra Götalands län.

    The s of the genitive is removed; a name that itself ends in s has none (Borås, Höganäs). A name
    without "län" is returned unchanged.
    """
    match = re.fullmatch(r"(?:(.+[^såäö])s|(.+)) län", name)
    return match[1] or match[2] if match else name


def map_name(name: str, code: str) -> str:
    """What a member is called on the map: its code in brackets where its name cannot be drawn.

    There is no room for a sentence; the name, or that sentence, is in the lists.
    """
    return f"[{code}]" if any(unset_pieces(name, can_draw)) else name


def label_inside(text: str, radius: float, sizes: Sequence[float]) -> MapLabel | None:
    """Return the text within a circle in the largest size that fits; None if no size does."""
    text = _shorten_name(text)
    for size in sizes:
        width = text_width(text, size, "Semibold")
        half, high = width / 2 + 0.3, size * CAPITAL_HEIGHT / 2
        # Large names are for large circles, not for short names.
        apt = size <= radius / 2 or size == sizes[-1]
        if apt and half * half + high * high <= (radius - 1) * (radius - 1):
            return MapLabel(text, size, width)
    return None


def label_under(text: str, radius: float, size: float) -> MapLabel:
    """Return the text directly below a circle, where it takes least space from others."""
    text = _shorten_name(text)
    return MapLabel(
        text, size, text_width(text, size, "Semibold"), radius + size * HALF_LINE_HEIGHT
    )


def free_label(text: str, size: float) -> MapLabel:
    """Return the text without a circle; a mark for a text that cannot be drawn."""
    text = _shorten_name("[…]" if any(unset_pieces(text, can_draw)) else text)
    return MapLabel(text, size, text_width(text, size))


def _shorten_name(text: str) -> str:
    return text if len(text) <= MAX_NAME_LENGTH else text[: MAX_NAME_LENGTH - 1] + "…"


def circles_for_text(label: MapLabel) -> tuple[list[float], float]:
    """Return circles that reserve a text's space: their positions along it, and their radius.

    They overlap, so that no other circle can come between them.
    """
    radius = label.size * HALF_LINE_HEIGHT
    # The round ends reach a little beyond the letters, whose corners are rarely full.
    half = max(label.width / 2 - radius * 0.5, 0.0)
    steps = max(1, int(2 * half / (radius * 1.4)) + 1)
    return [half * (2 * step / steps - 1) for step in range(steps + 1)], radius
