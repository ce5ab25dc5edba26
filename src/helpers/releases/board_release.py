"""Publish a board report: run the notebook, export its documents, publish them together."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.data.round.archived_inputs import load_previous_release
from helpers.documents.document import read_hand_over, shorten_figures
from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.documents.member_list_file import member_list_files
from helpers.documents.outputs.stored_section import shows_what_if
from helpers.documents.translation import translate_notebook
from helpers.errors import NotebookError
from helpers.i18n.word_replacements import words_of_round
from helpers.model.localized_text import Language
from helpers.model.long_lists import split_figures
from helpers.notebooks.execution import run_keeping_failure
from helpers.notebooks.fork.separate_call import called_apart
from helpers.notebooks.memory_io import notebook_bytes
from helpers.notebooks.private_parameters import REPLACES_VARIABLE, via_environment
from helpers.releases.answer_count import fewer_answers_entry
from helpers.releases.figure_files import figure_files
from helpers.releases.manifest import release_manifest
from helpers.releases.notebook_sharing import share_with_notebooks
from helpers.releases.recompute import check_before_publishing, recompute_figures
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
from helpers.report.board_report import BoardReport
from helpers.sections.pricing.wording_choice import section_context
from helpers.system import log_lines
from helpers.system.json_text import json_text
from helpers.system.project_folder import project_root

BOARD_NOTEBOOK = "board_report.ipynb"


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
    report: BoardReport, reports: Path, draft: Language | None = None, *, force: bool = False
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
            report, languages, reports, name, draft=draft is not None, force=force
        )


def _publish_locked(
    report: BoardReport,
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
    key = board_manifest(report, languages)["key"]
    existing = None if force else find_release(folder, name, key)
    if existing:
        return PublishedReport(existing, new=False)
    fewer = fewer_answers_entry(report, reports, BOARD_REPORT_KIND)
    replaced = None if draft else latest_release(folder, name)
    if replaced:
        report = _report_replacing(replaced, report)
    elif params.reason is not None and not fewer:  # it concerns nothing that the report states
        report = BoardReport(params.model_copy(update={"reason": None}), report.inputs)
    manifest = board_manifest(report, languages) | ({"fewer_answers": fewer} if fewer else {})
    log = RunLog()
    with working_folder(folder) as work:
        log.durations = _write_release(report, manifest, languages, work, reports / "failed")
        put_in_place = publish_draft if draft else publish_release
        published = put_in_place(work, folder, name)
        log.write(published)
        return PublishedReport(published, new=True)


def board_manifest(report: BoardReport, languages: list[Language]) -> dict[str, Any]:
    """Return the content of run.json before the notebook is run."""
    return release_manifest(
        report, BOARD_REPORT_KIND, board_notebook(), languages, {"languages": languages}
    )


def board_notebook() -> Path:
    """The path of the source notebook of every board report."""
    return project_root() / "notebooks" / BOARD_NOTEBOOK


def _report_replacing(replaced: Path, report: BoardReport) -> BoardReport:
    """Return the same report with the release that it replaces."""
    where = str(replaced.resolve())
    params = report.params.model_copy(update={"replaces": where})
    return BoardReport(
        params, replace(report.inputs, previous_release=load_previous_release(where))
    )


def _write_release(
    report: BoardReport,
    manifest: dict[str, Any],
    languages: list[Language],
    work: Path,
    failed: Path,
) -> dict[Language, dict[str, float]]:
    """Write all files of the release; return the durations in seconds, by language and step.

    Figures are recomputed while the notebook runs.
    """
    _write_inputs(report, work)
    with called_apart(recompute_figures, manifest, str(work.resolve())) as computed:
        share_with_notebooks(report)  # not with the process above, which was forked before
        durations = {
            language: write_documents(report, language, board_notebook(), work, failed)
            for language in languages
        }
        briefs = {
            language: _read_brief(work / f"board-report.{language}.ipynb") for language in languages
        }
        run = {**manifest, "briefs": briefs, "outputs": file_hashes(work)}
        _write_text(work / RUN_JSON, json_text(run))
        check_before_publishing(work, run, computed())
    return durations


def _read_brief(notebook: Path) -> dict[str, str]:
    """Return the summary that an executed notebook handed over."""
    return dict((read_hand_over(nbformat.read(notebook, as_version=4)) or {})["brief"])


def write_documents(
    report: BoardReport, language: Language, notebook: Path, work: Path, failed: Path
) -> dict[str, float]:
    """Write one language's documents; return the duration of each step in seconds."""
    params = report.params.model_copy(update={"language": language})
    stem = f"board-report.{language}"
    failed_name = f"{params.round}-{params.as_of}-{stem}.ipynb"
    started = time.perf_counter()
    with (
        via_environment(params.decisions) as decisions,
        via_environment(params.replaces, REPLACES_VARIABLE) as replaces,
    ):
        parameters = params.model_dump(mode="json") | {"decisions": decisions, "replaces": replaces}
        executed = run_keeping_failure(notebook, parameters, failed_name, failed)
    executed.metadata.papermill.output_path = f"{stem}.ipynb"
    round_ = report.inputs.round
    translate_notebook(executed, language, words_of_round(round_, language), round_.currency)
    _write_board_figures(executed, report, work)
    for name, list_file in member_list_files(section_context(report.statement, language)).items():
        (work / name).write_bytes(list_file)
    run = time.perf_counter()
    content = notebook_bytes(f"{nbformat.writes(executed)}\n")
    (work / f"{stem}.ipynb").write_bytes(content)
    _write_text(work / f"{stem}.html", BoardHTMLExporter().from_notebook_node(executed)[0])
    html = time.perf_counter()
    (work / f"{stem}.pdf").write_bytes(BoardPDFExporter().from_notebook_node(executed)[0])
    pdf = time.perf_counter()
    seconds = {"notebook": run - started, "html": html - run, "pdf": pdf - html}
    took = {step: round(value, 3) for step, value in seconds.items()}
    log_lines.log_event("documents", language=language, took=took)
    return took


def _write_board_figures(executed: NotebookNode, report: BoardReport, work: Path) -> None:
    """Write the figures from what the notebook handed over, once for all languages.

    The notebook keeps the figures of figures.json, and not the lists of a large round again.
    """
    handed_over = read_hand_over(executed)
    if handed_over is None:
        raise NotebookError(
            f"The notebook {BOARD_NOTEBOOK} handed over no figures. End it with report.hand_over()."
        )
    if handed_over.get("what_if") or shows_what_if(executed):
        raise NotebookError(
            f"The notebook {BOARD_NOTEBOOK} shows a what-if, which is not published. Remove "
            "with_pricing, with_answers and without from it."
        )
    if handed_over["inputs"] != report.inputs.hashes():
        raise NotebookError("An input changed while the notebook ran. Run the command again.")
    for name, content in figure_files(handed_over["figures"]).items():
        (work / name).write_bytes(content)
    shorten_figures(executed, split_figures(handed_over["figures"])[0])


def _write_inputs(report: BoardReport, work: Path) -> None:
    (work / "inputs").mkdir()
    for name, content in report.inputs.archived_files().items():
        (work / "inputs" / name).write_bytes(content)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
