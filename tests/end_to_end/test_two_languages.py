"""No text of one language is left standing in the other's documents."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from pypdf import PdfReader

from helpers.model.localized_text import Language
from support.board_documents import Made

# Swedish that stands in an English report on purpose: the words of the sources, and names.
QUOTED = re.compile(r"“[^”]*”")
FILES = re.compile(r"\w+\.(csv|toml)")  # file names, whatever the language
LEAST = 10  # letters of a message between two places, or it may stand anywhere by chance


def pieces(text: str) -> list[str]:
    """What a message says between its {places}, in plain blanks; headings without their marks."""
    found = re.split(r"\{\w+\}", text.lstrip("# "))
    return [plain(piece).strip(" .;:,()") for piece in found]


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def messages(project: Path) -> list[tuple[str, str]]:
    """Every message in Swedish and in English, plural forms apart."""
    with (project / "src/helpers/i18n/locale/en.po").open("rb") as file:
        catalog = read_po(file, locale="en")
    found = []
    for message in catalog:
        if message.id:
            swedish = [message.id] if isinstance(message.id, str) else list(message.id)
            english = [message.string] if isinstance(message.string, str) else message.string or ()
            found += list(zip(swedish, english, strict=True))
    return found


def texts(document: Made) -> dict[str, str]:
    """All that the documents say, text alternatives included."""
    page = re.sub(r"<style>.*?</style>", "", document.page, flags=re.DOTALL)
    said = " ".join(re.findall(r'aria-label="([^"]*)"', page))
    words = unescape(re.sub(r"<[^>]*>", " ", page) + " " + said)
    pdf = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(document.pdf)).pages)
    found = {"page": words, "pdf": pdf}
    return {kind: FILES.sub("", QUOTED.sub("", plain(text))) for kind, text in found.items()}


@pytest.mark.parametrize(("shown", "foreign"), [("en", 0), ("sv", 1)])
def test_no_message_stands_in_the_other_language(
    made: dict[Language, Made], messages: list[tuple[str, str]], shown: Language, foreign: int
) -> None:
    own = plain(" ".join(pair[1 - foreign] for pair in messages))
    wrong = {
        piece
        for pair in messages
        for piece in pieces(pair[foreign])
        if len(piece) >= LEAST and piece not in own
    }
    assert len(wrong) > 150
    for kind, text in texts(made[shown]).items():
        assert [piece for piece in wrong if piece in text] == [], kind


def test_what_is_left_in_the_wrong_language_is_found(
    made: dict[Language, Made], messages: list[tuple[str, str]]
) -> None:
    text = texts(made["sv"])["page"]
    assert any(
        piece in text for pair in messages for piece in pieces(pair[0]) if len(piece) >= LEAST
    )
