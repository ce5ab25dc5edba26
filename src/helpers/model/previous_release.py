"""The contents of an earlier report of the same day, for the report that replaces it."""

from __future__ import annotations

from datetime import date

from helpers.base_model import StrictModel


class PreviousAnswer(StrictModel):
    """How a member's answer counted, and what it secured in whole units a year."""

    code: str
    decision: str
    secured: int


class CorrectedRecord(StrictModel):
    """A record corrected for the earlier report (see register_corrections.apply_corrections)."""

    row: int
    code: str
    recorded_on: date
    why: str
    column: str
    expected: str
    corrected: str
    removed: bool


class PreviousRelease(StrictModel):
    """The replaced release: its name, its days, its sums and its answers.

    `corrected` is None for a release that does not list its corrected records (schema 1).
    """

    release: str
    as_of: date
    known_on: date
    answered: int
    yes: int
    no: int
    funded: int
    answers: list[PreviousAnswer]
    corrected: list[CorrectedRecord] | None
