"""Units and small numbers in words, for headings and running text: 77 procent, de tio största."""

from __future__ import annotations

import re

from helpers.i18n.localizer import Localizer
from helpers.i18n.money_units import NBSP
from helpers.model.localized_text import Language

_SPELLED_OUT = {
    "%": "procent",
    "kr": "kronor",
    "mnkr": f"miljoner{NBSP}kronor",
    "mdkr": f"miljarder{NBSP}kronor",
}

# From two to twelve; "one" has a gender in Swedish, and its sentences are their own.
_SMALL_NUMBERS: dict[Language, str] = {
    "sv": "två tre fyra fem sex sju åtta nio tio elva tolv",
    "en": "two three four five six seven eight nine ten eleven twelve",
}


def spell_out(number: str, loc: Localizer) -> str:
    """Return a number of ours with its Swedish unit in words; in English it stays as it is."""
    before, _, unit = number.rpartition(NBSP)
    if loc.language != "sv" or unit not in _SPELLED_OUT:
        return number
    return f"{before}{NBSP}{_SPELLED_OUT[unit]}"


def percent_in_words(text: str) -> str:
    """Running text with "procent" for the sign, except in parentheses and quotations.

    The rule is in docs/explanation/style.md. The sign has a space before it in Swedish alone, so
    that other languages keep theirs.
    """
    return re.sub(rf"\([^()]*\)|[”“][^”]*”|(?<=\d{NBSP})%", _percent_word, text)


def _percent_word(found: re.Match[str]) -> str:
    return _SPELLED_OUT["%"] if found[0] == "%" else found[0]


def number_in_words(number: int, loc: Localizer) -> str:
    """A number of things in running text: two to twelve in words, others in figures.

    A further language has all in figures, whose words its catalogue need not know.
    """
    words = _SMALL_NUMBERS.get(loc.language, "").split()
    return words[number - 2] if 2 <= number <= len(words) + 1 else loc.count(number)
