"""Publish a board report: run the notebook, export its documents, publish them together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers.data.round.archived_inputs import load_previous_release
from helpers.model.localized_text import Language
from helpers.releases.answer_count import fewer_answers_entry
from helpers.releases.manifest import release_manifest
from helpers.releases.recompute import check_before_publishing, recomputed_apart
from helpers.releases.run_lock import hold_round_lock, sweep_leftovers
from helpers.releases.run_log import RunLog
from helpers.releases.storage import (
    BOARD_REPORT_KIND,
    RUN_JSON,
    file_hashes,
    find_release,
    latest_release,
    publish_draft,
    publish_release,
    working_folder,
)
from helpers.releases.writing.notebook_sharing import share_with_notebooks
from helpers.releases.writing.report_documents import board_notebook, write_languages
from helpers.report.report_data import ReportData
from helpers.system.json_text import json_text


@dataclass(frozen=True)
class PublishedReport:
    """The folder of a release, and whether this run created it."""

    folder: Path
    new: bool

    @property
    def documents(self) -> list[Path]:
        """The files of the release, without the folder of inputs."""
        return sorted(path for path in self.folder.iterdir() if path.is_file())


def publish_board(
    report: ReportData, reports: Path, draft: Language | None = None, *, force: bool = False
) -> PublishedReport:
    """Run and publish a board report in each of the round's languages.

    `draft` makes a draft in one language, which replaces an earlier draft. If a release with the
    same parameters, inputs and code exists, it is returned unchanged, unless `force`. A second
    release of a day states which release it replaces and what differs. Raises ReportError, also for
    a report that has fewer answers than the previous one without a reason; DataError;
    NotebookError; and MismatchError if the figures differ from those of the archived inputs. After
    an error nothing is published.
    """
    params = report.params
    languages: list[Language] = [draft] if draft else report.inputs.round.languages
    folder = reports / params.round
    name = f"{params.as_of}-draft-{draft}" if draft else str(params.as_of)
    manifest = board_manifest(report, languages)
    existing = None if force else find_release(folder, name, manifest["key"])
    if existing:
        sweep_leftovers(reports, params.round)
        return PublishedReport(existing, new=False)
    with hold_round_lock(reports, params.round):
        return _publish_locked(
            report, manifest, languages, reports, name, draft=draft is not None, force=force
        )


def _publish_locked(
    report: ReportData,
    manifest: dict[str, Any],
    languages: list[Language],
    reports: Path,
    name: str,
    *,
    draft: bool,
    force: bool,
) -> PublishedReport:
    """Make and publish the release, unless another run has just published it."""
    params = report.params
    folder = reports / params.round
    existing = None if force else find_release(folder, name, manifest["key"])
    if existing:
        return PublishedReport(existing, new=False)
    fewer = fewer_answers_entry(report, reports, BOARD_REPORT_KIND)
    replaced = None if draft else latest_release(folder, name)
    if replaced:
        report = _report_replacing(replaced, report)
        manifest = board_manifest(report, languages)
    elif params.reason is not None and not fewer:  # it concerns nothing that the report states
        report = ReportData(params.model_copy(update={"reason": None}), report.inputs)
    manifest |= {"fewer_answers": fewer} if fewer else {}
    log = RunLog()
    with working_folder(folder) as work:
        log.durations = _write_release(report, manifest, languages, work, reports / "failed")
        put_in_place = publish_draft if draft else publish_release
        published = put_in_place(work, folder, name)
        log.write(published)
        return PublishedReport(published, new=True)


def board_manifest(report: ReportData, languages: list[Language]) -> dict[str, Any]:
    """Return the content of run.json before the notebook is run."""
    return release_manifest(
        report, BOARD_REPORT_KIND, board_notebook(), languages, {"languages": languages}
    )


def _report_replacing(replaced: Path, report: ReportData) -> ReportData:
    """Return the same report with the release that it replaces."""
    where = str(replaced.resolve())
    params = report.params.model_copy(update={"replaces": where})
    return ReportData(params, replace(report.inputs, previous_release=load_previous_release(where)))


def _write_release(
    report: ReportData,
    manifest: dict[str, Any],
    languages: list[Language],
    work: Path,
    failed: Path,
) -> dict[Language, dict[str, float]]:
    """Write all files of the release; return the durations in seconds, by language and step.

    Figures are recomputed while the notebook runs.
    """
    _write_inputs(report, work)
    with recomputed_apart(report, manifest, work) as computed:
        share_with_notebooks(report)  # not with the process above, which was forked before
        written = write_languages(report, languages, work, failed)
        briefs = {language: written[language]["brief"] for language in languages}
        run = {**manifest, "briefs": briefs, "outputs": file_hashes(work)}
        (work / RUN_JSON).write_text(json_text(run), encoding="utf-8", newline="\n")
        check_before_publishing(work, run, computed())
    return {language: written[language]["took"] for language in languages}


def _write_inputs(report: ReportData, work: Path) -> None:
    (work / "inputs").mkdir()
    for name, content in report.inputs.archived_files().items():
        (work / "inputs" / name).write_bytes(content)
