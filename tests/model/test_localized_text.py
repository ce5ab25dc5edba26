from __future__ import annotations

from pydantic import BaseModel

from helpers.model.localized_text import find_missing_texts, required_language


class Part(BaseModel):
    text: dict[str, str]
    note: str = "x"


class Whole(BaseModel):
    title: dict[str, str]
    parts: list[Part] = []
    names: dict[str, dict[str, str]] = {}
    words: dict[str, dict[str, str]] = {}


def test_every_text_without_the_language_is_found_by_its_place() -> None:
    both, swedish = {"sv": "a", "en": "b"}, {"sv": "a"}
    whole = Whole(
        title=swedish,
        parts=[Part(text=both), Part(text=swedish)],
        names={"A1": swedish, "B1": both},
        # Words are not texts, even where one is called as a language is.
        words={"sv": {"en": "ett"}},
    )
    assert find_missing_texts(whole, "en") == ["title", "parts.2.text", "names.A1"]
    assert find_missing_texts(whole, "sv") == []
    assert find_missing_texts([Part(text=both), Part(text={"en": "b"})], "sv") == ["2.text"]


def test_swedish_comes_first_unless_all_is_english() -> None:
    assert required_language(["sv"]) == required_language(["en", "sv"]) == "sv"
    assert required_language(["en"]) == "en"
