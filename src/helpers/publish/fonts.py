"""The report's typeface as data inside the page, cut down to the letters that a report needs."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from helpers.figures.style import FONT, FONT_FOLDER

WEIGHTS = {400: "Regular", 600: "Semibold", 700: "Bold"}

# Latin with all European letters, and the signs that reports use: dashes, quotes, −, ●, →.
LETTERS = [*range(0x20, 0x180), *range(0x2010, 0x2027), 0x2030, 0x20AC, 0x2192, 0x2212, 0x25CF]


@lru_cache
def font_faces() -> str:
    """CSS that carries the typeface itself, so that a page looks the same with no network."""
    rules = (
        f'@font-face{{font-family:"{FONT}";font-weight:{weight};font-display:swap;'
        f"src:url(data:font/woff2;base64,{_subset(name)}) format('woff2')}}"
        for weight, name in WEIGHTS.items()
    )
    return "\n".join(rules)


def _subset(name: str) -> str:
    options = Options(flavor="woff2", layout_features=["kern", "liga", "lnum", "tnum"])
    font = TTFont(FONT_FOLDER / f"SourceSansPro-{name}.ttf", recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    font.flavor = "woff2"
    packed = BytesIO()
    font.save(packed, reorderTables=True)
    return b64encode(packed.getvalue()).decode()
