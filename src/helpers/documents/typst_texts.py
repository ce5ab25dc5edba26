"""The texts of a Typst source made such that Typst can set each: at one place, for all parts.

Typst stops where a PDF/A or PDF/UA would have a character without a picture.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import typst_literal
from helpers.sections.components.unset_texts import replace_unset, replace_unset_names
from helpers.system.typefaces.report_typeface import UNUSUAL_RUN
from helpers.system.typefaces.text_direction import (
    has_right_to_left,
    isolate,
    isolation_pattern,
)

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_SVG_TEXT = re.compile(r"(?<=>)[^<]+")
_NOT_IN_PDF = "\ufeff"  # PDF/UA-1 7.21.8 forbids it; it has no width and no meaning within a text


def settable_source(source: str, names: Mapping[str, str], loc: Localizer) -> str:
    """The source with what no typeface has put in words, and names of other directions isolated.

    All data of a source is in its string literals. `names` are those of members, by code, that
    cannot be set or run from right to left: such a name is replaced or isolated whole.
    """
    if not UNUSUAL_RUN.search(source):
        return source

    def set_text(text: str) -> str:
        return _settable_text(text, names, loc)

    def set_literal(match: re.Match[str]) -> str:
        if not UNUSUAL_RUN.search(match[1]):
            return match[0]
        text = _ESCAPE.sub(lambda escape: _ESCAPED.get(escape[1], escape[1]), match[1])
        is_drawing = text.startswith("<svg ")
        return typst_literal(_settable_drawing(text, set_text) if is_drawing else set_text(text))

    return _LITERAL.sub(set_literal, source)


def _settable_text(text: str, names: Mapping[str, str], loc: Localizer) -> str:
    text = replace_unset_names(text.replace(_NOT_IN_PDF, ""), names, loc)
    text = replace_unset(text, loc)
    if not has_right_to_left(text):
        return text
    return isolation_pattern(names.values()).sub(lambda match: isolate(match[0]), text)


def _settable_drawing(svg: str, set_text: Callable[[str], str]) -> str:
    def replace(match: re.Match[str]) -> str:
        return html.escape(set_text(html.unescape(match[0])), quote=False)

    return _SVG_TEXT.sub(replace, svg)
