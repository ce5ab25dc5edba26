"""How wide a text is in the typeface of the documents."""

from __future__ import annotations

from functools import lru_cache

from fontTools.ttLib import TTFont

from helpers.system.typefaces.report_typeface import FONT_FOLDER


def text_width(text: str, size: float = 1.0, weight: str = "Regular") -> float:
    """Return the width of a text, in the unit of its size; `weight` is that of a font file."""
    return size * sum(_letter_advance(letter, weight) for letter in text)


@lru_cache(maxsize=4096)
def _letter_advance(letter: str, weight: str) -> float:
    """The width of a letter of size 1; of another typeface, which may be as wide as this, 1."""
    font = _load_font(weight)
    glyph = font.getBestCmap().get(ord(letter))
    return float(font["hmtx"][glyph][0]) / font["head"].unitsPerEm if glyph else 1.0


@lru_cache
def _load_font(weight: str) -> TTFont:
    return TTFont(FONT_FOLDER / f"SourceSansPro-{weight}.ttf", lazy=True)
