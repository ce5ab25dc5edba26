"""Small numbers of running text in words: one to twelve, and the phrases for two things."""

from __future__ import annotations

import re

from helpers.model.localized_text import Language

# From two; "one" and "none" have a gender in Swedish and are written out in their sentences.
_WORDS: dict[Language, list[str]] = {
    "sv": ["två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"],
    "en": [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ],
}
LARGEST_IN_WORDS = 12

# Phrases for many things, and those for two.
_OF_TWO: dict[Language, dict[str, str]] = {
    "sv": {
        "alla två": "båda",
        "om alla ": "om båda ",
        "alla dessa": "båda",
        "och alla räknas": "och båda räknas",
    },
    "en": {
        "none of the two": "neither of the two",
        "all two": "both",
        "if all ": "if both ",
        "all of them": "both of them",
        "and all count": "and both count",
    },
}


def small_number_word(number: int, language: Language) -> str:
    """Return the word for two to twelve; '' for other numbers and in a further language."""
    words = _WORDS.get(language, [])
    return words[number - 2] if words and 2 <= number <= LARGEST_IN_WORDS else ""


def fill_in_number(
    text: str, one: str, number: int, language: Language, figures: str, values: dict[str, str]
) -> str:
    """Return a text with its values, in which {n} is the number unless they have another n.

    A word has a capital at the beginning of a sentence, and of a text that has one where the number
    is 1, as `one` has it: "En kommun", "Två kommuner".
    """
    word = small_number_word(number, language)
    if text.startswith("{n}") and (text.endswith(".") or one[:1].isupper()):
        word = word.capitalize()
    text = text.replace("{n}", values.get("n") or word or figures)
    # Before the values are filled in: a name is never altered.
    return (_speak_of_two(text, language) if number == 2 else text).format(**values)


def _speak_of_two(text: str, language: Language) -> str:
    """Return a text on two things without "none of the two" and "if all say yes"."""
    for many, two in _OF_TWO.get(language, {}).items():
        pairs = {many: two, many.capitalize(): two.capitalize()}
        for found, written in pairs.items():
            text = re.sub(rf"\b{found}", written, text)
    return text
