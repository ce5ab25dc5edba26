"""Makes a board report: runs the notebook, exports its documents, and publishes them together."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.data.round.archived_inputs import load_previous_release
from helpers.data.round.round_config import project_root
from helpers.documents.document import read_hand_over
from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.documents.translation import translate_notebook
from helpers.errors import NotebookError
from helpers.model.localized_text import Language
from helpers.notebooks.execution import run_keeping_failure
from helpers.notebooks.private_parameters import REPLACES_VARIABLE, via_environment
from helpers.releases.manifest import release_manifest
from helpers.releases.recompute import check_before_publishing, recompute_figures
from helpers.releases.run_lock import hold_round_lock
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
from helpers.system import log_lines
from helpers.system.json_text import json_text

BOARD_NOTEBOOK = "board_report.ipynb"


@dataclass(frozen=True)
class PublishedReport:
    """Where a report stands, and whether it was made now or stood there already."""

    folder: Path
    new: bool

    @property
    def documents(self) -> list[Path]:
        """The files of the release, except what only the machinery reads."""
        return sorted(path for path in self.folder.iterdir() if path.is_file())


def publish_board(
    report: BoardReport, reports: Path, draft: Language | None = None, *, force: bool = False
) -> PublishedReport:
    """Run and publish a board report, in each of the round's languages.

    `draft` makes it in one language alone, beside the releases and in place of an earlier draft.
    The same parameters, inputs and code make no second release: the first is returned, unless
    `force` asks for another. A second release of the day says what it replaces and what differs.
    Raises ReportError, DataError, NotebookError, or MismatchError where the figures are not those
    that the archived inputs give; nothing half-made is left behind.
    """
    params = report.params
    languages: list[Language] = [draft] if draft else report.inputs.round.languages
    folder = reports / params.round
    name = f"{params.as_of}-draft-{draft}" if draft else str(params.as_of)
    about = _board_manifest(report, languages)
    before = None if force else find_release(folder, name, about["key"])
    if before:
        return PublishedReport(before, new=False)
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
    """Make the release and give it its place, unless another run has made it just now."""
    folder = reports / report.params.round
    about = _board_manifest(report, languages)
    before = None if force else find_release(folder, name, about["key"])
    if before:
        return PublishedReport(before, new=False)
    replaced = None if draft else latest_release(folder, name)
    if replaced:
        report = _report_replacing(replaced, report)
        about = _board_manifest(report, languages)
    with working_folder(folder) as work:
        _write_release(report, about, languages, work, reports / "failed")
        place = publish_draft if draft else publish_release
        return PublishedReport(place(work, folder, name), new=True)


def _board_manifest(report: BoardReport, languages: list[Language]) -> dict[str, Any]:
    return release_manifest(
        report, BOARD_REPORT_KIND, board_notebook(), languages, {"languages": languages}
    )


def board_notebook() -> Path:
    """The notebook that every board report is made from."""
    return project_root() / "notebooks" / BOARD_NOTEBOOK


def _report_replacing(replaced: Path, report: BoardReport) -> BoardReport:
    """The same report, that says of which release it takes the place."""
    where = str(replaced.resolve())
    params = report.params.model_copy(update={"replaces": where})
    return BoardReport(params, replace(report.inputs, replaced=load_previous_release(where)))


def _write_release(
    report: BoardReport, about: dict[str, Any], languages: list[Language], work: Path, failed: Path
) -> None:
    """Write the whole release. Its figures are re-added while its notebooks run elsewhere."""
    _write_inputs(report, work)
    with ThreadPoolExecutor(1) as meanwhile:
        computed = meanwhile.submit(recompute_figures, about, work.resolve())
        durations = {
            language: write_documents(report, language, board_notebook(), work, failed)
            for language in languages
        }
    briefs = {
        language: _read_brief(work / f"board-report.{language}.ipynb") for language in languages
    }
    run = {**about, "briefs": briefs, "durations": durations, "outputs": file_hashes(work)}
    _write_text(work / RUN_JSON, json_text(run))
    check_before_publishing(work, run, computed.result())


def _read_brief(notebook: Path) -> dict[str, str]:
    """The report in brief, as an executed notebook handed it over."""
    return dict((read_hand_over(nbformat.read(notebook, as_version=4)) or {})["brief"])


def write_documents(
    report: BoardReport, language: Language, notebook: Path, work: Path, failed: Path
) -> dict[str, float]:
    """Write one language's documents; returns the seconds that each step took."""
    params = report.params.model_copy(update={"language": language})
    stem = f"board-report.{language}"
    kept = f"{params.round}-{params.as_of}-{stem}.ipynb"
    begun = time.perf_counter()
    with (
        via_environment(params.decisions) as decisions,
        via_environment(params.replaces, REPLACES_VARIABLE) as replaces,
    ):
        shown = params.model_dump(mode="json") | {"decisions": decisions, "replaces": replaces}
        executed = run_keeping_failure(notebook, shown, kept, failed)
    executed.metadata.papermill.output_path = f"{stem}.ipynb"
    translate_notebook(executed, language, report.inputs.round.words, report.inputs.round.currency)
    _write_board_figures(executed, report, work)
    run = time.perf_counter()
    nbformat.write(executed, work / f"{stem}.ipynb")
    _write_text(work / f"{stem}.html", BoardHTMLExporter().from_notebook_node(executed)[0])
    html = time.perf_counter()
    (work / f"{stem}.pdf").write_bytes(BoardPDFExporter().from_notebook_node(executed)[0])
    pdf = time.perf_counter()
    seconds = {"notebook": run - begun, "html": html - run, "pdf": pdf - html}
    took = {step: round(value, 3) for step, value in seconds.items()}
    log_lines.log_event("documents", language=language, took=took)
    return took


def _write_board_figures(executed: NotebookNode, report: BoardReport, work: Path) -> None:
    """Write figures.json from what the notebook handed over, once for all languages."""
    handed = read_hand_over(executed)
    if handed is None:
        raise NotebookError(
            f"The notebook {BOARD_NOTEBOOK} handed over no figures. End it with report.hand_over()."
        )
    if handed["inputs"] != report.inputs.hashes():
        raise NotebookError("An input changed while the notebook ran. Run the report again.")
    _write_text(work / "figures.json", json_text(handed["figures"]))


def _write_inputs(report: BoardReport, work: Path) -> None:
    (work / "inputs").mkdir()
    for name, text in report.inputs.archive().items():
        _write_text(work / "inputs" / name, text)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
