"""The words of a round in place of those of the code, and phrases that a round has no use for."""

from __future__ import annotations

import re

from helpers.model.localized_text import Language, WordReplacements

# What a round of one year leaves out of its texts. An amount in it is not one of several a year.
_PHRASES_OF_SEVERAL_YEARS: dict[Language, list[str]] = {
    "sv": [
        " per år och sammanlagt",
        ", per år",
        " per år",
        " om året",
        " och år",
        " alla år och",
        " för alla år",
    ],
    "en": [
        " by year and in total",
        ", per year",
        " per year",
        " a year",
        " and year",
        " for all years and",
        " for all years",
    ],
}


def merge_replacements(
    built_in: WordReplacements, own: WordReplacements, language: Language
) -> dict[str, str]:
    """A round's own words, and those built in that none of them stands in."""
    words = own.get(language, {})
    replaced_words = {word.lower() for word in words}
    kept = built_in.get(language, {}).items()
    return {old: new for old, new in kept if not replaced_words & set(old.lower().split())} | words


def drop_phrases_of_several_years(text: str, language: Language) -> str:
    """A text as a round of one year has it: without "om året", "a year" and the like."""
    phrases = "|".join(_PHRASES_OF_SEVERAL_YEARS[language])
    return re.sub(rf"({phrases})(?!\w)", "", text)
