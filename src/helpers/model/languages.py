"""The languages of documents: Swedish, English, and each further language with a catalogue."""

from __future__ import annotations

from pathlib import Path

SHIPPED_LANGUAGES = ("sv", "en")
CATALOGUE_FOLDER = Path(__file__).parents[1] / "i18n" / "locale"


def known_languages() -> tuple[str, ...]:
    """The codes of the languages that a document can be in, the shipped ones first.

    A further one has the catalogue `<code>.po`, which `funding-report new-language` starts.
    """
    found = {path.name.removesuffix(".po") for path in CATALOGUE_FOLDER.glob("*.po")}
    further = sorted(code for code in found if code.isalpha() and code not in SHIPPED_LANGUAGES)
    return (*SHIPPED_LANGUAGES, *further)


def catalogue_path(language: str) -> Path:
    """The file of a language's catalogue."""
    return CATALOGUE_FOLDER / f"{language}.po"


def is_further_language(language: str) -> bool:
    """Whether a language has a catalogue that is not shipped, and that may be incomplete."""
    return language not in SHIPPED_LANGUAGES


def require_known_language(language: str) -> str:
    """Return a language; raises ValueError, with what to do, for one without a catalogue."""
    known = known_languages()
    if language not in known:
        raise ValueError(
            f"there is no catalogue of {language!r}, only of {', '.join(known)}: "
            f"`funding-report new-language {language}` starts one"
        )
    return language
