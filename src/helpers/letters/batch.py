"""All letters of a round as one release: what is missing is made, and the whole then published."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers.data.register.member_names import resolve_member_code
from helpers.errors import NotebookError
from helpers.letters.batch_files import (
    has_letter,
    kept_letters_sentence,
    write_letter_figures,
    write_letter_files,
    write_shared_files,
)
from helpers.letters.dispatch import ExecutorFactory, dispatch_letters
from helpers.letters.job import (
    LETTER_FILE_TYPES,
    LetterJob,
    LetterResult,
    letter_notebook,
    letter_stem,
)
from helpers.releases.manifest import release_manifest
from helpers.releases.recompute import check_before_publishing
from helpers.releases.run_lock import hold_round_lock
from helpers.releases.storage import (
    RUN_JSON,
    file_hashes,
    find_release,
    publish_draft,
    publish_release,
    remove_abandoned_folders,
    resumable_folder,
)
from helpers.report.board_report import BoardReport
from helpers.system.files import atomic_write
from helpers.system.json_text import json_text
from helpers.system.progress import Progress

LETTERS_KIND = "letters"
KEY_DIGITS = 12  # letters of a key that tell working folders apart


@dataclass(frozen=True)
class PublishedLetters:
    """Where the letters stand, how many there are, and whether any was made now."""

    folder: Path
    letters: int
    new: bool

    @property
    def documents(self) -> list[Path]:
        """The folder, and what lies in it beside the letters."""
        others = (
            p
            for p in self.folder.iterdir()
            if p.is_file() and p.suffix[1:] not in LETTER_FILE_TYPES
        )
        return [self.folder, *sorted(others)]


def publish_letters(
    report: BoardReport,
    reports: Path,
    workers: ExecutorFactory,
    only: tuple[str, ...] = (),
    *,
    draft: bool = False,
    force: bool = False,
) -> PublishedLetters:
    """Make and publish one letter a member, in the language of the report's parameters.

    `only` makes a draft of some members' letters, `draft` one of all. A run that was stopped is
    taken up where it stood. The same parameters, inputs and code make no second release: the first
    is returned, unless `force` asks for another. Raises ReportError, or NotebookError once all
    others are made if one letter failed.
    """
    params, language = report.params, report.params.language
    codes = _chosen_codes(report, only)
    draft = draft or bool(only)
    name = f"{params.as_of}-letters" + (f"-draft-{language}" if draft else "")
    about = _letters_manifest(report, codes if only else None)
    folder = reports / params.round
    before = None if force else find_release(folder, name, about["key"])
    if before:
        return PublishedLetters(before, len(codes), new=False)
    hidden = f".{name}-{about['key'][:KEY_DIGITS]}"
    with hold_round_lock(reports, params.round, hidden), resumable_folder(folder, hidden) as work:
        before = None if force else find_release(folder, name, about["key"])
        if before:  # another run has made it just now
            return PublishedLetters(before, len(codes), new=False)
        _complete_release(report, about, codes, work, workers, reports / "failed")
        place = publish_draft if draft else publish_release
        published = PublishedLetters(place(work, folder, name), len(codes), new=True)
        remove_abandoned_folders(
            folder, f".{name}-{'?' * KEY_DIGITS}"
        )  # of other data or older code
        return published


def _complete_release(
    report: BoardReport,
    about: dict[str, Any],
    codes: list[str],
    work: Path,
    workers: ExecutorFactory,
    failed: Path,
) -> None:
    """Make what a working folder lacks of a release, and check the whole."""
    order = new_letter_job(report, about)
    missing = [code for code in codes if not has_letter(work, code, order.language)]
    made: list[LetterResult] = []
    failures: list[LetterResult] = []
    with _removed_without_letters(work), ThreadPoolExecutor(1) as thread:
        beside = thread.submit(write_shared_files, report, about, work)
        with closing(_make_letters(order, missing, work, workers)) as letters:
            for letter in letters:
                if letter.error is None:
                    made.append(replace(letter, files={}))
                else:
                    failures.append(letter)
    _raise_if_failed(failures, order, failed, work)
    computed = beside.result()
    write_letter_figures(report, codes, {letter.code: letter.figures for letter in made}, work)
    durations = {letter.code: letter.seconds for letter in sorted(made, key=_code_of_letter)}
    run = {**about, "durations": durations, "outputs": file_hashes(work)}
    atomic_write(work / RUN_JSON, json_text(run).encode())
    check_before_publishing(work, run, computed)


@contextmanager
def _removed_without_letters(work: Path) -> Iterator[None]:
    """What lies beside the letters goes again if the run has come to none."""
    try:
        yield
    finally:
        if not any(work.glob(f"*.{LETTER_FILE_TYPES[-1]}")):
            shutil.rmtree(work, ignore_errors=True)


def _chosen_codes(report: BoardReport, only: tuple[str, ...]) -> list[str]:
    """The members to write to; ReportError for a code that is no member's."""
    members = dict(zip(report.inputs.members["code"], report.inputs.members["name"], strict=True))
    asked = {resolve_member_code(code, members) for code in only}
    return [code for code in members if code in asked or not only]


def _letters_manifest(report: BoardReport, only: list[str] | None) -> dict[str, Any]:
    languages = [report.params.language]
    parameters = {"language": report.params.language, "only": only}
    about = release_manifest(
        report, LETTERS_KIND, letter_notebook(), languages, parameters, ("since", "forecast")
    )
    members = len(report.inputs.members)
    return {**about, "letters": len(only) if only else members}


def new_letter_job(report: BoardReport, about: dict[str, Any]) -> LetterJob:
    """What all letters of a report have in common; `about` is what run.json says of them."""
    params = report.params
    return LetterJob(
        round=params.round,
        as_of=str(params.as_of),
        known_on=str(params.known_on) if params.known_on else None,
        decisions=params.decisions,
        table=params.table,
        language=params.language,
        inputs=about["inputs"],
        code=about["code"],
    )


def _make_letters(
    order: LetterJob, codes: list[str], work: Path, workers: ExecutorFactory
) -> Generator[LetterResult]:
    """Have letters made, and put each that does not fail in place."""
    with closing(Progress(len(codes))) as progress:
        for letter in dispatch_letters(order, codes, workers):
            progress.step(failed=letter.error is not None)
            if letter.error is None:
                write_letter_files(letter, work, order.language)
            yield letter


def _code_of_letter(letter: LetterResult) -> str:
    return letter.code


def _raise_if_failed(
    failures: list[LetterResult], order: LetterJob, failed: Path, work: Path
) -> None:
    """NotebookError that lists the letters that failed, their notebooks kept; none, and nothing."""
    if not failures:
        return
    lines = []
    for letter in sorted(failures, key=_code_of_letter):
        line = f"{letter.code}: {letter.error}"
        if letter.files:
            stem = letter_stem(letter.code, order.language)
            name = f"{order.round}-{order.as_of}-letter-{stem}.ipynb"
            failed.mkdir(parents=True, exist_ok=True)
            (failed / name).write_bytes(letter.files["ipynb"])
            line += f" The notebook as far as it came: {failed / name}"
        lines.append(line)
    count = "1 letter" if len(failures) == 1 else f"{len(failures)} letters"
    lines.append(f"{kept_letters_sentence(work)}The same command makes those that are missing.")
    raise NotebookError("\n".join([f"{count} could not be made:", *lines]))
