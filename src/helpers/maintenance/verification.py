"""Whether a release is what it was: its files, its figures from its inputs, its documents anew."""

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
from helpers.releases.storage import FIGURES_JSON, RUN_JSON, file_hashes
from helpers.report.board_report import BoardReport
from helpers.system.signals import uninterrupted

_WHOLLY_ARCHIVED = (
    "round",
    "published",
    "corrections",
)  # archived to the byte, not only some columns


@dataclass
class Verdict:
    """What was found of a release: differences, remarks, and how much was compared."""

    release: Path
    differences: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    files: int = 0
    figures: int = 0
    documents: int = 0

    def __str__(self) -> str:
        """One line where all fits; else a line for each difference, and for each remark."""
        remarks = [f"  note: {text}" for text in self.remarks]
        if not self.differences:
            counts = f"{self.files} files, {self.figures} figures and {self.documents} documents"
            return "\n".join([f"{self.release}: no difference in {counts}.", *remarks])
        number = len(self.differences)
        heading = f"{self.release}: {number} difference{'s' * (number > 1)}."
        return "\n".join([heading, *(f"  {text}" for text in self.differences), *remarks])


def verify_release(release: Path, *, documents: bool = True) -> Verdict:
    """Compare a release with what it says of itself, what it archived and what its index lists.

    `documents` makes the documents anew as well. Raises ReportError where there is no release.
    """
    run = read_release_json(release / RUN_JSON)
    verdict = Verdict(release)
    verdict.remarks += _schema_remarks(run)
    verdict.differences += [*_check_run_json(run, verdict), *_check_files(run, verdict)]
    otherwise: list[str] = []
    try:
        otherwise = version_changes(run)
        report = load_archived_report(run, release)
        verdict.differences += _check_figures(report, run, verdict, otherwise)
        if documents:
            verdict.differences += _check_documents(report, run, verdict, otherwise)
    except ReportError as error:
        verdict.differences.append(
            f"inputs/: {error}{_possible_cause(otherwise) if otherwise else ''}"
        )
    if verdict.differences and otherwise:
        verdict.remarks.append(_by_its_own_version(run, release))
    return verdict


def _by_its_own_version(run: Mapping[str, Any], release: Path) -> str:
    """Which version made a release, and how to tell a change of it from a change of the code."""
    recorded, git = run.get("versions"), run.get("git")
    made_by = recorded.get(PACKAGE) if isinstance(recorded, Mapping) else None
    commit = git.get("commit") if isinstance(git, Mapping) else None
    source = f" (commit {commit})" if commit else ""
    return (
        f"made by {PACKAGE} {made_by or 'of an unknown version'}{source}; this is "
        f"{library_versions()[PACKAGE]}. What differs because of that is not a fault of the "
        "release. "
        "To check it by the version that made it, install that version in a folder of its own "
        f"and run `{PACKAGE} verify {release.resolve()}` there."
    )


def _schema_remarks(run: Mapping[str, Any]) -> list[str]:
    version = run.get("schema_version")
    if version == RUN_SCHEMA_VERSION:
        return []
    if isinstance(version, int) and version < RUN_SCHEMA_VERSION:
        return [
            f"schema {version}, this is {RUN_SCHEMA_VERSION}: it has neither the row numbers "
            "of the "
            "register nor headlines and key figures in run.json."
        ]
    return [
        f"schema {version} is newer than {RUN_SCHEMA_VERSION}: what is new in it is not verified."
    ]


def _check_run_json(run: dict[str, Any], verdict: Verdict) -> Iterator[str]:
    """Whether run.json is the one that was published, and holds together."""
    ours = sha256((verdict.release / RUN_JSON).read_bytes()).hexdigest()
    place = verdict.release.resolve()
    index = place.parent.parent / INDEX_FILE
    first = listed_hashes(index).get(f"{place.parent.name}/{place.name}")
    if first is None:
        verdict.remarks.append(
            f"{INDEX_FILE} does not list it: whether {RUN_JSON} itself has been rewritten "
            "cannot be told."
        )
    elif first != ours:
        yield (
            f"{RUN_JSON} has been changed since it was published: {INDEX_FILE} lists another "
            "SHA-256."
        )
    decided = decided_hash(verdict.release)
    if decided is not None and decided != ours:
        yield f"{RUN_JSON} has been changed since the release was marked as decided."
    if run.get("key") != manifest_key(run):
        yield (
            f"{RUN_JSON} has been changed: its key does not fit its parameters, inputs and "
            "versions."
        )


def _check_files(run: Mapping[str, Any], verdict: Verdict) -> Iterator[str]:
    """Every file by its SHA-256, and what is archived whole by that of what it was made from."""
    given = run.get("outputs")
    recorded = given if isinstance(given, Mapping) else {}
    there = file_hashes(verdict.release)
    verdict.files = len(there) + 1
    for name in sorted({*recorded, *there}):
        if name not in there:
            yield f"{name} is gone."
        elif name not in recorded:
            yield f"{name} was not published: {RUN_JSON} does not list it."
        elif recorded[name] != there[name]:
            yield f"{name} has been changed since it was published: its SHA-256 is another."
    inputs = run.get("inputs")
    for role in _WHOLLY_ARCHIVED:
        one = inputs.get(role) if isinstance(inputs, Mapping) else None
        name = f"inputs/{one.get('file')}" if isinstance(one, Mapping) else ""
        if isinstance(one, Mapping) and there.get(name) != one.get("sha256"):
            yield f"{name} is not the file that the release was made from."


def _check_figures(
    report: BoardReport, run: Mapping[str, Any], verdict: Verdict, otherwise: list[str]
) -> Iterator[str]:
    """Every figure that is not what its inputs give; what only newer code computes is a remark."""
    printed = read_release_json(verdict.release / FIGURES_JSON)
    verdict.figures = _count_values(printed)
    for one in compare_figures(printed, release_figures(report, run)):
        if one.missing and otherwise:
            verdict.remarks.append(f"{FIGURES_JSON}: {one.text}: this version computes more.")
        else:
            yield f"{FIGURES_JSON}: {one.text}.{_possible_cause(otherwise)}"
    if run.get("schema_version") == RUN_SCHEMA_VERSION:
        languages = list(run["headlines"]) if isinstance(run.get("headlines"), Mapping) else []
        expected = report_facts(report, languages)
        said = {name: run.get(name) for name in expected}
        for one in compare_figures(said, expected):
            yield f"{RUN_JSON}: {one.text}.{_possible_cause(otherwise)}"


def _check_documents(
    report: BoardReport, run: Mapping[str, Any], verdict: Verdict, otherwise: list[str]
) -> Iterator[str]:
    """Every document that does not come out as it was published."""
    with ExitStack() as undo:
        with uninterrupted():
            work = undo.enter_context(TemporaryDirectory())
        for name, content in rebuild_documents(report, run, Path(work)):
            verdict.documents += 1
            if isinstance(content, ReportError):
                yield f"{name} cannot be made anew: {content}{_possible_cause(otherwise)}"
            elif not is_same_document(name, content, verdict.release, run.get("outputs") or {}):
                yield f"{name} comes out otherwise when made anew.{_possible_cause(otherwise)}"


def _possible_cause(otherwise: list[str]) -> str:
    """Why something may differ that no one has touched."""
    if not otherwise:
        return " Code and libraries are the same: it, or what it was made from, has been changed."
    return f" Made by another version: {'; '.join(otherwise)}."


def _count_values(value: Any) -> int:
    """How many single values there are in a JSON value."""
    if isinstance(value, dict):
        return sum(map(_count_values, value.values()))
    return sum(map(_count_values, value)) if isinstance(value, list) else 1
