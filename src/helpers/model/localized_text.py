"""The texts of a round's files: which language they must be in, and which have none in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, Field


def required_language(languages: Sequence[Literal["sv", "en"]]) -> Literal["sv", "en"]:
    """The language that every text is there in: Swedish, unless the documents are all English."""
    return "sv" if "sv" in languages else "en"


def find_missing_texts(loaded: BaseModel | Sequence[BaseModel], language: str) -> list[str]:
    """The places, as `events.2.text`, whose texts lack the language; entries count from 1."""
    return [".".join(path) for path in _paths_without_text(loaded, language, ())]


def _paths_without_text(
    value: object, language: str, path: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict) and _is_localized_text(value):
        if language not in value:
            yield path
        return
    for name, part in _named_children(value):
        if name != "words":  # single words, not texts: there a language may be left out
            yield from _paths_without_text(part, language, (*path, str(name)))


def _named_children(value: object) -> Iterable[tuple[object, object]]:
    """What a model, a table or a list holds, by name or by number."""
    if isinstance(value, BaseModel):
        return value
    if isinstance(value, dict):
        return value.items()
    return enumerate(value, 1) if isinstance(value, list) else ()


def _is_localized_text(value: dict[object, object]) -> bool:
    """Whether a table is a text by language."""
    return (
        bool(value)
        and set(value) <= {"sv", "en"}
        and all(isinstance(v, str) for v in value.values())
    )


Language = Literal["sv", "en"]


# What the board reads: one text a language, and one at least.
LocalizedText = Annotated[dict[Language, str], Field(min_length=1)]


# What a round calls things otherwise than our texts do: { sv = { "kommuner" = "regioner" } }. Write
# the words in small letters; where a text begins with one, it keeps its capital.
WordReplacements = dict[Language, dict[str, str]]
