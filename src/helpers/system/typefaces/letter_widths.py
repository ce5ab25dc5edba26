"""How wide a text is in the typeface that is drawn in (see drawing_typeface)."""

from __future__ import annotations

from functools import cache, lru_cache

from helpers.system.typefaces.drawing_typeface import drawing_typeface
from helpers.system.typefaces.font_tables import advances_of
from helpers.system.typefaces.report_typeface import WEIGHTS
from helpers.system.typefaces.typeface_chain import Typeface, typeface_chain

_WEIGHT_NUMBERS = {name: number for number, name in WEIGHTS.items()}


def text_width(text: str, size: float = 1.0, weight: str = "Regular") -> float:
    """Return the width of a text, in the unit of its size; `weight` is one of WEIGHTS."""
    return size * _width_of_size_one(text, weight, drawing_typeface())


@lru_cache(maxsize=4096)  # a cell is measured for the page and for each of the drawings
def _width_of_size_one(text: str, weight: str, brand: Typeface | None) -> float:
    return sum(_letter_advance(letter, weight, brand) for letter in text)


@lru_cache(maxsize=4096)
def _letter_advance(letter: str, weight: str, brand: Typeface | None) -> float:
    """The width of a letter of size 1; of a third typeface, which may be as wide as this, 1."""
    for typeface in (brand, _own_typeface()):
        advances = advances_of(typeface.faces[_WEIGHT_NUMBERS[weight]]) if typeface else {}
        if ord(letter) in advances:
            return advances[ord(letter)]
    return 1.0


@cache
def _own_typeface() -> Typeface:
    return typeface_chain()[0]
