"""The kinds of letter of a round, and how releases and their folders name them."""

from __future__ import annotations

from typing import Literal, get_args

# The request asks; the reminder asks again; the status letter says how it goes until there is a
# decision, and the feedback says how it went.
LetterKind = Literal["request", "reminder", "status", "feedback"]
LETTER_KINDS: tuple[LetterKind, ...] = get_args(LetterKind)

# For members that have not answered.
ASKING_KINDS: tuple[LetterKind, ...] = ("request", "reminder")

# In the names of their releases. Status and feedback exclude each other on a day: their release is
# that day's letters, as it was before there were kinds.
NAMED_KINDS: tuple[LetterKind, ...] = ("request", "reminder")


def release_suffix(kind: LetterKind) -> str:
    """Return what follows the day in the name of a release of letters."""
    return f"-letters-{kind}" if kind in NAMED_KINDS else "-letters"
