"""Text as a reader sees it: characters with their marks, and which characters are never seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt): no font needs a picture of it.
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_ZERO_WIDTH_JOINER = "\u200d"
_JOINERS = "\u200c\u200d\u200e\u200f\u2068\u2069"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)
_TRAILING_JAMO = range(0x1160, 0x1200)  # vowels and final consonants of a Hangul syllable
_MARK_CATEGORIES = {"Mn", "Mc", "Me"}
# Each is a space or a line break to browsers and to Typst.
_LINE_BLANKS = frozenset("\t\n\r\x0c\x85\u2028\u2029")
_OGHAM_SPACE = "\u1680"  # drawn as a line, but Typst sets no space in another font


def split_clusters(text: str) -> Iterator[str]:
    """Yield each character with the marks, joiners and emoji that continue it, in order."""
    cluster = ""
    for letter in text:
        if cluster and not _continues(cluster, letter):
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster


def _continues(cluster: str, letter: str) -> bool:
    """Whether a character belongs to the cluster before it (Unicode Annex 29, in short)."""
    if unicodedata.category(letter) in _MARK_CATEGORIES or _IGNORABLE.match(letter):
        return not is_blank(cluster)
    code, last = ord(letter), ord(cluster[-1])
    if code in _REGIONAL_INDICATORS:
        return len(cluster) == 1 and last in _REGIONAL_INDICATORS
    if code in _TRAILING_JAMO:
        return 0x1100 <= last < _TRAILING_JAMO.stop
    return code in _SKIN_TONES or (cluster[-1] == _ZERO_WIDTH_JOINER and not letter.isascii())


def visible_characters(cluster: str) -> str:
    """The characters that a font has to have: without joiners, direction marks and selectors."""
    return _IGNORABLE.sub("", cluster)


def for_drawing(text: str) -> str:
    """A text composed and without selectors; what joins letters or parts them stays."""
    composed = unicodedata.normalize("NFC", text)
    return _IGNORABLE.sub(lambda match: match[0] if match[0] in _JOINERS else "", composed)


def is_blank(cluster: str) -> bool:
    """Whether nothing is seen of a cluster in any font."""
    return all(
        letter in _LINE_BLANKS or (unicodedata.category(letter) == "Zs" and letter != _OGHAM_SPACE)
        for letter in visible_characters(cluster)
    )


def has_no_picture(letter: str) -> bool:
    """Whether no font can show a character for sure: control, private use, unassigned, surrogate.

    PDF/A allows no character of a private use area.
    """
    unseen = letter not in _LINE_BLANKS and unicodedata.category(letter) in {"Cc", "Co", "Cn", "Cs"}
    return unseen or letter == _OGHAM_SPACE


def forms(text: str) -> tuple[str, ...]:
    """A text as it is written, composed and decomposed: a font that has one form can set it."""
    return text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
