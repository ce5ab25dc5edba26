"""What stands on the map in words: which members and counties are named, where and how large."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from matplotlib.ft2font import FT2Font, LoadFlags

from helpers.figures.style import FONT_FOLDER

CAP = 0.66  # the height of a capital letter, in sizes
LONGEST = 24  # letters of a name on the map; in a title it is whole
ROOM = 0.46  # half of the height that a line of text takes


@dataclass(frozen=True)
class Label:
    """A text, its size and its width, and how far below its circle's middle its own is."""

    text: str
    size: float
    width: float
    below: float = 0.0


def short_county(name: str) -> str:
    """A county as it is called in speech: Västra Götalands län is Västra Götaland.

    The s of the genitive goes; a name that itself ends in s has none (Borås, Höganäs). A name
    without "län" stays as it is.
    """
    match = re.fullmatch(r"(?:(.+[^såäö])s|(.+)) län", name)
    return match[1] or match[2] if match else name


@lru_cache
def _font(weight: str) -> FT2Font:
    font = FT2Font(str(FONT_FOLDER / f"SourceSansPro-{weight}.ttf"))
    font.set_size(100, 72)
    return font


@lru_cache(maxsize=4096)
def _advance(letter: str, weight: str) -> float:
    if not _font(weight).get_char_index(ord(letter)):
        return 1.0  # of another typeface, which may be as wide as this
    glyph = _font(weight).load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100


def width_of(text: str, size: float, weight: str = "Regular") -> float:
    """The width of a text in our typeface."""
    return size * sum(_advance(letter, weight) for letter in text)


def inside(text: str, radius: float, sizes: Sequence[float]) -> Label | None:
    """The text within a circle, as large as fits; nothing where no size does."""
    text = _cut(text)
    for size in sizes:
        width = width_of(text, size)
        half, high = width / 2 + 0.3, size * CAP / 2
        # Large names are for large circles, not for short names.
        apt = size <= radius / 2 or size == sizes[-1]
        if apt and half * half + high * high <= (radius - 1) * (radius - 1):
            return Label(text, size, width)
    return None


def under(text: str, radius: float, size: float) -> Label:
    """The text right under a circle: there it takes least room from the others."""
    text = _cut(text)
    return Label(text, size, width_of(text, size), radius + size * ROOM)


def standing(text: str, size: float) -> Label:
    """The text by itself, a little bolder."""
    text = _cut(text)
    return Label(text, size, width_of(text, size, "Semibold"))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def room(label: Label) -> tuple[list[float], float]:
    """Circles that together keep a text's room free: how far along each stands, and their radius.

    They overlap, so that nothing comes between them.
    """
    radius = label.size * ROOM
    # The round ends reach a little beyond the letters, whose corners are rarely full.
    half = max(label.width / 2 - radius * 0.5, 0.0)
    steps = max(1, int(2 * half / (radius * 1.4)) + 1)
    return [half * (2 * step / steps - 1) for step in range(steps + 1)], radius
