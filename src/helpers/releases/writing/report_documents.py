"""The documents of a board report in each language: its notebook, run, as page and as PDF."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

from helpers.documents.page_templates import template_environment
from helpers.documents.typst import compiler_process
from helpers.model.localized_text import Language
from helpers.notebooks.execution import run_keeping_failure
from helpers.notebooks.private_parameters import REPLACES_VARIABLE, via_environment
from helpers.releases.recompute import MOST_ROWS_MEANWHILE
from helpers.releases.writing.side_by_side import run_beside
from helpers.report.report_data import ReportData
from helpers.system import log_lines
from helpers.system.project_folder import project_root
from helpers.system.typefaces.letter_widths import text_width
from helpers.system.typefaces.report_typeface import WEIGHTS

BOARD_NOTEBOOK = "board_report.ipynb"
# For so long the notebook and the process that recomputes the figures take two processors.
_BUSY_SECONDS = 0.25


def board_notebook() -> Path:
    """The path of the source notebook of every board report."""
    return project_root() / "notebooks" / BOARD_NOTEBOOK


def write_languages(
    report: ReportData, languages: list[Language], work: Path, failed: Path
) -> dict[Language, dict[str, Any]]:
    """Write the documents of each language; return what write_documents returns.

    The languages are written side by side, but those of a large register one after the other. In
    `failed` is the notebook of the first language that fails, whichever have failed by then.
    """
    if len(report.inputs.register.rows) > MOST_ROWS_MEANWHILE:
        return {language: write_documents(report, language, work, failed) for language in languages}
    first, *others = languages
    if others:
        _load_writers()  # once for all
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
    report: ReportData, language: Language, work: Path, failed: Path, *, shown: bool = True
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
        _prepared_meanwhile(),
    ):
        parameters = params.model_dump(mode="json") | {"decisions": decisions, "replaces": replaces}
        executed = run_keeping_failure(
            board_notebook(), parameters, _failed_name(report, language), failed, shown=shown
        )
    from helpers.releases.writing.document_files import write_files  # noqa: PLC0415 imported by now

    handed_over, ended = write_files(executed, report, language, work, stem)
    steps = zip(ended, pairwise([started, *ended.values()]), strict=True)
    took = {step: round(end - begin, 3) for step, (begin, end) in steps}
    log_lines.log_event("documents", language=language, took=took)
    return {"took": took, "brief": dict(sorted(handed_over["brief"].items()))}


def _failed_name(report: ReportData, language: Language) -> str:
    return f"{report.params.round}-{report.params.as_of}-board-report.{language}.ipynb"


@contextmanager
def _prepared_meanwhile() -> Iterator[None]:
    """Load what writes the documents and start Typst, while a notebook runs in its own process.

    Both take a fifth of a second of processor time. What fails here fails again in its place.
    """
    ended = threading.Event()
    preparation = threading.Thread(target=_prepare, args=(ended,), daemon=True)
    with suppress(RuntimeError):  # the system starts no more threads
        preparation.start()
    try:
        yield
    finally:
        ended.set()
        if preparation.ident is not None:
            preparation.join()


def _prepare(ended: threading.Event) -> None:
    ended.wait(_BUSY_SECONDS)
    with suppress(Exception):
        compiler_process.start()
        _load_writers()


def _load_writers() -> None:
    import_module("helpers.releases.writing.document_files")
    for weight in WEIGHTS.values():
        text_width("0", weight=weight)
    template_environment()
