from __future__ import annotations

import pytest
from pydantic import BaseModel

from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import find_missing_texts, language_of, required_language
from helpers.model.settings.unit_words import with_unit_words


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


@pytest.mark.parametrize(
    ("texts", "wanted", "shown"),
    [
        ({"sv": "a", "en": "b"}, "en", None),
        ({"sv": "a", "en": "b"}, "de", "sv"),
        ({"en": "b"}, "sv", "en"),
        ({"en": "b"}, "de", "en"),
        ({"de": "c"}, "sv", "de"),
        ({"de": "c", "sv": ""}, "en", "de"),
    ],
)
def test_a_text_is_named_by_the_language_that_it_is_shown_in(
    texts: dict[str, str], wanted: str, shown: str | None
) -> None:
    assert language_of(texts, wanted) == shown
    assert Localizer("sv").text(texts) == texts[language_of(texts, "sv") or "sv"]


def test_words_of_units_leave_the_words_of_further_languages() -> None:
    words = {"de": {"Gemeinden": "Verbände"}, "sv": {"kommuner": "förbund"}}
    found = with_unit_words(words, ["weight"])
    assert found["de"] == {"Gemeinden": "Verbände"}
    assert (found["sv"]["kommuner"], found["sv"]["invånare"]) == ("förbund", "viktenheter")
