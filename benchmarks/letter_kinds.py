"""Measures what a letter of each kind costs, in processor time, against the feedback letter."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from letter_batches import a_project
from table import Row

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from helpers.model.letter_kind import LetterKind
    from helpers.report.correspondence.member_letter import MemberLetter

ROUND = "skl-2016"
DAYS: dict[LetterKind, str] = {
    "feedback": "2017-02-22",
    "request": "2016-06-10",
    "reminder": "2016-11-01",
    "status": "2016-10-01",
    "paper": "2016-06-10",
    "credit": "2017-02-22",
}
MEMBERS, TURNS, MOST = 10, 3, 2.0
_CALL = re.compile(r"(?:letter|paper)\.(\w+)\(\)")


def of_letter_kinds() -> Iterator[Row]:
    """A batch of each kind, in a separate process, and its ratio to one of feedback letters."""
    with a_project() as project:
        done = subprocess.run(
            [sys.executable, __file__], cwd=project, check=True, capture_output=True, text=True
        )
    seconds = json.loads(done.stdout)
    feedback = seconds.pop("feedback")
    how = f"sections, HTML and PDF of {MEMBERS} letters each, without a kernel; median of {TURNS}"
    for kind, took in seconds.items():
        ratio = took / feedback
        what = f"processor time of a {kind} relative to feedback"
        yield what, f"{ratio:.2f}×", f"at most {MOST:g}×", ratio <= MOST, how


def measured() -> dict[LetterKind, float]:
    """Seconds of processor time for a batch of each kind; each is the median of some turns."""
    batches = {kind: _batch(kind, day) for kind, day in DAYS.items()}
    turns = [{kind: _cost(batch) for kind, batch in batches.items()} for _ in range(TURNS + 1)]
    # The first turn fills the caches that all letters of a run share.
    return {kind: statistics.median(turn[kind] for turn in turns[1:]) for kind in DAYS}


def _batch(kind: LetterKind, day: str) -> list[MemberLetter]:
    """The letters of a kind to members that get one on the day."""
    from helpers.report.board_report import BoardReport
    from helpers.report.letter_classes import LETTER_CLASSES, recipients_of

    report = BoardReport.load(round=ROUND, as_of=day)
    codes = recipients_of(report, kind)[:MEMBERS]
    if len(codes) < MEMBERS:
        sys.exit(f"Only {len(codes)} members get a {kind} on {day}.")
    return [LETTER_CLASSES[kind].of(report, code) for code in codes]


def _cost(batch: list[MemberLetter]) -> float:
    from helpers.documents import exporters

    to_html, to_pdf = exporters.BoardHTMLExporter(), exporters.BoardPDFExporter()
    begun = time.process_time()
    for letter in batch:
        executed = _executed(letter)
        to_html.from_notebook_node(executed)
        to_pdf.from_notebook_node(executed)
    return time.process_time() - begun


def _executed(letter: MemberLetter) -> NotebookNode:
    """The notebook of a letter with the outputs of its calls, made without a kernel."""
    import nbformat
    from nbformat.v4 import new_output

    from helpers.letters.job import letter_notebook

    notebook: NotebookNode = nbformat.read(letter_notebook(letter.kind), as_version=4)
    for cell in notebook.cells:
        call = _CALL.fullmatch(cell.source)
        if call:
            data = getattr(letter, call[1])()._repr_mimebundle_()
            cell.outputs = [new_output("execute_result", data=data, execution_count=1)]
    return notebook


def invoice_everyone() -> None:
    """Give the round's copy invoices beyond every fee, so that there are credits."""
    folder = Path("data") / "rounds" / ROUND
    codes = [
        line.split(",")[0]
        for line in (folder / "decisions.csv").read_text(encoding="utf-8").splitlines()[1:]
    ]
    rows = [f"{code},2017,2017-02-01,10000000,," for code in dict.fromkeys(codes)]
    text = "\n".join(["code,year,invoiced_on,amount,paid_on,paid", *rows, ""])
    (folder / "payments.csv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    invoice_everyone()
    sys.stdout.write(json.dumps(measured()))
