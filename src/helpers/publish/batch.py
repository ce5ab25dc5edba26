"""All letters of a round as one release: what is missing is made, and the whole then published."""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat

from helpers.data.names import member_code
from helpers.errors import NotebookError
from helpers.funding.figures import to_json
from helpers.funding.invoice_figures import invoice_figures
from helpers.interrupts import write_whole
from helpers.publish.alone import one_run
from helpers.publish.archive import (
    RUN,
    clear_stopped,
    find_release,
    outputs,
    publish,
    publish_draft,
    resumable_folder,
)
from helpers.publish.asking import Workers, ask_for
from helpers.publish.document import hand_over
from helpers.publish.invoice_files import invoice_files
from helpers.publish.letters import KINDS, Letter, Order, notebook, stem
from helpers.publish.progress import Progress
from helpers.publish.readding import check_before_publishing, readded
from helpers.publish.record import record
from helpers.report import BoardReport
from helpers.terms import Language

KIND = "letters"
KEY = 12  # letters of a key that tell working folders apart


@dataclass(frozen=True)
class Batch:
    """Where the letters stand, how many there are, and whether any was made now."""

    folder: Path
    letters: int
    new: bool

    @property
    def documents(self) -> list[Path]:
        """The folder, and what lies in it beside the letters."""
        others = (p for p in self.folder.iterdir() if p.is_file() and p.suffix[1:] not in KINDS)
        return [self.folder, *sorted(others)]


def publish_letters(
    report: BoardReport,
    reports: Path,
    workers: Workers,
    only: tuple[str, ...] = (),
    *,
    draft: bool = False,
    force: bool = False,
) -> Batch:
    """Make and publish one letter a member, in the language of the report's parameters.

    `only` makes a draft of some members' letters, `draft` one of all. A run that was stopped is
    taken up where it stood. The same parameters, inputs and code make no second release: the first
    is returned, unless `force` asks for another. Raises ReportError, or NotebookError once all
    others are made if one letter failed.
    """
    params, language = report.params, report.params.language
    codes = _codes(report, only)
    draft = draft or bool(only)
    name = f"{params.as_of}-letters" + (f"-draft-{language}" if draft else "")
    about = _about(report, codes if only else None)
    folder = reports / params.round
    before = None if force else find_release(folder, name, about["key"])
    if before:
        return Batch(before, len(codes), new=False)
    hidden = f".{name}-{about['key'][:KEY]}"
    with one_run(reports, params.round, hidden), resumable_folder(folder, hidden) as work:
        before = None if force else find_release(folder, name, about["key"])
        if before:  # another run has made it just now
            return Batch(before, len(codes), new=False)
        _complete(report, about, codes, work, workers, reports / "failed")
        place = publish_draft if draft else publish
        published = Batch(place(work, folder, name), len(codes), new=True)
        clear_stopped(folder, f".{name}-{'?' * KEY}")  # of other data or older code
        return published


def _complete(
    report: BoardReport,
    about: dict[str, Any],
    codes: list[str],
    work: Path,
    workers: Workers,
    failed: Path,
) -> None:
    """Make what a working folder lacks of a release, and check the whole."""
    order = order_of(report, about)
    missing = [code for code in codes if not _is_there(work, code, order.language)]
    made: list[Letter] = []
    failures: list[Letter] = []
    with _kept_with_letters(work), ThreadPoolExecutor(1) as thread:
        beside = thread.submit(_beside, report, about, work)
        with closing(_make(order, missing, work, workers)) as letters:
            for letter in letters:
                if letter.error is None:
                    made.append(replace(letter, files={}))
                else:
                    failures.append(letter)
    _raise(failures, order, failed, work)
    computed = beside.result()
    _tell(report, codes, {letter.code: letter.figures for letter in made}, work)
    durations = {letter.code: letter.seconds for letter in sorted(made, key=_code)}
    run = {**about, "durations": durations, "outputs": outputs(work)}
    write_whole(work / RUN, to_json(run).encode())
    check_before_publishing(work, run, computed)


@contextmanager
def _kept_with_letters(work: Path) -> Iterator[None]:
    """What lies beside the letters goes again if the run has come to none."""
    try:
        yield
    finally:
        if not any(work.glob(f"*.{KINDS[-1]}")):
            shutil.rmtree(work, ignore_errors=True)


def _codes(report: BoardReport, only: tuple[str, ...]) -> list[str]:
    """The members to write to; ReportError for a code that is no member's."""
    members = dict(zip(report.inputs.members["code"], report.inputs.members["name"], strict=True))
    asked = {member_code(code, members) for code in only}
    return [code for code in members if code in asked or not only]


def _about(report: BoardReport, only: list[str] | None) -> dict[str, Any]:
    languages = [report.params.language]
    parameters = {"language": report.params.language, "only": only}
    about = record(report, KIND, notebook(), languages, parameters, ("since", "forecast"))
    members = len(report.inputs.members)
    return {**about, "letters": len(only) if only else members}


def order_of(report: BoardReport, about: dict[str, Any]) -> Order:
    """What all letters of a report have in common; `about` is what run.json says of them."""
    params = report.params
    return Order(
        round=params.round,
        as_of=str(params.as_of),
        known_on=str(params.known_on) if params.known_on else None,
        decisions=params.decisions,
        table=params.table,
        language=params.language,
        inputs=about["inputs"],
        code=about["code"],
    )


def _is_there(work: Path, code: str, language: Language) -> bool:
    return (work / f"{stem(code, language)}.{KINDS[-1]}").exists()


def _make(order: Order, codes: list[str], work: Path, workers: Workers) -> Generator[Letter]:
    """Have letters made, and put each that does not fail in place."""
    with closing(Progress(len(codes))) as progress:
        for letter in ask_for(order, codes, workers):
            progress.step(failed=letter.error is not None)
            if letter.error is None:
                _put(letter, work, order.language)
            yield letter


def _code(letter: Letter) -> str:
    return letter.code


def _put(letter: Letter, work: Path, language: Language) -> None:
    """Write a letter's files; the last one, which tells that all are there, comes last."""
    for kind in KINDS:
        write_whole(work / f"{stem(letter.code, language)}.{kind}", letter.files[kind])


def _raise(failures: list[Letter], order: Order, failed: Path, work: Path) -> None:
    """NotebookError that lists the letters that failed, their notebooks kept; none, and nothing."""
    if not failures:
        return
    lines = []
    for letter in sorted(failures, key=_code):
        line = f"{letter.code}: {letter.error}"
        if letter.files:
            name = f"{order.round}-{order.as_of}-letter-{stem(letter.code, order.language)}.ipynb"
            failed.mkdir(parents=True, exist_ok=True)
            (failed / name).write_bytes(letter.files["ipynb"])
            line += f" The notebook as far as it came: {failed / name}"
        lines.append(line)
    count = "1 letter" if len(failures) == 1 else f"{len(failures)} letters"
    lines.append(f"{_kept(work)}The same command makes those that are missing.")
    raise NotebookError("\n".join([f"{count} could not be made:", *lines]))


def _kept(work: Path) -> str:
    """A sentence on the letters that there are already; blank where there are none."""
    there = len(list(work.glob(f"*.{KINDS[-1]}")))
    few = {0: "", 1: "The one that is done is kept. "}
    return few.get(there, f"The {there} that are done are kept. ")


def _beside(report: BoardReport, about: dict[str, Any], work: Path) -> dict[str, Any]:
    """What lies beside the letters: the invoice basis, and what all was computed from.

    Returns the figures that this gives anew (see readding). It is done while workers get ready.
    """
    (work / "inputs").mkdir(exist_ok=True)
    files = invoice_files(report, report.params.language)
    inputs = report.inputs.archive()
    for name, content in (files | {f"inputs/{n}": t.encode() for n, t in inputs.items()}).items():
        write_whole(work / name, content)
    return readded(about, work)


def _tell(
    report: BoardReport, codes: list[str], known: dict[str, dict[str, Any]], work: Path
) -> None:
    """Write the figures of all: `known` are the new letters', an earlier run's tell their own."""
    language = report.params.language
    letters = {
        code: known.get(code) or _figures(work / f"{stem(code, language)}.ipynb") for code in codes
    }
    figures = {"invoices": invoice_figures(report.invoice_basis), "letters": letters}
    write_whole(work / "figures.json", to_json(figures).encode())


def _figures(path: Path) -> dict[str, Any]:
    """What a letter's notebook handed over."""
    handed = hand_over(nbformat.from_dict(json.loads(path.read_bytes()))) or {}
    return dict(handed["figures"])
