"""Cuts the typeface of the pages down to the letters that a report needs: templates/fonts.css.

Run it, `python -m helpers.documents.font_subset`, when LETTERS or the typeface's wheel changes. It
is done once and kept, since it takes a second, which every report would wait for.
"""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from helpers.documents.page_templates import TEMPLATE_FOLDER
from helpers.system.typefaces.report_typeface import (
    FONT_FAMILY,
    FONT_FOLDER,
    SUBSET_CODE_POINTS,
    WEIGHTS,
)


def font_faces() -> str:
    """CSS that carries the typeface itself, so that a page looks the same with no network."""
    rules = (
        f'@font-face{{font-family:"{FONT_FAMILY}";font-weight:{weight};font-display:swap;'
        f"src:url(data:font/woff2;base64,{_subset_as_base64(name)}) format('woff2')}}"
        for weight, name in WEIGHTS.items()
    )
    return "\n".join(rules)


def _subset_as_base64(name: str) -> str:
    # Its licence keeps the name for the whole typeface: a part goes without, the notice stays.
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
    (TEMPLATE_FOLDER / "fonts.css").write_text(font_faces(), encoding="utf-8")
