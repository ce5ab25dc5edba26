"""One member's letter, made in a worker: run its notebook, export it, hand back the bytes."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from functools import cache
from typing import Any

import nbformat

from helpers.currency import SEK
from helpers.errors import NotebookError, ReportError
from helpers.letter import MunicipalityLetter
from helpers.loaded import loaded_report
from helpers.parameters import RoundParams
from helpers.publish import nursery
from helpers.publish.document import hand_over, read_document
from helpers.publish.execute import StoppedError, cell_seconds, run
from helpers.publish.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.publish.hidden import out_of_sight
from helpers.publish.letters import NOTEBOOK, Letter, Order, notebook, stem
from helpers.publish.provenance import code_hash
from helpers.publish.translate import translate


class OtherError(ReportError):
    """A worker has other code or other data than those that the letters were ordered for."""


# papermill changes what is the process's own, and Typst's compiler is one.
_one_at_a_time = threading.Lock()
_prepared: list[Order] = []


def make(order: Order, code: str) -> Letter:
    """Make one letter. Whatever is wrong with this one alone gives a Letter with an error.

    Raises ReportError where this worker can make none: other code, other data.
    """
    with _one_at_a_time, out_of_sight(order.decisions) as decisions:
        _prepare(order, decisions)
        try:
            return _made(order, code, decisions)
        except OtherError:
            raise
        except StoppedError as error:
            return Letter(code, {"ipynb": error.content} if error.content else {}, str(error))
        except ReportError as error:
            return Letter(code, error=str(error))
        except Exception as error:  # a fault of ours in one letter must not stop the others
            return Letter(code, error=f"{type(error).__name__}: {error}")


def warm_up(parameters: dict[str, Any]) -> None:
    """What is done once in the process that letters are forked from: load the round.

    `parameters` are those that all letters share. What is kept here (see loaded.loaded_report), and
    whatever a first letter looks up in the languages' tables, each letter finds at hand.
    """
    report = loaded_report(RoundParams.model_validate(parameters))
    with suppress(Exception):  # what is wrong with one letter will be told as that letter's
        code = report.inputs.members["code"].iloc[0]
        letter = MunicipalityLetter.load(**parameters, code=code)
        parts = (letter.opening, letter.answer, letter.fee, letter.outcome, letter.next_steps)
        for part in (*parts, letter.closing, letter.hand_over):
            part()


def _prepare(order: Order, decisions: str | None) -> None:
    """Make sure, once an order, that this worker has the code asked for, and warm it up."""
    cell_seconds()  # wrong for one, it is wrong for all
    if order in _prepared:
        return
    if code_hash(notebook()) != order.code:
        raise OtherError(
            "A worker has another version of funding-report, or of the notebook, than this one. "
            "Install the same everywhere and start the workers again."
        )
    if nursery.uses_fork():
        shared = order.parameters() | {"decisions": decisions}
        with suppress(RuntimeError):  # without it each letter loads the round itself
            nursery.start().warm_up(warm_up, shared)
    _prepared[:] = [order]


def _made(order: Order, code: str, decisions: str | None) -> Letter:
    name = f"{stem(code, order.language)}.ipynb"
    begun = time.perf_counter()
    executed = run(notebook(), order.parameters(code) | {"decisions": decisions}, name)
    handed = hand_over(executed)
    if handed is None:
        raise NotebookError(
            f"The notebook {NOTEBOOK} handed over no figures. End it with letter.hand_over()."
        )
    if handed["inputs"] != order.inputs:
        raise OtherError("An input is another for a worker, or has changed. Run it again.")
    translate(executed, order.language, handed.get("words"), handed.get("currency", SEK))
    ran = time.perf_counter()
    # As from_notebook_node would, without validating the notebook once a preprocessor that is off.
    document = read_document(executed, name.removesuffix(".ipynb"))
    to_html, to_pdf = exporters()
    text = nbformat.v4.writes(executed) + "\n"
    files = {
        "html": to_html.write(document).encode(),
        "pdf": to_pdf.write(document),
        "ipynb": text.encode(),
    }
    seconds = {"notebook": ran - begun, "documents": time.perf_counter() - ran}
    seconds = {step: round(took, 3) for step, took in seconds.items()}
    return Letter(code, files, seconds=seconds, figures=dict(handed["figures"]))


@cache
def exporters() -> tuple[BoardHTMLExporter, BoardPDFExporter]:
    """Built once a process."""
    return BoardHTMLExporter(), BoardPDFExporter()
