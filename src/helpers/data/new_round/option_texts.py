"""Read the texts of a new round as they are typed: one line, or one for each language."""

from __future__ import annotations

import re

from helpers.data.new_round.option_error import OptionError
from helpers.model.localized_text import Language

LANGUAGES: tuple[Language, ...] = ("sv", "en")
_OF_LANGUAGE = re.compile(r"(sv|en)=(.+)", re.DOTALL)


def read_line(text: str) -> str:
    """The text without spaces around it; OptionError for a blank text or several lines."""
    if text and (not text.strip() or not text.isprintable()):
        raise OptionError(f"{text!r} is not a name.", "Write it in one line.")
    return text.strip()


def read_texts(stated: tuple[str, ...], languages: tuple[Language, ...]) -> dict[Language, str]:
    """A text by language, in any order: those with a language, and for the others the one without.

    Raises OptionError for two texts of a language, or two without one.
    """
    typed: dict[str, str] = {}
    for text in stated:
        found = _OF_LANGUAGE.fullmatch(text)
        tag, words = (found[1], found[2]) if found else ("", text)
        if tag in typed:
            raise OptionError(
                f"{text!r} is the second text for the same languages.", "Leave out one of them."
            )
        typed[tag] = read_line(words)
    texts = {one: typed[""] for one in languages if "" in typed}
    texts |= {one: typed[one] for one in LANGUAGES if one in typed}
    missing = [one for one in languages if stated and one not in texts]
    if missing:
        raise OptionError(
            f"There is no text in {missing[0]}.",
            f"Add it, as in --title {missing[0]}=…, or leave out the language to use one text for "
            "all languages.",
        )
    return texts
