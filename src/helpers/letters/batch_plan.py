"""Which letters a batch makes: the members, the content of run.json, and the job of all letters."""

from __future__ import annotations

from typing import Any

from helpers.documents.annex_files import ANNEX_STEM
from helpers.errors import ReportError
from helpers.letters.job import LetterJob, letter_notebook
from helpers.model.letter_kind import LetterKind
from helpers.releases.manifest import release_manifest
from helpers.releases.storage import LETTERS_KIND
from helpers.report.correspondence.member_letter import resolve_addressee
from helpers.report.letter_classes import recipients_of
from helpers.report.report_data import ReportData

# What run.json states of the register's source is not archived. Letters print nothing of it, so
# that nothing would show that it was altered.
_PRINTED_BY_REPORTS = {"register_unread", "register_sheets", "register_remarks"}


def chosen_codes(report: ReportData, kind: LetterKind, only: tuple[str, ...]) -> list[str]:
    """Return the codes of the members to write to; all that the kind is for if `only` is empty.

    Raises ReportError for a code that no member has, for a member that the kind is not for, and if
    there is nobody to write to.
    """
    recipients = recipients_of(report, kind)
    if not recipients:
        reason = _why_nobody(report, kind)
        raise ReportError(f"There is nobody to write to: {reason} on {report.params.as_of}.")
    chosen = {resolve_addressee(report, code) for code in only}
    if answered := sorted(chosen - set(recipients)):
        raise ReportError(f"A {kind} is not for these members. Leave out: {', '.join(answered)}.")
    taken = [code for code in recipients if code.casefold() == ANNEX_STEM]
    if taken and kind == "request":  # the only kind with an annex
        raise ReportError(
            f"The member's code {taken[0]!r} is the name of the annex's files. Change the code."
        )
    return [code for code in recipients if code in chosen or not only]


def _why_nobody(report: ReportData, kind: LetterKind) -> str:
    """Return why nobody gets a letter of this kind, as part of a sentence."""
    if kind == "credit":
        return "no member had been invoiced for too much"
    if report.statement.on_day.addressed.empty:
        return "there was no member"
    return "every member had said yes" if kind == "paper" else "every member had answered"


def letters_manifest(
    report: ReportData, kind: LetterKind, only: list[str] | None
) -> dict[str, Any]:
    """Return the content of run.json before there are letters; `only`: codes, or all."""
    languages = [report.params.language]
    parameters = {"language": report.params.language, "letter_kind": kind, "only": only}
    manifest = release_manifest(
        report, LETTERS_KIND, letter_notebook(kind), languages, parameters, ("since", "forecast")
    )
    recipients = only or recipients_of(report, kind)
    kept = {name: value for name, value in manifest.items() if name not in _PRINTED_BY_REPORTS}
    return {**kept, "letters": len(recipients)}


def new_letter_job(report: ReportData, manifest: dict[str, Any], kind: LetterKind) -> LetterJob:
    """Return the job that all letters of a report share; `manifest` is the content of run.json."""
    params = report.params
    return LetterJob(
        round=params.round,
        as_of=str(params.as_of),
        known_on=str(params.known_on) if params.known_on else None,
        decisions=params.decisions,
        table=params.table,
        language=params.language,
        future=params.future,
        inputs=manifest["inputs"],
        code_hash=manifest["code"],
        kind=kind,
    )
