"""The names of the folders of releases: DAY, DAY-letters, DAY-letters-KIND, and a number."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, NamedTuple

from helpers.model.letter_kind import NAMED_KINDS

_RELEASE_NAME = re.compile(
    rf"(\d{{4}}-\d{{2}}-\d{{2}})(-letters(?:-({'|'.join(NAMED_KINDS)}))?)?(?:\.([1-9]\d{{0,8}}))?"
)


class ReleaseName(NamedTuple):
    """The parts of a release's folder name: day, kind and number within the day."""

    day: date
    kind: Literal["board-report", "letters"]
    number: int
    letters: str = ""  # the kind of letters, where the name states it

    def has_kind(self, kind: object, letter_kind: object) -> bool:
        """Return whether the name is that of a release of this kind, and of this kind of letters.

        Both are as run.json states them.
        """
        named = letter_kind if letter_kind in NAMED_KINDS else ""
        return (self.kind, self.letters) == (kind, named)


def parse_release_name(name: str) -> ReleaseName | None:
    """Parse a folder's name; None for a draft and for any other name."""
    match = _RELEASE_NAME.fullmatch(name)
    if not match:
        return None
    try:
        day = date.fromisoformat(match[1])
    except ValueError:
        return None
    kind: Literal["board-report", "letters"] = "letters" if match[2] else "board-report"
    return ReleaseName(day, kind, int(match[4] or 1), match[3] or "")
