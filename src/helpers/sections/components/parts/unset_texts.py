"""Puts a sentence in place of a text that no typeface can set: it states what the text was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from helpers.i18n.localizer import Localizer
from helpers.i18n.script_names import script_name
from helpers.system.typefaces.report_typeface import UNUSUAL_RUN
from helpers.system.typefaces.script_codes import script_of
from helpers.system.typefaces.text_clusters import is_blank, split_clusters, visible_characters
from helpers.system.typefaces.text_direction import has_right_to_left
from helpers.system.typefaces.typeface_chain import can_set

# Runs of unusual characters with what is between words: one sentence for a whole passage.
_PASSAGE = re.compile(rf"{UNUSUAL_RUN.pattern}(?:[ ,.'’-]{{1,2}}(?:{UNUSUAL_RUN.pattern}))*")
# The kinds of clusters, a letter each: set, unusual but set, blank or punctuation, of a script that
# is not set, punctuation of one, another sign. A passage in a script takes along what is set of it.
_SET, _UNUSUAL, _BLANK, _SCRIPT, _SCRIPT_PUNCTUATION, _SIGN = ".", "u", " ", "s", "p", "y"
_PIECE = re.compile(r"(?:u[u p]*)?s(?:[su p]*[sup])?|p|y|[.u ]+?(?=$|[.sup y])")
Settable = Callable[[str], bool]
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def replace_unset(text: str, loc: Localizer, settable: Settable = can_set) -> str:
    """The text with a sentence for each passage, and the name of each sign, that cannot be set."""
    return _PASSAGE.sub(lambda match: _replace_passage(match[0], loc, settable), text)


def replace_unset_names(
    text: str, names: Mapping[str, str], loc: Localizer, settable: Settable = can_set
) -> str:
    """The text with each member's name, by code, replaced whole where it cannot be set."""
    sentences = {
        name: unset_name(code, loc)
        for code, name in names.items()
        if name in text and is_unset_name(name, settable)
    }
    if not sentences:
        return text
    longest_first = sorted(sentences, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest_first))
    return re.sub(pattern, lambda match: sentences[match[0]], text)


def unset_name(code: str, loc: Localizer) -> str:
    """What is printed in place of a member's name."""
    return loc("[namn i en skrift utan typsnitt: {code}]", code=code)


def is_unset_name(name: str, settable: Settable = can_set) -> bool:
    """Whether a name has letters that no typeface has; an emoji in it is named by itself."""
    return any(
        _kind_of(cluster, settable) == _SCRIPT
        for run in UNUSUAL_RUN.findall(name)
        for cluster in split_clusters(run)
    )


def names_apart(names: Mapping[str, str]) -> dict[str, str]:
    """The members' names, by code, that no typeface can set or that run from right to left.

    The documents replace or isolate such a name as a whole, in every text.
    """
    return {c: name for c, name in names.items() if is_unset_name(name) or has_right_to_left(name)}


def unset_pieces(text: str, settable: Settable = can_set) -> Iterator[str]:
    """Yield what cannot be set of a text, in order: passages in a script, and single signs."""
    for passage in _PASSAGE.findall(text):
        yield from (
            piece
            for kind, piece in _pieces(passage, settable)
            if kind not in (_SET, _UNUSUAL, _BLANK)
        )


def _replace_passage(passage: str, loc: Localizer, settable: Settable) -> str:
    replaced = {_SCRIPT: _script_sentence, _SCRIPT_PUNCTUATION: _sign_name, _SIGN: _sign_name}
    return "".join(
        replaced[kind](piece, loc) if kind in replaced else piece
        for kind, piece in _pieces(passage, settable)
    )


def _pieces(passage: str, settable: Settable) -> Iterator[tuple[str, str]]:
    """The passage in pieces of one kind each."""
    clusters = list(split_clusters(passage))
    kinds = "".join(_kind_of(cluster, settable) for cluster in clusters)
    for match in _PIECE.finditer(kinds):
        kind = _SCRIPT if _SCRIPT in match[0] else match[0][0]
        yield kind, "".join(clusters[match.start() : match.end()])


def _kind_of(cluster: str, settable: Settable) -> str:
    category = unicodedata.category((visible_characters(cluster) or cluster)[0])
    if settable(cluster):
        if is_blank(cluster) or category[0] == "P":
            return _BLANK
        return _UNUSUAL if UNUSUAL_RUN.search(cluster) and category[0] in "LMN" else _SET
    if category[0] == "P":
        return _SCRIPT_PUNCTUATION
    return _SCRIPT if category[0] in "LMN" and script_of(cluster) else _SIGN


def _script_sentence(piece: str, loc: Localizer) -> str:
    letters = [one for one in split_clusters(piece) if not is_blank(one)]
    script = next(filter(None, map(script_of, letters)), "")
    return loc(
        "[text i en skrift utan typsnitt: {script}, antal tecken: {n}]",
        script=script_name(script, loc.language),
        n=loc.count(len(letters)),
    )


def _sign_name(cluster: str, loc: Localizer) -> str:
    """The name of an emoji or another sign in brackets; its number where it has no name."""
    letters = visible_characters(cluster) or cluster
    if all(ord(letter) in _FLAG_LETTERS for letter in letters):
        country = "".join(chr(ord(letter) - _FLAG_LETTERS.start + ord("A")) for letter in letters)
        return f"[flag {country}]"
    return f"[{', '.join(_character_name(letter, loc) for letter in letters)}]"


def _character_name(letter: str, loc: Localizer) -> str:
    name = unicodedata.name(letter, "")
    return name.lower() or loc("tecknet {code}", code=f"U+{ord(letter):04X}")
