"""The class of each kind of letter, and the kind and the members of a batch of letters."""

from __future__ import annotations

from helpers.funding.billing.letter_occasion import (
    check_letter_kind,
    decision_day,
    letter_recipients,
    usual_letter_kind,
)
from helpers.model.letter_kind import LetterKind
from helpers.report.correspondence.credit_letter import CreditLetter
from helpers.report.correspondence.member_letter import MemberLetter
from helpers.report.correspondence.member_paper import MemberPaper
from helpers.report.correspondence.request_letter import ReminderLetter, RequestLetter
from helpers.report.letter_report import MunicipalityLetter
from helpers.report.report_data import ReportData

LETTER_CLASSES: dict[LetterKind, type[MemberLetter]] = {
    "request": RequestLetter,
    "reminder": ReminderLetter,
    "status": MunicipalityLetter,
    "feedback": MunicipalityLetter,
    "paper": MemberPaper,
    "credit": CreditLetter,
}


def letter_kind_on_day(report: ReportData, stated: LetterKind | None = None) -> LetterKind:
    """Return the stated kind, or the usual kind of the report's day.

    Raises ReportError if a letter of the stated kind contradicts its day.
    """
    kind = stated or usual_letter_kind(report.statement)
    check_letter_kind(report.statement, kind)
    return kind


def recipients_of(report: ReportData, kind: LetterKind) -> list[str]:
    """Return the codes of the members that get a letter of this kind."""
    recipients = letter_recipients(report.statement, kind)
    if kind != "credit":
        return recipients
    ledger = report.receivables
    positions = {} if ledger is None else ledger.by_member
    return [code for code in recipients if any(p.credit_due for p in positions.get(code, ()))]


def unnamed_letter_kind(report: ReportData) -> LetterKind:
    """Return the kind of a release whose run.json states none, from before there were kinds."""
    return "status" if decision_day(report.statement) is None else "feedback"
