"""Verify a release: its files, its figures from its inputs, and its documents made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from helpers.data.round.archived_inputs import read_release_json
from helpers.errors import ReportError
from helpers.maintenance.rebuild import is_same_document, rebuild_documents, version_changes
from helpers.releases.decided import decided_hash
from helpers.releases.index_page import INDEX_FILE, listed_hashes
from helpers.releases.manifest import RUN_SCHEMA_VERSION, manifest_key, report_facts
from helpers.releases.provenance import PACKAGE, library_versions
from helpers.releases.recompute import compare_figures, load_archived_report, release_figures
from helpers.releases.run_log import recorded_commit
from helpers.releases.storage import FIGURES_JSON, RUN_JSON, file_hashes, is_hash
from helpers.report.board_report import BoardReport
from helpers.system.control.signals import uninterrupted
from helpers.system.typefaces.project_fonts import FONTS_FOLDER, project_font_hashes

_WHOLLY_ARCHIVED = (
    "round",
    "published",
    "corrections",
    "commentary",
    "brand",
    "logo",
)  # archived unchanged; of the other inputs only the columns that were used

_SCHEMA_WITH_FACTS = 2  # the first whose run.json has rows, headlines and key figures


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


def verify_release(release: Path, *, documents: bool = True) -> Verdict:
    """Compare a release with its run.json, its archived inputs and the index.

    `documents` also makes the documents again and compares them. Raises ReportError if the folder
    has no readable run.json, or is removed while it is verified.
    """
    inode = release.stat().st_ino if release.is_dir() else None
    try:
        verdict = _compare_release(release, documents=documents)
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
    verdict.differences += [*_check_run_json(run, verdict), *_check_files(run, verdict)]
    verdict.differences += _check_fonts(run, verdict)
    changes: list[str] = []
    try:
        changes = version_changes(run, release)
        report = load_archived_report(run, release)
        verdict.differences += _check_figures(report, run, verdict, changes)
        if documents:
            verdict.differences += _check_documents(report, run, verdict, changes)
    except ReportError as error:
        verdict.differences.append(f"inputs/: {error}{_possible_cause(changes) if changes else ''}")
    if verdict.differences and changes:
        verdict.remarks.append(_by_its_own_version(run, release))
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
    if version in (_SCHEMA_WITH_FACTS, RUN_SCHEMA_VERSION):  # they differ in the log of the run
        return []
    if isinstance(version, int) and version < _SCHEMA_WITH_FACTS:
        return [
            f"schema {version}, this is {RUN_SCHEMA_VERSION}: its run.json lacks the "
            "register's row numbers, headlines and key figures."
        ]
    return [f"schema {version} is newer than {RUN_SCHEMA_VERSION}: what it adds is not verified."]


def _check_run_json(run: dict[str, Any], verdict: Verdict) -> Iterator[str]:
    """Check run.json against the index, the mark of a decision, and its own key."""
    current_hash = sha256((verdict.release / RUN_JSON).read_bytes()).hexdigest()
    folder = verdict.release.resolve()
    index = folder.parent.parent / INDEX_FILE
    listed_hash = listed_hashes(index).get(f"{folder.parent.name}/{folder.name}")
    if listed_hash is None:
        verdict.remarks.append(
            f"{INDEX_FILE} does not list it, so a change of {RUN_JSON} itself cannot be detected."
        )
    elif listed_hash != current_hash:
        yield (
            f"{RUN_JSON} has been changed since it was published: {INDEX_FILE} lists another "
            "SHA-256."
        )
    decided_run = decided_hash(verdict.release)
    if decided_run is not None and decided_run != current_hash:
        yield f"{RUN_JSON} has been changed since the release was marked as decided."
    if run.get("key") != manifest_key(run):
        yield (
            f"{RUN_JSON} has been changed: its key does not fit its parameters, inputs and "
            "versions."
        )


def _check_files(run: Mapping[str, Any], verdict: Verdict) -> Iterator[str]:
    """Check each file's SHA-256, and that of inputs archived unchanged against their source's."""
    listed_files = run.get("outputs")
    recorded = listed_files if isinstance(listed_files, Mapping) else {}
    present = file_hashes(verdict.release)
    verdict.files = len(present) + 1
    for name in sorted({*recorded, *present}):
        if name not in present:
            yield f"{name} is missing."
        elif name not in recorded:
            kind = "" if is_hash(present[name]) else f" It is {present[name]}."
            yield f"{name} was not published: {RUN_JSON} does not list it.{kind}"
        elif not is_hash(present[name]):
            yield f"{name} has been changed since it was published: it is {present[name]}."
        elif recorded[name] != present[name]:
            yield f"{name} has been changed since it was published: its SHA-256 differs."
    inputs = run.get("inputs")
    for role in _WHOLLY_ARCHIVED:
        source = inputs.get(role) if isinstance(inputs, Mapping) else None
        name = f"inputs/{source.get('file')}" if isinstance(source, Mapping) else ""
        if isinstance(source, Mapping) and present.get(name) != source.get("sha256"):
            yield f"{name} is not the file that the release was made from."


def _check_fonts(run: Mapping[str, Any], verdict: Verdict) -> Iterator[str]:
    """Check the project's fonts, which a release does not archive, against those it was made with.

    A font that has come since is a remark.
    """
    inputs, present = run.get("inputs"), project_font_hashes()
    recorded = inputs if isinstance(inputs, Mapping) else {}
    for path in recorded:
        if path.startswith(f"{FONTS_FOLDER}/") and recorded[path] != present.get(path):
            yield (
                f"{path} {'has been changed' if path in present else 'is missing'} since the "
                "release was made with it. Put the same file back to make the documents again."
            )
    verdict.remarks += [
        f"{path} has come since the release was made." for path in present if path not in recorded
    ]


def _check_figures(
    report: BoardReport, run: Mapping[str, Any], verdict: Verdict, changes: list[str]
) -> Iterator[str]:
    """Report figures that differ from its inputs; a figure of newer code only is a remark."""
    printed = read_release_json(verdict.release / FIGURES_JSON)
    verdict.figures = _count_values(printed)
    for difference in compare_figures(printed, release_figures(report, run)):
        if difference.missing and changes:
            verdict.remarks.append(
                f"{FIGURES_JSON}: {difference.text}: only this version computes it."
            )
        else:
            yield f"{FIGURES_JSON}: {difference.text}.{_possible_cause(changes)}"
    if run.get("schema_version") in (_SCHEMA_WITH_FACTS, RUN_SCHEMA_VERSION):
        languages = list(run["headlines"]) if isinstance(run.get("headlines"), Mapping) else []
        expected = report_facts(report, languages)
        stated = {name: run.get(name) for name in expected}
        for difference in compare_figures(stated, expected):
            yield f"{RUN_JSON}: {difference.text}.{_possible_cause(changes)}"


def _check_documents(
    report: BoardReport, run: Mapping[str, Any], verdict: Verdict, changes: list[str]
) -> Iterator[str]:
    """Make the documents again and report differences from the published ones."""
    with ExitStack() as undo:
        with uninterrupted():
            work = undo.enter_context(TemporaryDirectory())
        for name, content in rebuild_documents(report, run, Path(work)):
            verdict.documents += 1
            if isinstance(content, ReportError):
                yield f"{name} cannot be made again: {content}{_possible_cause(changes)}"
            elif not is_same_document(name, content, verdict.release, run.get("outputs") or {}):
                yield f"{name} differs when made again.{_possible_cause(changes)}"


def _possible_cause(changes: list[str]) -> str:
    """Return a sentence on the cause of differences: another version, or a change to the files."""
    if not changes:
        return " Code and libraries are the same: the file or its inputs have been changed."
    return f" Made by another version: {'; '.join(changes)}."


def _count_values(value: Any) -> int:
    """Return the number of single values in a JSON value."""
    if isinstance(value, dict):
        return sum(map(_count_values, value.values()))
    return sum(map(_count_values, value)) if isinstance(value, list) else 1
