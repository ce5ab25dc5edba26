"""Changes the texts of a Typst source so that Typst can set each, in one pass for all parts.

Typst stops where a PDF/A or PDF/UA would have a character without a picture.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import NamedTuple

from helpers.documents.typst.typst_source import typst_literal
from helpers.i18n.localizer import Localizer
from helpers.sections.components.parts.unset_texts import (
    Settable,
    replace_unset,
    replace_unset_names,
)
from helpers.system.typefaces.report_typeface import UNUSUAL_RUN
from helpers.system.typefaces.text_clusters import for_drawing
from helpers.system.typefaces.text_direction import has_right_to_left, isolate, isolation_pattern
from helpers.system.typefaces.typeface_chain import can_draw, can_set, is_own

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_SVG_TEXT = re.compile(r"(?<=>)[^<]+")
# Typst ends a line at each of these, but knows the end of an isolated text before \n alone.
_LINE_ENDS = re.compile("\r\n|[\r\x0c\x85\u2028\u2029]")
_NOT_IN_PDF = "\ufeff"  # PDF/UA-1 7.21.8 forbids it; it has no width and no meaning within a text


class Scope(NamedTuple):
    """Which clusters are set in texts and in drawings; what is not is put in words."""

    in_texts: Settable
    in_drawings: Settable


# In the order of trying: the last is what Typst can always set, our own typeface.
SCOPES = (Scope(can_set, can_draw), Scope(can_set, is_own), Scope(is_own, is_own))


def settable_source(source: str, names: Mapping[str, str], loc: Localizer, scope: Scope) -> str:
    """The source with what no typeface has put in words, and names of other directions isolated.

    All data of a source is in its string literals. `names` are those of members, by code, that
    cannot be set or run from right to left: such a name is replaced or isolated whole. `scope`
    decides what can be set in texts and in drawings.
    """
    if not UNUSUAL_RUN.search(source):
        return source

    def set_literal(match: re.Match[str]) -> str:
        if not UNUSUAL_RUN.search(match[1]):
            return match[0]
        text = _ESCAPE.sub(lambda escape: _ESCAPED.get(escape[1], escape[1]), match[1])
        if text.startswith("<svg "):
            return typst_literal(_settable_drawing(text, names, loc, scope.in_drawings))
        return typst_literal(_settable_text(text, names, loc, scope.in_texts))

    return _LITERAL.sub(set_literal, source)


def _settable_text(text: str, names: Mapping[str, str], loc: Localizer, settable: Settable) -> str:
    text = _LINE_ENDS.sub("\n", text.replace(_NOT_IN_PDF, ""))
    text = replace_unset_names(text, names, loc, settable)
    text = replace_unset(text, loc, settable)
    if not has_right_to_left(text):
        return text
    return isolation_pattern(names.values()).sub(lambda match: isolate(match[0]), text)


def _settable_drawing(
    svg: str, names: Mapping[str, str], loc: Localizer, settable: Settable
) -> str:
    def replace(match: re.Match[str]) -> str:
        text = for_drawing(html.unescape(match[0]))
        text = replace_unset_names(text, names, loc, settable)
        return html.escape(replace_unset(text, loc, settable), quote=False)

    return _SVG_TEXT.sub(replace, svg)
