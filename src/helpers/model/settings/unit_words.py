"""What fees are shared by where it is not inhabitants: the words of a round that states none."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.model.localized_text import Language, WordReplacements

# What the texts of the code call the units, and what it begins with in a round's own words.
_STEMS: dict[Language, str] = {"sv": "invånar", "en": "inhabitant"}
_UNIT_WORDS = {
    "weight": ("viktenhet", "viktenheter", "viktenheterna", "unit of weight", "units of weight"),
    "tax_base": (
        "enhet av skatteunderlaget",
        "enheter av skatteunderlaget",
        "enheterna av skatteunderlaget",
        "unit of tax base",
        "units of tax base",
    ),
}


def with_unit_words(words: WordReplacements, columns: list[str]) -> WordReplacements:
    """The words of a round with those of its units, by the column that its fees are shared by.

    A language in which the round has its own words for the inhabitants keeps them, and a language
    without built-in words is left unchanged.
    """
    units = next((_UNIT_WORDS[column] for column in columns if column in _UNIT_WORDS), None)
    if units is None:
        return words
    own: dict[Language, dict[str, str]] = {one: words.get(one, {}) for one in _STEMS}
    built_in = _replacements(*units, members=own["sv"].get("kommuner", "kommuner"))
    return words | {
        language: own[language]
        if _names_units(language, own[language])
        else replaced | own[language]
        for language, replaced in built_in.items()
    }


def _names_units(language: Language, own: Mapping[str, str]) -> bool:
    return any(_STEMS[language] in word.lower() for word in own)


def _replacements(
    one: str, many: str, the_many: str, english: str, english_many: str, members: str
) -> dict[Language, dict[str, str]]:
    return {
        "sv": {
            "invånare": many,
            "invånarna": the_many,
            "per invånare": f"per {one}",
            "invånare i kommuner": f"{many} hos {members}",
        },
        "en": {"inhabitant": english, "inhabitants": english_many},
    }
