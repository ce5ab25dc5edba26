"""The job and the result that the batch of letters and its workers exchange.

Both are plain data, so that a worker can run on another machine. It needs the same round and the
same code, but no shared folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.model.letter_kind import LetterKind
from helpers.model.localized_text import Language
from helpers.system.project_folder import project_root

LETTER_NOTEBOOKS: dict[LetterKind, str] = {
    "request": "request_letter.ipynb",
    "reminder": "reminder_letter.ipynb",
    "status": "municipality_letter.ipynb",
    "feedback": "municipality_letter.ipynb",
    "paper": "member_paper.ipynb",
    "credit": "credit_letter.ipynb",
}
LETTER_FILE_TYPES = (
    "html",
    "pdf",
    "ipynb",
)  # in the order of writing: has_letter looks for the last


@dataclass(frozen=True)
class LetterJob:
    """The parameters that all letters of a batch share; days are strings, YYYY-MM-DD.

    `inputs` and `code_hash` are the hashes of the batch's inputs and code (RoundInputs.hashes,
    provenance.code_hash). A worker with other hashes refuses the job.
    """

    round: str
    as_of: str
    known_on: str | None
    decisions: str | None
    table: str
    language: Language
    future: bool
    inputs: dict[str, dict[str, str]]
    code_hash: str
    kind: LetterKind

    def parameters(self, code: str | None = None) -> dict[str, Any]:
        """Return the notebook's parameters for a member; without a code, those of all letters."""
        shared = ["round", "as_of", "known_on", "decisions", "table", "language"]
        # A letter notebook from before there was `future` has no such parameter.
        shared += ["future"] if self.future else []
        return {name: getattr(self, name) for name in shared} | ({"code": code} if code else {})


@dataclass(frozen=True)
class LetterResult:
    """A member's letter: its files by type, and the figures that its notebook handed over.

    If it could not be made, `error` is set, and `files` has the partly executed notebook, if there
    is one; `exhausted` is True if the system refused what it needs. `seconds` has the duration of
    each step.
    """

    code: str
    files: dict[str, bytes] = field(default_factory=dict)
    error: str | None = None
    exhausted: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)


def letter_notebook(kind: LetterKind) -> Path:
    """Return the path of the source notebook of every letter of a kind."""
    return project_root() / "notebooks" / LETTER_NOTEBOOKS[kind]


def letter_stem(code: str, language: Language) -> str:
    """Return the name of a letter's files without their extensions."""
    return f"{code}.{language}"
