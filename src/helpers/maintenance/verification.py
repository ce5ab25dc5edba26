"""Verify a release: its files, its figures from its inputs, and its documents made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from helpers.data.round.archived_inputs import read_release_figures, read_release_json
from helpers.errors import ExhaustedError, ReportError
from helpers.maintenance.file_review import review_files, review_fonts, review_run_json
from helpers.maintenance.rebuild import is_same_document, rebuild_documents, version_changes
from helpers.maintenance.statement_review import SCHEMA_WITH_FACTS, review_statements
from helpers.maintenance.verdict import Verdict, possible_cause
from helpers.model.long_lists import FIGURES_JSON
from helpers.releases.figure_files import figure_files
from helpers.releases.manifest import RUN_SCHEMA_VERSION
from helpers.releases.provenance import PACKAGE, library_versions
from helpers.releases.recompute import compare_figures, load_archived_report, release_figures
from helpers.releases.run_log import recorded_commit
from helpers.releases.signatures import require_signers, review_signatures
from helpers.releases.storage import RUN_JSON
from helpers.report.report_data import ReportData
from helpers.system.control.signals import uninterrupted
from helpers.system.files import read_bytes


def verify_release(
    release: Path, *, documents: bool = True, signers: Path | None = None
) -> Verdict:
    """Compare a release with its run.json, its archived inputs and the index.

    `documents` also makes the documents again and compares them. `signers` is a file of allowed
    signers, of whom one must have signed it. Raises ReportError if the folder has no readable
    run.json, or is removed while it is verified, and, before it is compared, if no signature could
    be verified; ExhaustedError if the system refuses a process that makes a document.
    """
    if signers:
        require_signers(signers)
    inode = release.stat().st_ino if release.is_dir() else None
    try:
        verdict = _compare_release(release, documents=documents)
        if signers:
            verdict.differences += review_signatures(release, signers, verdict.remarks)
    except (OSError, ReportError):
        _raise_if_removed(release, inode)
        raise
    if verdict.differences:
        _raise_if_removed(release, inode)
    return verdict


def _raise_if_removed(release: Path, inode: int | None) -> None:
    """Raise ReportError if a folder was replaced or removed: no file of it was then changed."""
    if inode is not None and (not release.is_dir() or release.stat().st_ino != inode):
        raise ReportError(
            f"{release} was removed while it was verified, for example by `funding-report prune`. "
            "Choose a release that remains."
        )


def _compare_release(release: Path, *, documents: bool) -> Verdict:
    run = read_release_json(release / RUN_JSON)
    verdict = Verdict(release)
    verdict.remarks += _schema_remarks(run)
    verdict.differences += [*review_run_json(run, verdict), *review_files(run, verdict)]
    verdict.differences += review_fonts(run, verdict)
    changes: list[str] = []
    try:
        changes = version_changes(run, release)
        report = load_archived_report(run, release)
        computed = release_figures(report, run)
        verdict.differences += _figures_or_reason(computed, verdict, changes)
        verdict.differences += review_statements(report, run, release, changes)
        verdict.differences += [] if changes else _check_inputs(report, release)
        if documents:
            made = {*figure_files(computed), *_archived_names(report)}
            verdict.differences += _documents_or_reason(report, run, verdict, changes, made)
    except ExhaustedError:
        raise
    except ReportError as error:
        verdict.differences.append(f"inputs/: {error}{possible_cause(changes) if changes else ''}")
    if verdict.differences and changes:
        verdict.remarks.append(_by_its_own_version(run, release))
    elif changes:
        verdict.remarks.append(f"It names other code or libraries: {'; '.join(changes)}.")
    return verdict


def _by_its_own_version(run: Mapping[str, Any], release: Path) -> str:
    """Return a remark on the version that made a release, and how to verify with that version."""
    recorded = run.get("versions")
    made_by = recorded.get(PACKAGE) if isinstance(recorded, Mapping) else None
    commit = recorded_commit(run, release)
    source = f" (commit {commit})" if commit else ""
    return (
        f"made by {PACKAGE} {made_by or 'of an unknown version'}{source}; this is "
        f"{library_versions()[PACKAGE]}. What differs because of that is not a fault of the "
        "release. "
        "To check it by the version that made it, install that version in a separate folder "
        f"and run `{PACKAGE} verify {release.resolve()}` there."
    )


def _schema_remarks(run: Mapping[str, Any]) -> list[str]:
    version = run.get("schema_version")
    if version in (SCHEMA_WITH_FACTS, RUN_SCHEMA_VERSION):  # they differ in the log of the run
        return []
    if isinstance(version, int) and version < SCHEMA_WITH_FACTS:
        return [
            f"schema {version}, this is {RUN_SCHEMA_VERSION}: its run.json lacks the "
            "register's row numbers, headlines and key figures."
        ]
    return [f"schema {version} is newer than {RUN_SCHEMA_VERSION}: what it adds is not verified."]


def _check_figures(
    printed: Mapping[str, Any], computed: Mapping[str, Any], verdict: Verdict, changes: list[str]
) -> Iterator[str]:
    """Report figures that differ from its inputs; a figure of newer code only is a remark."""
    verdict.figures = _count_values(printed)
    found = list(compare_figures(printed, computed))
    for difference in found:
        if difference.missing and changes:
            verdict.remarks.append(
                f"{FIGURES_JSON}: {difference.text}: only this version computes it."
            )
        else:
            yield f"{FIGURES_JSON}: {difference.text}.{possible_cause(changes)}"
    if not changes and not found and _is_written_otherwise(verdict.release, computed):
        yield f"{FIGURES_JSON} has been changed: a run writes the same figures in another form."


def _figures_or_reason(
    computed: Mapping[str, Any], verdict: Verdict, changes: list[str]
) -> list[str]:
    """Return the differences of the figures, or why their file cannot be read."""
    try:
        printed = read_release_figures(verdict.release)
    except ReportError as error:
        return [str(error)]
    return list(_check_figures(printed, computed, verdict, changes))


def _is_written_otherwise(release: Path, computed: Mapping[str, Any]) -> bool:
    return any(
        read_bytes(release / name) != content for name, content in figure_files(computed).items()
    )


def _check_inputs(report: ReportData, release: Path) -> Iterator[str]:
    """Report archived inputs that a run would have archived otherwise, of the same content."""
    for name, content in report.inputs.archived_files().items():
        if read_bytes(release / "inputs" / name) != content:
            yield f"inputs/{name} has been changed: a run archives the same rows in another form."


def _archived_names(report: ReportData) -> set[str]:
    return {f"inputs/{name}" for name in report.inputs.archived_files()}


def _documents_or_reason(
    report: ReportData,
    run: Mapping[str, Any],
    verdict: Verdict,
    changes: list[str],
    made: set[str],
) -> list[str]:
    """Return the differences of documents, or that run.json does not say which there are."""
    try:
        return list(_check_documents(report, run, verdict, changes, made))
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        what = f"{type(error).__name__}: {error}"
        return [f"{RUN_JSON} does not say which documents the release has ({what})."]


def _check_documents(
    report: ReportData,
    run: Mapping[str, Any],
    verdict: Verdict,
    changes: list[str],
    made: set[str],
) -> Iterator[str]:
    """Make the documents again and report differences from the published ones.

    `made` are the other files of a run, which are compared elsewhere.
    """
    with ExitStack() as undo:
        with uninterrupted():
            work = undo.enter_context(TemporaryDirectory())
        outputs = run.get("outputs")
        listed = {*outputs} if isinstance(outputs, Mapping) else set()
        left = listed - made
        for name, content in rebuild_documents(report, run, Path(work)):
            verdict.documents += 1
            left.discard(name)
            if isinstance(content, ReportError):
                left = {one for one in left if not one.startswith(name.removesuffix("html"))}
                yield f"{name} cannot be made again: {content}{possible_cause(changes)}"
            elif name not in listed:
                yield f"{name} is missing: a run makes it.{possible_cause(changes)}"
            elif not is_same_document(name, content, verdict.release, run):
                yield f"{name} differs when made again.{possible_cause(changes)}"
    for name in sorted(left) if not changes else ():
        yield f"{name} is not a file that a run makes."


def _count_values(value: Any) -> int:
    """Return the number of single values in a JSON value."""
    if isinstance(value, dict):
        return sum(map(_count_values, value.values()))
    return sum(map(_count_values, value)) if isinstance(value, list) else 1
