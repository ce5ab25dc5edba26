"""Reviews the catalogues of a round's further languages: how complete each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from helpers.errors import Problem
from helpers.i18n.catalogues.catalogue_state import catalogue_state
from helpers.model.languages import catalogue_path, is_further_language
from helpers.model.localized_text import Language


def find_untranslated(languages: Iterable[Language]) -> Iterator[Problem]:
    """A warning for a catalogue that lacks texts, and for each translation that cannot be used."""
    for language in filter(is_further_language, languages):
        file, state = f"{language}.po", catalogue_state(language)
        for text in state.unusable:
            yield Problem(
                file,
                f"the translation of {text!r} is not used: its values in braces or its plural "
                "forms differ.",
                "Use the values of the Swedish text, and translate each form.",
                severity="warning",
            )
        if state.left:
            yield Problem(
                file,
                f"{state.translated} of {state.texts} texts are translated. Documents have the "
                "others in Swedish, and state it on every page.",
                f"Translate the texts in {catalogue_path(language)}.",
                severity="warning",
            )


def language_notes(languages: Iterable[Language]) -> Iterator[str]:
    """A sentence for each catalogue that is complete."""
    for language in filter(is_further_language, languages):
        state = catalogue_state(language)
        if not state.left:
            yield f"{language}.po: all {state.texts} texts are translated."
