"""The families that matplotlib draws a chart's texts in, and those of texts in other scripts."""

from __future__ import annotations

from functools import lru_cache

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties

from helpers.system.typefaces.drawing_typeface import drawing_typeface
from helpers.system.typefaces.report_typeface import FONT_FAMILY, FONT_FOLDER, UNUSUAL_RUN
from helpers.system.typefaces.typeface_chain import Typeface, typefaces_for


def drawn_families() -> list[str]:
    """The families that matplotlib draws in: a brand's, which may lack a character, and ours."""
    _register_font()
    brand = drawing_typeface()
    return [*([_registered_name(brand)] if brand else []), FONT_FAMILY]


def font_for(text: str, font: FontProperties) -> FontProperties:
    """The font, for a text with other characters followed by the typefaces that have them."""
    if not UNUSUAL_RUN.search(text):
        return font
    others = map(_registered_name, typefaces_for(text))
    families = [*font.get_family(), *drawn_families(), *others]
    chain = font.copy()
    chain.set_family(list(dict.fromkeys(families)))
    return chain


@lru_cache
def _registered_name(typeface: Typeface) -> str:
    """The name by which matplotlib finds a typeface, whose files it gets the first time."""
    for face in dict.fromkeys(typeface.faces.values()):
        font_manager.fontManager.addfont(face.path)
    return font_manager.FontProperties(fname=typeface.regular.path).get_name()


@lru_cache
def _register_font() -> None:
    for weight in ("Regular", "Semibold", "Bold"):
        font_manager.fontManager.addfont(FONT_FOLDER / f"SourceSansPro-{weight}.ttf")
