"""The texts of a round's files: which language they must be in, and which have none in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import BaseModel


def first_language(languages: Sequence[Literal["sv", "en"]]) -> Literal["sv", "en"]:
    """The language that every text is there in: Swedish, unless the documents are all English."""
    return "sv" if "sv" in languages else "en"


def without_text(model: BaseModel, language: str) -> list[str]:
    """The places in a model, as `events.2.text`, whose texts lack the language; counted from 1.

    `words` holds single words, not texts: there a language may be left out.
    """
    return [
        ".".join(place)
        for name, value in model
        if name != "words"
        for place in _lacking(value, language, (name,))
    ]  # fmt: skip


def _lacking(value: object, language: str, place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict) and _are_texts(value):
        if language not in value:
            yield place
        return
    parts: Iterator[tuple[object, object]] = iter(())
    if isinstance(value, BaseModel):
        parts = iter(value)
    elif isinstance(value, dict):
        parts = iter(value.items())
    elif isinstance(value, list):
        parts = iter(enumerate(value, 1))
    for name, part in parts:
        yield from _lacking(part, language, (*place, str(name)))


def _are_texts(value: dict[object, object]) -> bool:
    """Whether a table is a text by language; words by language hold tables, not texts."""
    return (
        bool(value)
        and set(value) <= {"sv", "en"}
        and all(isinstance(v, str) for v in value.values())
    )
