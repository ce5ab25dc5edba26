"""The documents of a board report in each language: its notebook, run, as page and as PDF."""

from __future__ import annotations

import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.documents.document import read_document, read_hand_over, shorten_figures
from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.documents.member_list_file import member_list_files
from helpers.documents.outputs.stored_section import shows_what_if
from helpers.documents.translation import translate_notebook
from helpers.errors import NotebookError
from helpers.i18n.word_replacements import words_of_round
from helpers.model.localized_text import Language
from helpers.model.long_lists import split_figures
from helpers.notebooks.execution import run_keeping_failure
from helpers.notebooks.memory_io import notebook_bytes
from helpers.notebooks.private_parameters import REPLACES_VARIABLE, via_environment
from helpers.releases.figure_files import figure_files
from helpers.releases.recompute import MOST_ROWS_MEANWHILE
from helpers.releases.writing.side_by_side import run_beside
from helpers.report.board_report import BoardReport
from helpers.sections.pricing.wording_choice import section_context
from helpers.system import log_lines
from helpers.system.project_folder import project_root

BOARD_NOTEBOOK = "board_report.ipynb"


def board_notebook() -> Path:
    """The path of the source notebook of every board report."""
    return project_root() / "notebooks" / BOARD_NOTEBOOK


def write_languages(
    report: BoardReport, languages: list[Language], work: Path, failed: Path
) -> dict[Language, dict[str, Any]]:
    """Write the documents of each language; return what write_documents returns.

    The languages are written side by side, but those of a large register one after the other. In
    `failed` is the notebook of the first language that fails, whichever have failed by then.
    """
    if len(report.inputs.register.rows) > MOST_ROWS_MEANWHILE:
        return {language: write_documents(report, language, work, failed) for language in languages}
    first, *others = languages
    written: dict[Language, dict[str, Any]] = {}
    try:
        with ExitStack() as stack:
            begun = {
                language: stack.enter_context(
                    run_beside(
                        partial(write_documents, report, language, work, failed, shown=False)
                    )
                )
                for language in others
            }
            written[first] = write_documents(report, first, work, failed)
            for language, result in begun.items():
                written[language] = result()
    except BaseException:
        for language in languages[len(written) + 1 :]:  # whose errors are not reported
            (failed / _failed_name(report, language)).unlink(missing_ok=True)
        raise
    return written


def write_documents(
    report: BoardReport, language: Language, work: Path, failed: Path, *, shown: bool = True
) -> dict[str, Any]:
    """Write one language's documents, `shown` with a progress bar.

    Returns JSON values: `took` has the duration of each step in seconds, `brief` the summary that
    the notebook handed over.
    """
    params = report.params.model_copy(update={"language": language})
    stem = f"board-report.{language}"
    started = time.perf_counter()
    with (
        via_environment(params.decisions) as decisions,
        via_environment(params.replaces, REPLACES_VARIABLE) as replaces,
    ):
        parameters = params.model_dump(mode="json") | {"decisions": decisions, "replaces": replaces}
        executed = run_keeping_failure(
            board_notebook(), parameters, _failed_name(report, language), failed, shown=shown
        )
    executed.metadata.papermill.output_path = f"{stem}.ipynb"
    round_ = report.inputs.round
    translate_notebook(executed, language, words_of_round(round_, language), round_.currency)
    handed_over = _write_board_figures(executed, report, work)
    for name, list_file in member_list_files(section_context(report.statement, language)).items():
        (work / name).write_bytes(list_file)
    run = time.perf_counter()
    content = notebook_bytes(f"{nbformat.writes(executed)}\n")
    (work / f"{stem}.ipynb").write_bytes(content)
    # Not from_notebook_node, which copies and reads the notebook again for each of them.
    document = read_document(executed, stem)
    page = BoardHTMLExporter().write(document)
    (work / f"{stem}.html").write_text(page, encoding="utf-8", newline="\n")
    html = time.perf_counter()
    (work / f"{stem}.pdf").write_bytes(BoardPDFExporter().write(document))
    pdf = time.perf_counter()
    seconds = {"notebook": run - started, "html": html - run, "pdf": pdf - html}
    took = {step: round(value, 3) for step, value in seconds.items()}
    log_lines.log_event("documents", language=language, took=took)
    return {"took": took, "brief": dict(sorted(handed_over["brief"].items()))}


def _failed_name(report: BoardReport, language: Language) -> str:
    return f"{report.params.round}-{report.params.as_of}-board-report.{language}.ipynb"


def _write_board_figures(executed: NotebookNode, report: BoardReport, work: Path) -> dict[str, Any]:
    """Write the figures from what the notebook handed over, and return that.

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
    return handed_over
