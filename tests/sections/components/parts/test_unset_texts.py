"""What stands in words where no typeface has a text."""

import pytest

from helpers.i18n.localizer import Localizer
from helpers.sections.components.parts.unset_texts import (
    is_unset_name,
    replace_unset,
    replace_unset_names,
    unset_pieces,
)
from support.scripts_of_the_world import (
    ARABIC,
    CHINESE,
    DECOMPOSED,
    DEVANAGARI,
    FAMILY_EMOJI,
    GREEK,
)

SV, EN = Localizer("sv"), Localizer("en")


@pytest.mark.parametrize(
    ("text", "swedish"),
    [
        (
            f"om {CHINESE} är med",
            "om [text i en skrift utan typsnitt: han, antal tecken: 3] är med",
        ),
        ("北京、東京", "[text i en skrift utan typsnitt: han, antal tecken: 5]"),
        ("ไทย, ไทย", "[text i en skrift utan typsnitt: thailändska, antal tecken: 7]"),
        ("ja \U0001f389!", "ja [party popper]!"),
        (FAMILY_EMOJI, "[man, woman, girl]"),
        ("\U0001f1f8\U0001f1ea", "[flag SE]"),
        ("a\x07b", "a[tecknet U+0007]b"),
        ("\ue000\u0378", "[tecknet U+E000][tecknet U+0378]"),
        ("\ud83d", "[tecknet U+D83D]"),
    ],
)
def test_what_cannot_be_set_is_said_in_words(text: str, swedish: str) -> None:
    assert replace_unset(text, SV) == swedish


@pytest.mark.parametrize("text", ["Åre – 5 %", GREEK, ARABIC, DECOMPOSED, "a\u00adb\u200b\u2028c"])
def test_what_can_be_set_stays(text: str) -> None:
    assert replace_unset(text, SV) == text
    assert not list(unset_pieces(text))


def test_in_english() -> None:
    assert replace_unset(CHINESE, EN) == (
        "[text in a script without a typeface: Han, characters: 3]"
    )


def test_a_name_is_replaced_once_and_whole() -> None:
    names = {"0001": f"{CHINESE} (A)", "0002": CHINESE, "0003": "Orten \U0001f389"}
    found = replace_unset_names(f"{CHINESE} (A); {CHINESE}; Orten \U0001f389", names, EN)
    assert found == (
        "[name in a script without a typeface: 0001]; "
        "[name in a script without a typeface: 0002]; Orten \U0001f389"
    )


def test_a_name_with_an_emoji_is_a_name_all_the_same() -> None:
    assert is_unset_name(DEVANAGARI)
    assert not is_unset_name("Orten \U0001f389")
