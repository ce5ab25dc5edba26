"""Parse the answer in a cell as people and programs write it; an unclear answer is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping

from helpers.data.cells.cell_values import normalize_text
from helpers.data.cells.conditions import is_bare_mark, is_filler

_DECISION_WORDS = {
    **dict.fromkeys(["ja", "ja tack", "ja, tack", "j", "yes", "y", "sant", "true"], "yes"),
    **dict.fromkeys(["nej", "nej tack", "nej, tack", "n", "no", "falskt", "false"], "no"),
    **dict.fromkeys(["ja, utan villkor", "ja utan villkor", "ja, utan förbehåll"], "yes"),
}
_YES_WORDS = {"ja", "j", "yes", "y"}  # in a column Nej they are not a mark
# What officers write in a list of all members, next to members that have not answered.
_NO_ANSWER_WORDS = {
    "", "-", "–", "—", "null", "(null)", "n/a", "none", "nan", "nat", "inget svar", "ej svar",
    "ej svarat", "ej besvarat", "ej besvarad", "inte svarat", "har ej svarat", "har inte svarat",
    "obesvarat", "obesvarad", "svar saknas", "not answered", "no answer",
}  # fmt: skip
# "villkorslöst" and "utan förbehåll" mean the opposite, and are not here.
_CONDITIONAL_YES = re.compile(
    r"(?:ja|yes)(?: ?[,;:–—-] ?| )(?P<condition>(?:"
    r"under (?:den )?förutsättning(?:en|ar|arna)?|förutsatt|villkora[dt]|"
    r"(?:med|under|på) (?:ett |visst |vissa )?(?:förbehåll|villkor)(?:et|en)?|"
    r"provided|subject to|on (?:the )?condition"
    r")\b.*)",
    re.IGNORECASE,
)


def parse_decision(text: str) -> tuple[str, str] | None:
    """Return 'yes' or 'no' and the condition in the same cell ('' for none); None if it is unclear.

    Only a yes can have a condition, which must begin with a usual phrase ('under förutsättning
    att').
    """
    if found := _CONDITIONAL_YES.fullmatch(normalize_text(text)):
        return "yes", found["condition"]
    answer = _DECISION_WORDS.get(_plain_words(text))
    return (answer, "") if answer else None


def is_no_answer(text: str) -> bool:
    """Return whether a cell of answers or days says that the member has not answered."""
    return _plain_words(text) in _NO_ANSWER_WORDS


def declared_answer(text: str, declared: Mapping[str, str]) -> str | None:
    """Return the meaning of a word in the column of answers by round.toml; None if it is not there.

    `declared` is [register.answers]: a word to "yes", "no" or "unanswered".
    """
    words = _plain_words(text)
    return next((means for word, means in declared.items() if _plain_words(word) == words), None)


def answer_of_pair(yes: str, no: str) -> str:
    """Return the answer that is marked in the columns Ja and Nej of a row; '' if neither is marked.

    Unclear cells are returned unchanged, so that the caller reports them.
    """
    marked = [not (is_filler(cell) or not cell) for cell in (yes, no)]
    if marked == [False, False]:
        return ""
    if marked == [True, False] and (is_bare_mark(yes) or parse_decision(yes) == ("yes", "")):
        return "ja"
    if marked == [False, True] and is_bare_mark(no) and _plain_words(no) not in _YES_WORDS:
        return "nej"
    if not (yes and no):
        return f"Ja: {yes}" if yes else f"Nej: {no}"
    return f"Ja: {yes}, Nej: {no}"


def _plain_words(text: str) -> str:
    return normalize_text(text).casefold().rstrip("!").removesuffix(".").rstrip()
