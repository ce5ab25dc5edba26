"""The words of a round in place of those of the code, and phrases that a round has no use for."""

from __future__ import annotations

import re

from helpers.model.funding_round import Round
from helpers.model.localized_text import Language, WordReplacements

# What a round of one year leaves out of its texts. An amount in it is not one of several a year.
_PHRASES_OF_SEVERAL_YEARS: dict[Language, list[str]] = {
    "sv": [
        " per år och sammanlagt",
        ", per år",
        " per år",
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


# What members pay in a round of pledges, which has no fees.
_WORDS_OF_PLEDGES: WordReplacements = {
    "sv": {
        "avgift": "utfästelse",
        "avgiften": "utfästelsen",
        "avgifter": "utfästelser",
        "avgifterna": "utfästelserna",
    },
    "en": {"fee": "pledge", "fees": "pledges"},
}


def words_of_round(round_: Round, language: Language) -> WordReplacements:
    """A round's own words, and with them those of its kind of pricing."""
    if not round_.pricing.takes_pledges:
        return round_.words
    return {language: merge_replacements(_WORDS_OF_PLEDGES, round_.words, language)}


# What a round whose amounts differ by year says in place of a year's amount.
_PHRASES_OF_A_YEAR: dict[Language, dict[str, str]] = {
    "sv": {"per år": "för {year}", "och år": "{year}"},
    "en": {"per year": "for {year}", "a year": "for {year}", "and year": "{year}"},
}
# These are about every year or any year.
_OTHER_PHRASES: dict[Language, str] = {
    "sv": "per år och sammanlagt|kommun och år",
    "en": "during a year|municipality and year",
}


def fit_to_years(text: str, language: Language, one_year: bool, counted_year: int | None) -> str:
    """A text as a round of one year has it, or one whose amounts differ and that counts a year."""
    if one_year:
        return drop_phrases_of_several_years(text, language)
    return name_the_year(text, language, counted_year) if counted_year else text


def name_the_year(text: str, language: Language, year: int) -> str:
    """A text of amounts "a year" that are those of one year: "för 2025" in place of "per år"."""
    phrases = _PHRASES_OF_A_YEAR[language]

    def replacement(found: re.Match[str]) -> str:
        return phrases[found[1]].format(year=year) if found[1] else found[0]

    pattern = rf"{_OTHER_PHRASES[language]}|\b({'|'.join(phrases)})(?!\w)"
    return re.sub(pattern, replacement, text)


def drop_phrases_of_several_years(text: str, language: Language) -> str:
    """A text as a round of one year has it: without "per år", "a year" and the like."""
    phrases = "|".join(_PHRASES_OF_SEVERAL_YEARS[language])
    return re.sub(rf"({phrases})(?!\w)", "", text)
