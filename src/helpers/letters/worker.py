"""Make one member's letter in a worker: run the notebook, export it, return the bytes."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import Any

import nbformat

from helpers.documents.document import read_document, read_hand_over
from helpers.documents.page_writer import document_page
from helpers.documents.translation import translate_notebook
from helpers.documents.typst.pdf_writer import document_pdf
from helpers.errors import ExhaustedError, NotebookError, ReportError
from helpers.letters.job import LetterJob, LetterResult, letter_notebook, letter_stem
from helpers.model.currency import SEK
from helpers.model.letter_kind import LetterKind
from helpers.model.parameters import RoundParams
from helpers.notebooks.engine_choice import uses_fork
from helpers.notebooks.execution import NotebookStoppedError, cell_time_limit, run_notebook
from helpers.notebooks.fork import client
from helpers.notebooks.letter_cells import runs_only_letter_sections
from helpers.notebooks.private_parameters import via_environment
from helpers.releases.provenance import code_hash
from helpers.report.letter_classes import LETTER_CLASSES, recipients_of
from helpers.report.report_cache import kept_report


class WorkerMismatchError(ReportError):
    """A worker has other code or other inputs than the batch."""


# One letter at a time: papermill changes the state of the process, and Typst's compiler is shared.
# A Dask worker runs calls in several threads.
_letter_lock = threading.Lock()
_prepared_jobs: list[LetterJob] = []


def run_letter_job(job: LetterJob, code: str) -> LetterResult:
    """Make one letter; a problem of this letter alone gives a LetterResult with an error.

    Raises WorkerMismatchError if this worker cannot make any letter of the job, because its code or
    its inputs differ.
    """
    with _letter_lock, via_environment(job.decisions) as decisions:
        _prepare_worker(job, decisions)
        try:
            return _make_letter_files(job, code, decisions)
        except WorkerMismatchError:
            raise
        except NotebookStoppedError as error:
            return LetterResult(code, {"ipynb": error.content} if error.content else {}, str(error))
        except ReportError as error:
            exhausted = isinstance(error, ExhaustedError)
            return LetterResult(code, error=str(error), exhausted=exhausted)
        except Exception as error:  # a defect that one letter meets must not stop the others
            return LetterResult(code, error=f"{type(error).__name__}: {error}")


def preload_round(
    parameters: dict[str, Any], kind: LetterKind, inputs: dict[str, dict[str, str]]
) -> None:
    """Load the round and show one letter in the fork server, once for all letters.

    `parameters` are those shared by all letters, `inputs` the hashes of the batch's inputs. Each
    child inherits the loaded report (see report_cache) and the caches that the first letter fills,
    such as the translations and the widths of the typeface's letters, by which tables are laid out.
    If the report has these inputs, no letter reads them again.
    """
    report = kept_report(RoundParams.model_validate(parameters), inputs)
    with suppress(Exception):  # the letter itself will report the problem
        code = recipients_of(report, kind)[0]
        letter = LETTER_CLASSES[kind].load(**parameters, code=code)
        for part in (*letter.parts, "hand_over"):
            getattr(letter, part)()._repr_mimebundle_()


def _prepare_worker(job: LetterJob, decisions: str | None) -> None:
    """Check that this worker has the job's code, and preload the round; once per job."""
    cell_time_limit()  # an invalid limit concerns all letters: raise it here
    if job in _prepared_jobs:
        return
    if code_hash(letter_notebook(job.kind)) != job.code_hash:
        raise WorkerMismatchError(
            "A worker has another version of funding-report or of the letter's notebook than this "
            "process. Install the same version everywhere and restart the workers."
        )
    if uses_fork():
        shared = job.parameters() | {"decisions": decisions}
        with suppress(
            RuntimeError, ExhaustedError
        ):  # not fatal: each letter then loads the round itself
            client.start_fork_server().preload(preload_round, shared, job.kind, job.inputs)
    _prepared_jobs[:] = [job]


def _make_letter_files(job: LetterJob, code: str, decisions: str | None) -> LetterResult:
    name = f"{letter_stem(code, job.language)}.ipynb"
    started = time.perf_counter()
    notebook = letter_notebook(job.kind)
    executed = run_notebook(
        notebook,
        job.parameters(code) | {"decisions": decisions},
        name,
        keeps_process=runs_only_letter_sections(notebook),
    )
    handed_over = read_hand_over(executed)
    if handed_over is None:
        raise NotebookError(
            f"The notebook {notebook.name} handed over no figures. End it with letter.hand_over()."
        )
    if handed_over["inputs"] != job.inputs:
        raise WorkerMismatchError(
            "A worker has another version of an input, or an input has changed during the run. "
            "Run the command again."
        )
    translate_notebook(
        executed, job.language, handed_over.get("words"), handed_over.get("currency", SEK)
    )
    notebook_done = time.perf_counter()
    # Not from_notebook_node, which validates the notebook for every preprocessor, even unused ones.
    document = read_document(executed, name.removesuffix(".ipynb"))
    text = nbformat.v4.writes(executed) + "\n"
    files = {
        "html": document_page(document).encode(),
        "pdf": document_pdf(document),
        "ipynb": text.encode(),
    }
    seconds = {
        "notebook": notebook_done - started,
        "documents": time.perf_counter() - notebook_done,
    }
    seconds = {step: round(took, 3) for step, took in seconds.items()}
    return LetterResult(code, files, seconds=seconds, figures=dict(handed_over["figures"]))
