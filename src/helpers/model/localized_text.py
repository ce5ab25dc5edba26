"""The texts of a round's files: the language that each must have, and texts without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from helpers.model.languages import known_languages, require_known_language


def required_language(languages: Sequence[str]) -> str:
    """The language that every text must have: Swedish, else English, else the first one."""
    return next((shipped for shipped in ("sv", "en") if shipped in languages), languages[0])


def find_missing_texts(loaded: BaseModel | Sequence[BaseModel], language: str) -> list[str]:
    """The keys of texts without the language, as `events.2.text`; entries count from 1."""
    return [".".join(path) for path in _paths_without_text(loaded, language, ())]


def _paths_without_text(
    value: object, language: str, path: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict) and _is_localized_text(value):
        if language not in value:
            yield path
        return
    for name, part in _named_children(value):
        if name != "words":  # single words, not texts: a language may be left out
            yield from _paths_without_text(part, language, (*path, str(name)))


def _named_children(value: object) -> Iterable[tuple[object, object]]:
    """The values of a model, a table or a list, by name or by number."""
    if isinstance(value, BaseModel):
        return value
    if isinstance(value, dict):
        return value.items()
    return enumerate(value, 1) if isinstance(value, list) else ()


def _is_localized_text(value: dict[object, object]) -> bool:
    """Whether a table is a text by language."""
    return (
        bool(value)
        and set(value) <= set(known_languages())
        and all(isinstance(v, str) for v in value.values())
    )


# The code of a language, ISO 639; see languages.known_languages.
Language = Annotated[str, AfterValidator(require_known_language)]


# A text that the board reads, by language; at least one.
LocalizedText = Annotated[dict[Language, str], Field(min_length=1)]


# A round's own words in place of words in our texts: { sv = { "kommuner" = "regioner" } }. Write
# them in small letters; a word that begins a text keeps its capital.
WordReplacements = dict[Language, dict[str, str]]


def shown_language(texts: LocalizedText, wanted: Language) -> Language:
    """The language that a text is shown in: the wanted one, else Swedish, English or its first."""
    stated = (language for language in (wanted, "sv", "en", *texts) if texts.get(language))
    return next(stated, next(iter(texts)))


def language_of(texts: LocalizedText, wanted: Language) -> Language | None:
    """The language that a text is shown in, if it is not the wanted one."""
    shown = shown_language(texts, wanted)
    return None if shown == wanted else shown
