"""The typeface of every document, and the characters that a page always carries of it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import font_source_sans_pro

FONT_FAMILY = "Source Sans Pro"
FONT_FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
FONT_RULES = Path(__file__).parent / "fonts.css"
WEIGHTS = {400: "Regular", 600: "Semibold", 700: "Bold"}

# Latin with all European letters, and the signs that reports use: dashes, quotes, −, →.
SUBSET_CODE_POINTS = [*range(0x20, 0x180), *range(0x2010, 0x2027), 0x2030, 0x20AC, 0x2192, 0x2212]

# A run of characters that are not among these or that the typeface lacks, with the character
# before it, on which a mark may stand.
UNUSUAL_RUN = re.compile(
    "[^\n\t]?[^\n\t\r\x20-\x7e\u00a0-\u017e\u2012-\u2016\u2018-\u201a\u201c-\u201e"
    "\u2020-\u2022\u2026\u2030\u20ac\u2192\u2212]+"
)


@cache
def read_font_rules() -> str:
    """Return the CSS with the typeface of the pages: a rule a weight, on a line each."""
    return FONT_RULES.read_text("ascii")


@cache
def page_font_faces() -> dict[int, str]:
    """By weight, the CSS rule with the typeface of the pages (see font_subset)."""
    return dict(zip(WEIGHTS, read_font_rules().splitlines(), strict=True))
