"""What passes between the batch of letters and those that make them.

It is plain data, so that a worker may be a process of this machine or of another one, which needs
the same round, the same code and no folder in common.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.data.round.round_config import project_root
from helpers.model.localized_text import Language

LETTER_NOTEBOOK = "municipality_letter.ipynb"
LETTER_FILE_TYPES = (
    "html",
    "pdf",
    "ipynb",
)  # in the order they are put in place: the notebook tells the rest


@dataclass(frozen=True)
class LetterJob:
    """What all letters of a batch have in common; days are as YYYY-MM-DD.

    `inputs` and `code` are what the batch was ordered for (Inputs.hashes, code_hash): a worker that
    has others makes nothing.
    """

    round: str
    as_of: str
    known_on: str | None
    decisions: str | None
    table: str
    language: Language
    inputs: dict[str, dict[str, str]]
    code: str

    def parameters(self, code: str | None = None) -> dict[str, Any]:
        """The notebook's parameters for a member; without one, what all letters share."""
        shared = ("round", "as_of", "known_on", "decisions", "table", "language")
        return {name: getattr(self, name) for name in shared} | ({"code": code} if code else {})


@dataclass(frozen=True)
class LetterResult:
    """A member's letter: the bytes of each kind and the figures that its notebook handed over.

    Or why there is none, and its notebook so far. `seconds` tells how long each step took.
    """

    code: str
    files: dict[str, bytes] = field(default_factory=dict)
    error: str | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)


def letter_notebook() -> Path:
    """The notebook that every letter is made from."""
    return project_root() / "notebooks" / LETTER_NOTEBOOK


def letter_stem(code: str, language: Language) -> str:
    """What a letter's files are called, but for their endings."""
    return f"{code}.{language}"
