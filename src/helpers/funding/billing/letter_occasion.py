"""Which kind of letter fits a day, by the round's events, and which members get it."""

from __future__ import annotations

from datetime import date

from helpers.errors import ReportError
from helpers.funding.answers.answer_states import UNANSWERED, YES
from helpers.funding.billing.member_facts import last_reply_date
from helpers.funding.statement.round_statement import Statement
from helpers.model.letter_kind import ASKING_KINDS, LetterKind


def usual_letter_kind(statement: Statement) -> LetterKind:
    """Return the kind that follows from the day.

    The request on the day of the recommendation, feedback once there is a decision, and otherwise
    the status letter. A reminder has to be asked for, and so has a request of a later day: that no
    member has answered may be the wrong register.
    """
    if decision_day(statement) is not None:
        return "feedback"
    if statement.as_of == statement.round.recommended_on and not statement.takes_pledges:
        return "request"
    return "status"


def check_letter_kind(statement: Statement, kind: LetterKind) -> None:
    """Raise ReportError if a letter of this kind contradicts its day.

    Papers and credits fit every day.
    """
    decided, day = decision_day(statement), statement.as_of
    if statement.takes_pledges and kind in ("request", "paper"):
        raise ReportError(
            f"A {kind} letter states a fee, and in a round of pledges there is none. Choose "
            "--kind status."
        )
    if kind in ("paper", "credit"):
        return
    if kind == "feedback" and decided is None:
        raise ReportError(
            f"A feedback letter states a decision, and round.toml has no decision by {day}. Choose "
            "a later --as-of, or --kind status."
        )
    if kind != "feedback" and decided is not None:
        raise ReportError(
            f"A {kind} letter of {day} contradicts the round: the decision is of {decided}. "
            "Choose an earlier --as-of, or --kind feedback."
        )
    if kind == "request" and has_reply_date_passed(statement):
        raise ReportError(
            f"A request of {day} contradicts the round: the last day for replies was "
            f"{last_reply_date(statement)}. Choose an earlier --as-of, or --kind reminder."
        )
    if kind == "reminder" and day <= statement.round.recommended_on:
        raise ReportError(
            f"A reminder of {day} contradicts the round: the request is of the same day. Choose a "
            "later --as-of, or --kind request."
        )


def check_letter_recipient(statement: Statement, kind: LetterKind, code: str) -> None:
    """Raise ReportError if a member has answered what a letter of this kind asks."""
    row = statement.rows_by_code[code]
    if not is_recipient(kind, row["decision"]):
        raise ReportError(
            f"A {kind} is for members that have not {_asked(kind)}, and {row['name']} ({code}) "
            "has. Choose another member, or another kind of letter."
        )


def _asked(kind: LetterKind) -> str:
    return "said yes" if kind == "paper" else "answered"


def is_recipient(kind: LetterKind, decision: str) -> bool:
    """Return whether a member with this answer gets a letter of this kind.

    The request and the reminder are for members that have not answered, the paper for members that
    have not said yes.
    """
    if kind in ASKING_KINDS:
        return decision == UNANSWERED
    return kind != "paper" or decision != YES


def letter_recipients(statement: Statement, kind: LetterKind) -> list[str]:
    """Return the codes of the members that get a letter of this kind."""
    rows = statement.on_day.addressed
    decisions = zip(rows["code"], rows["decision"], strict=True)
    return [str(code) for code, decision in decisions if is_recipient(kind, decision)]


def decision_day(statement: Statement) -> date | None:
    """Return the day of the latest decision that was taken and known on the day; or None."""
    events = statement.round.known_events("decision", statement.known_on)
    days = [event.on or event.known_from for event in events]
    return max((day for day in days if day <= statement.as_of), default=None)


def has_reply_date_passed(statement: Statement) -> bool:
    """Return whether the last day for replies is before the statement's day."""
    last = last_reply_date(statement)
    return last is not None and last < statement.as_of
