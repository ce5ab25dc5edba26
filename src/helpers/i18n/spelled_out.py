"""Units and small numbers in words, for headings and running text: 77 procent, de tio största."""

from __future__ import annotations

import re

from helpers.i18n.localizer import Localizer
from helpers.i18n.money_units import NBSP
from helpers.i18n.small_numbers import LARGEST_IN_WORDS, small_number_word

_SPELLED_OUT = {
    "%": "procent",
    "kr": "kronor",
    "mnkr": f"miljoner{NBSP}kronor",
    "mdkr": f"miljarder{NBSP}kronor",
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
    return small_number_word(number, loc.language) or loc.count(number)


def members_in_words(loc: Localizer, **numbers: int) -> dict[str, str]:
    """Numbers of members that one sentence compares: all in words, or all in figures.

    None and one agree with the round's noun: "ingen av tre föreningar", "ett av tre förbund".
    """
    texts = (loc("ingen kommun"), loc.plural("en kommun", "{n} kommuner", 1))
    none, one = (text.partition(" ")[0] for text in texts)
    return counts_in_words(loc, one, none, **numbers)


def counts_in_words(loc: Localizer, one: str, none: str = "0", /, **numbers: int) -> dict[str, str]:
    """Numbers that one sentence compares: all in words, or all in figures.

    In figures if one is above twelve, so that no sentence has "två av 290 kommuner". `one` and
    `none` are the words that agree with the noun.
    """
    if max(numbers.values()) > LARGEST_IN_WORDS or not small_number_word(2, loc.language):
        return {name: loc.count(number) for name, number in numbers.items()}
    few = {0: none, 1: one}
    return {name: few.get(n) or number_in_words(n, loc) for name, n in numbers.items()}
