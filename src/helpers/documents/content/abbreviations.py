"""Marks the abbreviations of a page: what each is short for, where it comes first."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import escape

from helpers.model.localized_text import Language

# Tags, and what is not running text: drawings, style sheets, code and formulas.
_WITHOUT_TEXT = ("svg", "style", "pre", "code", "math")
_OUTSIDE_TEXT = re.compile(
    "(" + "|".join(rf"<{tag}\b.*?</{tag}>" for tag in _WITHOUT_TEXT) + r"|<[^>]*>)", re.DOTALL
)
_SENDER = re.compile(r"(?P<name>.+) \((?P<short>[^()]{2,12})\)")
# A further language has none here: the words of its amounts are those of its catalogue.
_USUAL: dict[Language, dict[str, str]] = {
    "sv": {
        "mnkr": "miljoner kronor",
        "mdkr": "miljarder kronor",
        "tkr": "tusen kronor",
        "SCB": "Statistiska centralbyrån",
    },
    "en": {"SEK": "Swedish kronor", "SCB": "Statistics Sweden"},
}


def abbreviations(sender: str, language: Language) -> dict[str, str]:
    """What the abbreviations of a report are short for; `sender` may be "Name (SHORT)"."""
    named = _SENDER.fullmatch(sender)
    return _USUAL.get(language, {}) | ({named["short"]: named["name"]} if named else {})


def mark_abbreviations(page: str, known: Mapping[str, str]) -> str:
    """The page with an `abbr` around each abbreviation where its main part first has it."""
    head, start, main = page.partition("<main")
    left = {str(escape(short)): str(escape(full)) for short, full in known.items()}
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, left))})(?!\w)")

    def marked(match: re.Match[str]) -> str:
        full = left.pop(match[1], "")
        return f'<abbr title="{full}">{match[1]}</abbr>' if full else match[1]

    pieces = _OUTSIDE_TEXT.split(main)
    pieces[::2] = [pattern.sub(marked, text) for text in pieces[::2]]
    return head + start + "".join(pieces)
