"""Reduce the pages' typeface to the characters that a report needs: fonts.css.

Run `python -m helpers.system.typefaces.font_subset` when SUBSET_CODE_POINTS or the wheel of
the typeface changes. The result is kept in the repository, because computing it takes a second for
every report.
"""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from helpers.system.typefaces.report_typeface import (
    FONT_FAMILY,
    FONT_FOLDER,
    FONT_RULES,
    SUBSET_CODE_POINTS,
    WEIGHTS,
)


def font_faces() -> str:
    """Return CSS with the typeface embedded, so that a page looks the same without a network."""
    rules = (
        f'@font-face{{font-family:"{FONT_FAMILY}";font-weight:{weight};font-display:swap;'
        f"src:url(data:font/woff2;base64,{_subset_as_base64(name)}) format('woff2')}}"
        for weight, name in WEIGHTS.items()
    )
    return "\n".join(rules)


def _subset_as_base64(name: str) -> str:
    # The licence reserves the name for the complete typeface: a subset must not use it, but must
    # keep the copyright notice.
    options = Options(
        flavor="woff2", layout_features=["kern", "liga", "lnum", "tnum"], obfuscate_names=True
    )
    font = TTFont(FONT_FOLDER / f"SourceSansPro-{name}.ttf", recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=SUBSET_CODE_POINTS)
    subsetter.subset(font)
    font.flavor = "woff2"
    packed = BytesIO()
    font.save(packed, reorderTables=True)
    return b64encode(packed.getvalue()).decode()


if __name__ == "__main__":
    FONT_RULES.write_text(font_faces(), encoding="utf-8")
