"""Makes a board report: runs the notebook, exports its documents, and publishes them together."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.data.round_files import project_root
from helpers.errors import NotebookError
from helpers.funding.figures import to_json
from helpers.publish import logs
from helpers.publish.alone import one_run
from helpers.publish.archive import (
    RUN,
    find_release,
    fingerprint,
    outputs,
    publish,
    publish_draft,
    working_folder,
)
from helpers.publish.document import hand_over
from helpers.publish.execute import execute
from helpers.publish.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.publish.hidden import out_of_sight
from helpers.publish.provenance import code_hash, git_state, versions
from helpers.publish.translate import translate
from helpers.report import BoardReport
from helpers.terms import Language

SCHEMA_VERSION = 1
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


def publish_board(report: BoardReport, reports: Path, draft: Language | None = None) -> Published:
    """Run and publish a board report, in each of the round's languages.

    `draft` makes it in one language alone, beside the releases and in place of an earlier draft.
    The same parameters, inputs and code make no second release: the first is returned. Raises
    ReportError, DataError or NotebookError; nothing half-made is left behind.
    """
    params = report.params
    languages: list[Language] = [draft] if draft else report.inputs.round.languages
    notebook = project_root() / "notebooks" / NOTEBOOK
    about = _about(report, languages, notebook)
    folder = reports / params.round
    name = f"{params.as_of}-draft-{draft}" if draft else str(params.as_of)
    before = find_release(folder, name, about["key"])
    if before:
        return Published(before, new=False)
    with one_run(reports, params.round), working_folder(folder) as work:
        before = find_release(folder, name, about["key"])
        if before:  # another run has made it just now
            return Published(before, new=False)
        durations = {
            language: _documents(report, language, notebook, work, reports / "failed")
            for language in languages
        }
        _inputs(report, work)
        run = {**about, "durations": durations, "outputs": outputs(work)}
        _write(work / RUN, to_json(run))
        place = publish_draft if draft else publish
        return Published(place(work, folder, name), new=True)


def _about(report: BoardReport, languages: list[Language], notebook: Path) -> dict[str, Any]:
    """What run.json says before anything has run; `key` stands for all that decides the result."""
    params = report.params.model_dump(mode="json", exclude={"language"})
    if report.params.decisions:
        params["decisions"] = report.inputs.register.table.file  # never a path or a password
    decides = {
        "kind": "board-report",
        "parameters": {**params, "languages": languages},
        "inputs": report.inputs.hashes(),
        "code": code_hash(notebook),
        "versions": versions(),
    }
    return {
        "schema_version": SCHEMA_VERSION,
        "key": fingerprint(decides),
        **decides,
        "git": git_state(),
        "reconstructed": report.statement.reconstructed,
        "rows": report.statement.quality.accounting,
    }


def _documents(
    report: BoardReport, language: Language, notebook: Path, work: Path, failed: Path
) -> dict[str, float]:
    """Write one language's documents; returns the seconds that each step took."""
    params = report.params.model_copy(update={"language": language})
    stem = f"board-report.{language}"
    kept = f"{params.round}-{params.as_of}-{stem}.ipynb"
    begun = time.perf_counter()
    with out_of_sight(params.decisions) as decisions:
        shown = {**params.model_dump(mode="json"), "decisions": decisions}
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
