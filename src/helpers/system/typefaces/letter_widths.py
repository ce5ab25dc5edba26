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
    return sum(map(_letter_widths(weight, brand).__getitem__, text))


@lru_cache(maxsize=16)
def _letter_widths(weight: str, brand: Typeface | None) -> _LetterWidths:
    return _LetterWidths(weight, brand)


class _LetterWidths(dict[str, float]):
    """The width of each letter of size 1; of a third typeface, which may be as wide as this, 1."""

    def __init__(self, weight: str, brand: Typeface | None) -> None:
        faces = [one.faces[_WEIGHT_NUMBERS[weight]] for one in (brand, _own_typeface()) if one]
        self._advances = list(map(advances_of, faces))

    def __missing__(self, letter: str) -> float:
        found = (advances[ord(letter)] for advances in self._advances if ord(letter) in advances)
        self[letter] = next(found, 1.0)
        return self[letter]


@cache
def _own_typeface() -> Typeface:
    return typeface_chain()[0]
