"""Publish a board report: run the notebook, export its documents, publish them together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers.data.round.archived_inputs import load_previous_release
from helpers.model.localized_text import Language
from helpers.releases.answer_count import fewer_answers_entry
from helpers.releases.manifest import release_basis, report_facts
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
from helpers.system.control.meanwhile import computed_meanwhile
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
    basis = _board_basis(report, languages)
    existing = None if force else find_release(folder, name, basis["key"])
    if existing:
        sweep_leftovers(reports, params.round)
        return PublishedReport(existing, new=False)
    with hold_round_lock(reports, params.round):
        return _publish_locked(
            report, basis, languages, reports, name, draft=draft is not None, force=force
        )


def _publish_locked(
    report: ReportData,
    basis: dict[str, Any],
    languages: list[Language],
    reports: Path,
    name: str,
    *,
    draft: bool,
    force: bool,
) -> PublishedReport:
    """Make and publish the release, unless another run has just published it.

    Figures are recomputed in another process as soon as the inputs are written.
    """
    folder = reports / report.params.round
    existing = None if force else find_release(folder, name, basis["key"])
    if existing:
        return PublishedReport(existing, new=False)
    replaced = None if draft else latest_release(folder, name)
    if replaced:
        report = _report_replacing(replaced, report)
        basis = _board_basis(report, languages)
    log = RunLog()
    with working_folder(folder) as work:
        _write_inputs(report, work)
        stated = computed_meanwhile(lambda: report.statement)  # until the fork server is ready
        with recomputed_apart(report, basis, work) as computed:
            stated()
            fewer = fewer_answers_entry(report, reports, BOARD_REPORT_KIND)
            if not (replaced or fewer):  # a reason concerns nothing that the report states
                report = _without_reason(report)
            facts = report_facts(report, languages)
            run = {**basis, **facts, **({"fewer_answers": fewer} if fewer else {})}
            log.durations = _write_release(report, run, work, reports / "failed", computed)
        put_in_place = publish_draft if draft else publish_release
        published = put_in_place(work, folder, name)
        log.write(published)
        return PublishedReport(published, new=True)


def board_manifest(report: ReportData, languages: list[Language]) -> dict[str, Any]:
    """Return the content of run.json before the notebook is run."""
    return {**_board_basis(report, languages), **report_facts(report, languages)}


def _board_basis(report: ReportData, languages: list[Language]) -> dict[str, Any]:
    return release_basis(report, BOARD_REPORT_KIND, board_notebook(), {"languages": languages})


def _report_replacing(replaced: Path, report: ReportData) -> ReportData:
    """Return the same report with the release that it replaces."""
    where = str(replaced.resolve())
    params = report.params.model_copy(update={"replaces": where})
    return ReportData(params, replace(report.inputs, previous_release=load_previous_release(where)))


def _without_reason(report: ReportData) -> ReportData:
    """The same report, with all that is computed."""
    same = copy(report)
    same.params = report.params.model_copy(update={"reason": None})
    return same


def _write_release(
    report: ReportData,
    manifest: dict[str, Any],
    work: Path,
    failed: Path,
    computed: Callable[[], Mapping[str, str]],
) -> dict[Language, dict[str, float]]:
    """Write all files but the inputs; return the durations in seconds, by language and step.

    Raises MismatchError if the figures differ from the ones `computed` from the inputs.
    """
    share_with_notebooks(report)
    languages = manifest["parameters"]["languages"]
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
