"""Compare the number of answers in a report with the release that it replaces or follows.

A report with fewer answers is almost always one for which `--decisions` was forgotten.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from helpers.data.round.archived_inputs import read_release_json
from helpers.errors import ReportError
from helpers.model.long_lists import FIGURES_JSON
from helpers.releases.listing.catalogue import Release, latest_releases
from helpers.releases.storage import RUN_JSON
from helpers.report.report_data import ReportData


@dataclass(frozen=True)
class CountedRelease:
    """An earlier release: its path in the folder of releases, its count and its register's name."""

    release: str
    answered: int
    register: str


def fewer_answers_entry(report: ReportData, reports: Path, kind: str) -> dict[str, Any] | None:
    """Return the entry of run.json on a report with fewer answers; None if it has not fewer.

    Raises ReportError if no reason is stated.
    """
    earlier = find_fewer_answers(report, reports, kind)
    if earlier is None:
        return None
    if not (report.params.reason or "").strip():
        raise ReportError(explain_fewer_answers(report, earlier))
    return {**asdict(earlier), "reason": report.params.reason}


def explain_fewer_answers(report: ReportData, earlier: CountedRelease) -> str:
    """Return the message: the difference, the registers that were read, and what to do."""
    now = report.statement.total.answered
    return (
        f"The report counts answers from {_members(now)}, but {earlier.release}, which it replaces "
        f"or follows, from {earlier.answered}. The register read now is "
        f"{report.inputs.register.table.file}; then it was {earlier.register}. Did you forget "
        '--decisions? If there are fewer answers, state why with --reason "…".'
    )


def find_fewer_answers(report: ReportData, reports: Path, kind: str) -> CountedRelease | None:
    """Return the release that a report replaces or follows, if it counts more answers.

    It is the newest of the round on the report's day or earlier; on that day a release of the same
    kind is preferred. Drafts, and releases that do not state their count, are skipped.
    """
    earlier = _newest_counted_release(report, reports, kind)
    if earlier is None or report.statement.total.answered >= earlier.answered:
        return None
    return earlier


def _newest_counted_release(report: ReportData, reports: Path, kind: str) -> CountedRelease | None:
    releases = latest_releases(reports, report.params.round, report.params.as_of, kind)
    return next(filter(None, map(_read_count, releases)), None)


def _read_count(release: Release) -> CountedRelease | None:
    """Return the count in run.json, or in figures.json for a board report before schema 2."""
    try:
        run = read_release_json(release.folder / RUN_JSON)
        summary = run.get("summary") or read_release_json(release.folder / FIGURES_JSON)
        answered, register = summary["answered"], run["inputs"]["decisions"]["file"]
    except (ReportError, LookupError, TypeError):
        return None
    if type(answered) is not int or not isinstance(register, str):
        return None
    return CountedRelease(release.path, answered, register)


def _members(number: int) -> str:
    return "1 member" if number == 1 else f"{number} members"
