"""Text that is read from right to left: where it is, and how it is kept apart from its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

# The blocks of the scripts that run from right to left (Unicode, DerivedBidiClass.txt).
_LETTERS = (
    "\u0590-\u05ff\u0600-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
# A passage ends in a letter: the number or the full stop behind it belongs to the sentence.
_RUN = re.compile(rf"[{_LETTERS}](?:[\s\d.,'’()/–-]*[{_LETTERS}])*")
# FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, as <bdi> does in HTML.
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def has_right_to_left(text: str) -> bool:
    """Whether any of a text runs from right to left."""
    return _RUN.search(text) is not None


def isolate(text: str) -> str:
    """The text between marks that let it change no order outside itself."""
    return f"{_ISOLATE}{text}{_END_ISOLATE}"


def isolation_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """What to isolate: a name that has such letters whole, or else each run of them."""
    whole = sorted(filter(has_right_to_left, set(names)), key=lambda name: (-len(name), name))
    return re.compile("|".join([*map(re.escape, whole), _RUN.pattern]))
