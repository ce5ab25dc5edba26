"""Makes a board report: runs the notebook, exports its documents, and publishes them together."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.data.releases import load_replaced
from helpers.data.round_files import project_root
from helpers.errors import NotebookError
from helpers.funding.figures import to_json
from helpers.publish import logs
from helpers.publish.alone import one_run
from helpers.publish.archive import (
    RUN,
    find_release,
    latest_of,
    outputs,
    publish,
    publish_draft,
    working_folder,
)
from helpers.publish.document import hand_over
from helpers.publish.execute import execute
from helpers.publish.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.publish.hidden import REPLACES, out_of_sight
from helpers.publish.readding import check_before_publishing, readded
from helpers.publish.record import record
from helpers.publish.translate import translate
from helpers.report import BoardReport
from helpers.terms import Language

KIND = "board-report"
NOTEBOOK = "board_report.ipynb"


@dataclass(frozen=True)
class Published:
    """Where a report stands, and whether it was made now or stood there already."""

    folder: Path
    new: bool

    @property
    def documents(self) -> list[Path]:
        """The files of the release, except what only the machinery reads."""
        return sorted(path for path in self.folder.iterdir() if path.is_file())


def publish_board(
    report: BoardReport, reports: Path, draft: Language | None = None, *, force: bool = False
) -> Published:
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
    about = _about(report, languages)
    before = None if force else find_release(folder, name, about["key"])
    if before:
        return Published(before, new=False)
    with one_run(reports, params.round):
        return _published(report, languages, reports, name, draft=draft is not None, force=force)


def _published(
    report: BoardReport,
    languages: list[Language],
    reports: Path,
    name: str,
    *,
    draft: bool,
    force: bool,
) -> Published:
    """Make the release and give it its place, unless another run has made it just now."""
    folder = reports / report.params.round
    about = _about(report, languages)
    before = None if force else find_release(folder, name, about["key"])
    if before:
        return Published(before, new=False)
    replaced = None if draft else latest_of(folder, name)
    if replaced:
        report = _in_place_of(replaced, report)
        about = _about(report, languages)
    with working_folder(folder) as work:
        _made(report, about, languages, work, reports / "failed")
        place = publish_draft if draft else publish
        return Published(place(work, folder, name), new=True)


def _about(report: BoardReport, languages: list[Language]) -> dict[str, Any]:
    return record(report, KIND, board_notebook(), languages, {"languages": languages})


def board_notebook() -> Path:
    """The notebook that every board report is made from."""
    return project_root() / "notebooks" / NOTEBOOK


def _in_place_of(replaced: Path, report: BoardReport) -> BoardReport:
    """The same report, that says of which release it takes the place."""
    where = str(replaced.resolve())
    params = report.params.model_copy(update={"replaces": where})
    return BoardReport(params, replace(report.inputs, replaced=load_replaced(where)))


def _made(
    report: BoardReport, about: dict[str, Any], languages: list[Language], work: Path, failed: Path
) -> None:
    """Write the whole release. Its figures are re-added while its notebooks run elsewhere."""
    _inputs(report, work)
    with ThreadPoolExecutor(1) as meanwhile:
        computed = meanwhile.submit(readded, about, work.resolve())
        durations = {
            language: make_documents(report, language, board_notebook(), work, failed)
            for language in languages
        }
    briefs = {language: _brief(work / f"board-report.{language}.ipynb") for language in languages}
    run = {**about, "briefs": briefs, "durations": durations, "outputs": outputs(work)}
    _write(work / RUN, to_json(run))
    check_before_publishing(work, run, computed.result())


def _brief(notebook: Path) -> dict[str, str]:
    """The report in brief, as an executed notebook handed it over."""
    return dict((hand_over(nbformat.read(notebook, as_version=4)) or {})["brief"])


def make_documents(
    report: BoardReport, language: Language, notebook: Path, work: Path, failed: Path
) -> dict[str, float]:
    """Write one language's documents; returns the seconds that each step took."""
    params = report.params.model_copy(update={"language": language})
    stem = f"board-report.{language}"
    kept = f"{params.round}-{params.as_of}-{stem}.ipynb"
    begun = time.perf_counter()
    with (
        out_of_sight(params.decisions) as decisions,
        out_of_sight(params.replaces, REPLACES) as replaces,
    ):
        shown = params.model_dump(mode="json") | {"decisions": decisions, "replaces": replaces}
        executed = execute(notebook, shown, kept, failed)
    executed.metadata.papermill.output_path = f"{stem}.ipynb"
    translate(executed, language, report.inputs.round.words, report.inputs.round.currency)
    _figures(executed, report, work)
    run = time.perf_counter()
    nbformat.write(executed, work / f"{stem}.ipynb")
    _write(work / f"{stem}.html", BoardHTMLExporter().from_notebook_node(executed)[0])
    html = time.perf_counter()
    (work / f"{stem}.pdf").write_bytes(BoardPDFExporter().from_notebook_node(executed)[0])
    pdf = time.perf_counter()
    seconds = {"notebook": run - begun, "html": html - run, "pdf": pdf - html}
    took = {step: round(value, 3) for step, value in seconds.items()}
    logs.event("documents", language=language, took=took)
    return took


def _figures(executed: NotebookNode, report: BoardReport, work: Path) -> None:
    """Write figures.json from what the notebook handed over, once for all languages."""
    handed = hand_over(executed)
    if handed is None:
        raise NotebookError(
            f"The notebook {NOTEBOOK} handed over no figures. End it with report.hand_over()."
        )
    if handed["inputs"] != report.inputs.hashes():
        raise NotebookError("An input changed while the notebook ran. Run the report again.")
    _write(work / "figures.json", to_json(handed["figures"]))


def _inputs(report: BoardReport, work: Path) -> None:
    (work / "inputs").mkdir()
    for name, text in report.inputs.archive().items():
        _write(work / "inputs" / name, text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
