"""The kinds of letter of a round, and how releases and their folders name them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:  # pydantic, which the texts of --help do not need
    from helpers.model.localized_text import Language

# The request asks; the reminder asks again; the status letter says how it goes until there is a
# decision, and the feedback says how it went. The paper is a draft for the member's own board. The
# credit says what has been invoiced beyond what is due.
LetterKind = Literal["request", "reminder", "status", "feedback", "paper", "credit"]
LETTER_KINDS: tuple[LetterKind, ...] = get_args(LetterKind)

# For members that have not answered.
ASKING_KINDS: tuple[LetterKind, ...] = ("request", "reminder")

# In the names of their releases. Status and feedback exclude each other on a day: their release is
# that day's letters, as it was before there were kinds.
NAMED_KINDS: tuple[LetterKind, ...] = ("request", "reminder", "paper", "credit")


def release_name(day: date, kind: LetterKind, draft: Language | None = None) -> str:
    """Return the name of the folder of a release of letters, or of a draft in a language."""
    name = f"{day}-letters-{kind}" if kind in NAMED_KINDS else f"{day}-letters"
    return f"{name}-draft-{draft}" if draft else name
