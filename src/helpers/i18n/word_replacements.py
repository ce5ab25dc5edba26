"""The words of a round in place of those of the code, and phrases that a round has no use for."""

from __future__ import annotations

import re

from helpers.i18n.catalogues.message_catalogs import load_catalog
from helpers.i18n.year_phrases import (
    PHRASES_OF_A_YEAR,
    PHRASES_OF_ANY_YEAR,
    PHRASES_OF_SEVERAL_YEARS,
)
from helpers.model.funding_round import Round
from helpers.model.languages import is_further_language
from helpers.model.localized_text import Language, WordReplacements


def merge_replacements(
    built_in: WordReplacements, own: WordReplacements, language: Language
) -> dict[str, str]:
    """A round's own words, and those built in that contain none of them."""
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


def fit_to_years(text: str, language: Language, one_year: bool, counted_year: int | None) -> str:
    """A text as a round of one year has it, or one whose amounts differ and that counts a year."""
    if one_year:
        return drop_phrases_of_several_years(text, language)
    return name_the_year(text, language, counted_year) if counted_year else text


def name_the_year(text: str, language: Language, year: int) -> str:
    """A text of amounts "a year" that are those of one year: "för 2025" in place of "per år"."""
    phrases, others = _phrases_of_a_year(language)
    if not phrases:
        return text

    def replacement(found: re.Match[str]) -> str:
        return phrases[found[1]].format(year=year) if found[1] else found[0]

    before = "".join(f"{re.escape(other)}|" for other in others)
    pattern = rf"{before}\b({'|'.join(map(re.escape, phrases))})(?!\w)"
    return re.sub(pattern, replacement, text)


def drop_phrases_of_several_years(text: str, language: Language) -> str:
    """A text as a round of one year has it: without "per år", "a year" and the like."""
    if is_further_language(language):
        found = _translated(PHRASES_OF_SEVERAL_YEARS["sv"], language)
    else:
        found = PHRASES_OF_SEVERAL_YEARS[language]
    if not found:
        return text
    return re.sub(rf"({'|'.join(map(re.escape, found))})(?!\w)", "", text)


def _phrases_of_a_year(language: Language) -> tuple[dict[str, str], list[str]]:
    """The phrases of a year with what names the year, and the phrases that stay."""
    if not is_further_language(language):
        return PHRASES_OF_A_YEAR[language], PHRASES_OF_ANY_YEAR[language]
    named = PHRASES_OF_A_YEAR["sv"]
    phrases = {
        translated: _translation(named[swedish], language)
        for swedish in named
        if (translated := _translation(swedish, language)) != swedish
    }
    return phrases, _translated(PHRASES_OF_ANY_YEAR["sv"], language)


def _translated(phrases: list[str], language: Language) -> list[str]:
    """The phrases in a further language, with the same comma or space before them."""
    found = [(one[: -len(one.lstrip(", "))], one.lstrip(", ")) for one in phrases]
    known = [(before, _translation(words, language), words) for before, words in found]
    return [before + words for before, words, swedish in known if words != swedish]


def _translation(phrase: str, language: Language) -> str:
    """A phrase of the catalogue, in Swedish where it is not translated."""
    return load_catalog(language).gettext(phrase).strip()
