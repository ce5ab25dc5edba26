"""A round's own noun in every sentence: en-words and ett-words, one and many, a and an.

Every text of the code and the notebooks is rendered, so a new sentence that does not agree fails.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from pydantic import ValidationError

from helpers.data.round.round_config import load_round
from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import Language
from helpers.model.settings.member_nouns import EnglishNoun, MemberNouns, SwedishNoun

ETT = SwedishNoun(
    one="förbund", the_one="förbundet", many="förbund", the_many="förbunden", gender="ett"
)
EN = SwedishNoun(
    one="region", the_one="regionen", many="regioner", the_many="regionerna", gender="en"
)
MEMBER_NOUNS = {
    "ett": MemberNouns(sv=ETT, en=EnglishNoun(one="association", many="associations")),
    "en": MemberNouns(sv=EN, en=EnglishNoun(one="federation", many="federations")),
}
# Words of an en-word before an ett-word, and the pronoun for it in the next clause or sentence.
_NOT_BEFORE_ETT = r"\b(en|ingen|den|någon|annan|vilken|denna|varannan|min|egen)( enda| annan)? "
_NOT_AFTER_ETT = (
    r"skulle den betala|[Oo]m den (säger|ansluter|anslöt)|\. Den (har|är|betalar|skulle|säger)\b"
)


def texts(project: Path, language: Language, kind: str) -> list[str]:
    """Every sentence, in all its forms, as a round with such nouns has it."""
    with (project / "src/helpers/i18n/locale/en.po").open("rb") as file:
        catalog = read_po(file, locale="en")
    loc = Localizer(language, MEMBER_NOUNS[kind].replacements())
    found = []
    for message in catalog:
        if isinstance(message.id, str):
            found.append(loc(message.id) if message.id else "")
        else:
            one, many = message.id
            values = {name: "{" + name + "}" for name in re.findall(r"{(\w+)}", one + many)}
            found += [loc.plural(one, many, n, **values) for n in (1, 2)]
    return list(filter(None, found))


@pytest.mark.parametrize("kind", ["en", "ett"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_sentence_speaks_of_municipalities(project: Path, language: Language, kind: str) -> None:
    shown = texts(project, language, kind)
    assert len(shown) > 500
    assert [text for text in shown if re.search(r"(?i)kommun|municipal", text)] == []


def test_what_stands_before_an_ett_word_agrees(project: Path) -> None:
    shown = texts(project, "sv", "ett")
    wrong = re.compile(rf"(?i){_NOT_BEFORE_ETT}förbunds?\b")
    assert [text for text in shown if wrong.search(text)] == []
    assert any(re.search(r"\bInget förbund\b", text) for text in shown)
    assert any(re.search(r"\bett förbund\b", text) for text in shown)
    assert any(re.search(r"\bförbunden\b", text) for text in shown)


def test_the_pronoun_after_one_ett_word_agrees(project: Path) -> None:
    one_member = [
        text for text in texts(project, "sv", "ett") if re.search(r"(n}|enda|det) förbund", text)
    ]
    assert len(one_member) > 10
    assert [text for text in one_member if re.search(_NOT_AFTER_ETT, text)] == []


def test_an_en_word_leaves_the_agreeing_words_as_they_are(project: Path) -> None:
    shown = texts(project, "sv", "en")
    assert any("Ingen region " in text for text in shown)
    assert any("regionerna" in text for text in shown)
    assert [text for text in shown if re.search(r"(?i)\b(ett|inget|det) region\b", text)] == []


def test_the_english_article_agrees(project: Path) -> None:
    with_vowel, without = texts(project, "en", "ett"), texts(project, "en", "en")
    assert [text for text in with_vowel if re.search(r"(?i)\ba association", text)] == []
    assert any("an association" in text for text in with_vowel)
    assert [text for text in without if re.search(r"(?i)\ban federation", text)] == []
    assert any("a federation" in text for text in without)


@pytest.mark.parametrize(
    ("noun", "genitive"), [("förbund", "förbunds"), ("hus", "hus"), ("linz", "linz")]
)
def test_a_genitive(noun: str, genitive: str) -> None:
    forms = ETT.model_copy(update={"one": noun}).replacements()
    assert forms["kommuns"] == genitive
    assert forms["en kommuns"] == f"ett {genitive}"


def test_a_round_states_its_noun_and_its_own_words_come_first(small_project: Path) -> None:
    folder = small_project / "data" / "rounds" / "few"
    path = folder / "round.toml"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\[(member|words)\.sv\].*", "", text, flags=re.DOTALL)
    text += (
        '[words.sv]\n"kommungrupp" = "distrikt"\n[member.sv]\none = "förbund"\n'
        'the_one = "förbundet"\nmany = "förbund"\nthe_many = "förbunden"\ngender = "ett"\n'
    )
    path.write_text(text, encoding="utf-8")
    loc = Localizer.for_round(load_round(folder), "sv")
    assert loc("Ingen kommun har sagt ja.") == "Inget förbund har sagt ja."
    assert loc("Kommungrupp") == "Distrikt"
    assert loc("{n} kommuner", n="3") == "3 förbund"


def test_an_incomplete_noun_is_refused() -> None:
    with pytest.raises(ValidationError):
        MemberNouns.model_validate({"sv": {"one": "förbund", "gender": "ett"}})
    with pytest.raises(ValidationError):
        MemberNouns.model_validate({"sv": ETT.model_dump() | {"gender": "neutrum"}})
