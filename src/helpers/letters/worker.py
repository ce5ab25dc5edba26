"""One member's letter, made in a worker: run its notebook, export it, hand back the bytes."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from functools import cache
from typing import Any

import nbformat

from helpers.documents.document import read_document, read_hand_over
from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.documents.translation import translate_notebook
from helpers.errors import NotebookError, ReportError
from helpers.letters.job import (
    LETTER_NOTEBOOK,
    LetterJob,
    LetterResult,
    letter_notebook,
    letter_stem,
)
from helpers.model.currency import SEK
from helpers.model.parameters import RoundParams
from helpers.notebooks.execution import NotebookStoppedError, cell_time_limit, run_notebook
from helpers.notebooks.fork import client
from helpers.notebooks.private_parameters import via_environment
from helpers.releases.provenance import code_hash
from helpers.report.letter_report import MunicipalityLetter
from helpers.report.report_cache import cached_report


class WorkerMismatchError(ReportError):
    """A worker has other code or other data than those that the letters were ordered for."""


# papermill changes what is the process's own, and Typst's compiler is one.
_letter_lock = threading.Lock()
_prepared_jobs: list[LetterJob] = []


def run_letter_job(order: LetterJob, code: str) -> LetterResult:
    """Make one letter. Whatever is wrong with this one alone gives a Letter with an error.

    Raises ReportError where this worker can make none: other code, other data.
    """
    with _letter_lock, via_environment(order.decisions) as decisions:
        _prepare_worker(order, decisions)
        try:
            return _make_letter_files(order, code, decisions)
        except WorkerMismatchError:
            raise
        except NotebookStoppedError as error:
            return LetterResult(code, {"ipynb": error.content} if error.content else {}, str(error))
        except ReportError as error:
            return LetterResult(code, error=str(error))
        except Exception as error:  # a fault of ours in one letter must not stop the others
            return LetterResult(code, error=f"{type(error).__name__}: {error}")


def preload_round(parameters: dict[str, Any]) -> None:
    """What is done once in the process that letters are forked from: load the round.

    `parameters` are those that all letters share. What is kept here (see loaded.loaded_report), and
    whatever a first letter looks up in the languages' tables, each letter finds at hand.
    """
    report = cached_report(RoundParams.model_validate(parameters))
    with suppress(Exception):  # what is wrong with one letter will be told as that letter's
        code = report.inputs.members["code"].iloc[0]
        letter = MunicipalityLetter.load(**parameters, code=code)
        parts = (letter.opening, letter.answer, letter.fee, letter.outcome, letter.next_steps)
        for part in (*parts, letter.closing, letter.hand_over):
            part()


def _prepare_worker(order: LetterJob, decisions: str | None) -> None:
    """Make sure, once an order, that this worker has the code asked for, and warm it up."""
    cell_time_limit()  # wrong for one, it is wrong for all
    if order in _prepared_jobs:
        return
    if code_hash(letter_notebook()) != order.code:
        raise WorkerMismatchError(
            "A worker has another version of funding-report, or of the notebook, than this one. "
            "Install the same everywhere and start the workers again."
        )
    if client.uses_fork():
        shared = order.parameters() | {"decisions": decisions}
        with suppress(RuntimeError):  # without it each letter loads the round itself
            client.start_fork_server().preload(preload_round, shared)
    _prepared_jobs[:] = [order]


def _make_letter_files(order: LetterJob, code: str, decisions: str | None) -> LetterResult:
    name = f"{letter_stem(code, order.language)}.ipynb"
    begun = time.perf_counter()
    executed = run_notebook(
        letter_notebook(), order.parameters(code) | {"decisions": decisions}, name
    )
    handed = read_hand_over(executed)
    if handed is None:
        raise NotebookError(
            f"The notebook {LETTER_NOTEBOOK} handed over no figures. "
            "End it with letter.hand_over()."
        )
    if handed["inputs"] != order.inputs:
        raise WorkerMismatchError("An input is another for a worker, or has changed. Run it again.")
    translate_notebook(executed, order.language, handed.get("words"), handed.get("currency", SEK))
    ran = time.perf_counter()
    # As from_notebook_node would, without validating the notebook once a preprocessor that is off.
    document = read_document(executed, name.removesuffix(".ipynb"))
    to_html, to_pdf = letter_exporters()
    text = nbformat.v4.writes(executed) + "\n"
    files = {
        "html": to_html.write(document).encode(),
        "pdf": to_pdf.write(document),
        "ipynb": text.encode(),
    }
    seconds = {"notebook": ran - begun, "documents": time.perf_counter() - ran}
    seconds = {step: round(took, 3) for step, took in seconds.items()}
    return LetterResult(code, files, seconds=seconds, figures=dict(handed["figures"]))


@cache
def letter_exporters() -> tuple[BoardHTMLExporter, BoardPDFExporter]:
    """Built once a process."""
    return BoardHTMLExporter(), BoardPDFExporter()
