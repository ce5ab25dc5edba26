"""Completes a page: fonts for the characters in it, and texts from right to left kept apart.

What no typeface has stays as it is, for the fonts of the reader.
"""

from __future__ import annotations

import html
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping

from markupsafe import escape

from helpers.i18n.localizer import Localizer
from helpers.system.typefaces.report_typeface import FONT_FAMILY, UNUSUAL_RUN
from helpers.system.typefaces.text_clusters import split_clusters
from helpers.system.typefaces.text_direction import has_right_to_left, isolation_pattern
from helpers.system.typefaces.typeface_chain import can_set, characters_by_typeface, typeface_chain

# A character that HTML has no way to write: browsers drop it or show a replacement.
_NOT_IN_HTML = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Tags, and what is not running text.
_MARKUP = re.compile(r"(<svg\b.*?</svg>|<style\b.*?</style>|<title>.*?</title>|<[^>]*>)", re.DOTALL)
_CUT_FAMILY = "part"  # a licence may reserve a typeface's own name for the whole of it


def complete_page(page: str, names: Mapping[str, str], loc: Localizer) -> str:
    """The page with a font for each character that a typeface of the chain has.

    `names` are those of members, by code, of which the ones that run from right to left are
    isolated whole; other such texts by themselves.
    """
    page = _NOT_IN_HTML.sub(
        lambda match: f"[{loc('tecknet {code}', code=f'U+{ord(match[0]):04X}')}]", page
    )
    if not UNUSUAL_RUN.search(page):
        return page
    if has_right_to_left(page):
        page = _isolate_right_to_left(page, names.values())
    # Before the faces that every page has: of two that have a character the last one counts.
    page = page.replace("<style>\n", f"<style>\n{_extra_font_faces(page)}", 1)
    return page.replace("</style>", f"{_box_face()}</style>", 1) if _lacks_fonts(page) else page


def _lacks_fonts(page: str) -> bool:
    clusters = {one for run in UNUSUAL_RUN.findall(page) for one in split_clusters(run)}
    return not all(map(can_set, clusters))


def _box_face() -> str:
    """CSS for the box that a browser shows where the reader's fonts lack a character, too.

    It is that of the font that has the blank; in the one of every page it would be an empty space.
    """
    cuts = typeface_chain()[0].cut(frozenset({ord(" ")}), _CUT_FAMILY)
    return "".join(_font_face(weight, "U+20", font) for weight, font in cuts.items())


def _extra_font_faces(text: str) -> str:
    """CSS with a part of each typeface that the text needs, under the family of the page."""
    rules = []
    found = characters_by_typeface(text)
    for typeface in reversed(found):
        ranges = ",".join(f"U+{code:X}" for code in sorted(found[typeface]))
        for weight, font in typeface.cut(found[typeface], _CUT_FAMILY).items():
            rules.append(_font_face(weight, ranges, font))
    return "".join(rules)


def _font_face(weight: int, ranges: str, font: bytes) -> str:
    return (
        f'@font-face{{font-family:"{FONT_FAMILY}";font-weight:{weight};font-display:swap;'
        f"unicode-range:{ranges};src:url(data:font/ttf;base64,{b64encode(font).decode()})}}\n"
    )


def _isolate_right_to_left(page: str, names: Iterable[str]) -> str:
    pattern = isolation_pattern({form for name in names for form in _as_in_html(name)})
    parts = _MARKUP.split(page)
    parts[::2] = [pattern.sub(r"<bdi>\g<0></bdi>", text) for text in parts[::2]]
    return "".join(parts)


def _as_in_html(name: str) -> set[str]:
    """A name as our templates and as markdown escape it."""
    return {str(escape(name)), html.escape(name), html.escape(name, quote=False)}
