"""The result of verifying a release, as data and as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Verdict:
    """The result for a release: differences, remarks, and how much was compared."""

    release: Path
    differences: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    files: int = 0
    figures: int = 0
    documents: int = 0

    def __str__(self) -> str:
        """Return a line with the result, then a line for each difference and each remark."""
        remarks = [f"  note: {text}" for text in self.remarks]
        if not self.differences:
            counts = f"{self.files} files, {self.figures} figures and {self.documents} documents"
            return "\n".join([f"{self.release}: no difference in {counts}.", *remarks])
        number = len(self.differences)
        heading = f"{self.release}: {number} difference{'s' * (number > 1)}."
        return "\n".join([heading, *(f"  {text}" for text in self.differences), *remarks])


def possible_cause(changes: list[str]) -> str:
    """Return a sentence on the cause of differences: another version, or a change to the files."""
    if not changes:
        return " Code and libraries are the same: the file or its inputs have been changed."
    return f" Made by another version: {'; '.join(changes)}."
