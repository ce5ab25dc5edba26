"""A pseudo-language: its catalogue puts each message between « and ».

What a document then shows outside them is data, or a text that no language can translate.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from gettext import NullTranslations

import pytest
from babel import Locale

from helpers.i18n import localizer

# Units of amounts and Babel's words: they come from tables by language, not from a catalogue.
_SWEDISH = Locale("sv")
NOT_TEXTS = {
    "kr",
    "tkr",
    "mnkr",
    "mdkr",
    "SEK",
    "EUR",
    "HTML",
    "PDF",
    "och",
    "CSV",
    "XLSX",
    "SHA",
    "EXEMPEL",
}
NOT_TEXTS |= {
    name.rstrip(".")
    for width in ("wide", "abbreviated")
    for name in _SWEDISH.months["format"][width].values()
}
_ATTRIBUTES = re.compile(r'(?:aria-label|alt|title)="([^"]*)"')
_NO_TEXT = re.compile(r"<(style|script)\b.*?</\1>|<!--.*?-->", re.DOTALL)


class PseudoTranslations(NullTranslations):
    """Puts each message between quotation marks that no text has."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{msgid1 if n == 1 else msgid2}»"


@pytest.fixture
def pseudo_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(localizer, "load_catalog", lambda language: PseudoTranslations())


def outside_a_catalogue(text: str, data: re.Pattern[str]) -> list[str]:
    """The words of a text that no message has and that are not data."""
    rest = text
    while "«" in rest:
        shorter = re.sub(r"«[^«»]*»", " ", rest)
        if shorter == rest:
            break
        rest = shorter
    rest = data.sub(" ", re.sub(r"\b[0-9a-f]{12,64}\b", "", rest.replace("\u00a0", " ")))
    return [word for word in re.findall(r"[^\W\d_]{2,}", rest) if word not in NOT_TEXTS]


def texts_of_page(page: str) -> Iterator[str]:
    """What a page shows, and what a screen reader says of it."""
    shown = _NO_TEXT.sub("", page)
    yield from map(html.unescape, re.findall(r">([^<>]+)<", shown))
    yield from map(html.unescape, _ATTRIBUTES.findall(shown))
