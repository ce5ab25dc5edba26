"""Publish all letters of a round as one release, and continue a run that was stopped.

The steps: find the letters that are missing, have worker processes make them (dispatch, worker),
write each as it arrives (batch_files), and publish the folder when all are there.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

from helpers.errors import NotebookError
from helpers.letters.batch_files import (
    has_letter,
    is_letter_file,
    kept_letters_sentence,
    write_inputs,
    write_letter_figures,
    write_letter_files,
    write_shared_files,
)
from helpers.letters.batch_plan import chosen_codes, letters_manifest, new_letter_job
from helpers.letters.dispatch import ExecutorFactory, dispatch_letters
from helpers.letters.job import LETTER_FILE_TYPES, LetterJob, LetterResult, letter_stem
from helpers.model.letter_kind import LetterKind, release_name
from helpers.releases.answer_count import fewer_answers_entry
from helpers.releases.recompute import check_before_publishing, recomputed_apart
from helpers.releases.run_lock import hold_round_lock, sweep_leftovers
from helpers.releases.run_log import RunLog
from helpers.releases.storage import (
    LETTERS_KIND,
    RUN_JSON,
    file_hashes,
    find_release,
    publish_draft,
    publish_release,
    remove_abandoned_folders,
    resumable_folder,
)
from helpers.report.letter_classes import letter_kind_on_day
from helpers.report.report_data import ReportData
from helpers.system.files import atomic_write
from helpers.system.json_text import json_text
from helpers.system.progress import Progress

KEY_DIGITS = (
    12  # of the release's key, in the name of its working folder: another key, another folder
)


@dataclass(frozen=True)
class PublishedLetters:
    """A release of letters: its folder, the number of letters, and whether this run created it."""

    folder: Path
    letters: int
    new: bool

    @property
    def documents(self) -> list[Path]:
        """The folder, and the files in it that are not letters."""
        others = (p for p in self.folder.iterdir() if p.is_file() and not is_letter_file(p))
        return [self.folder, *sorted(others)]


def publish_letters(
    report: ReportData,
    reports: Path,
    new_executor: ExecutorFactory,
    only: tuple[str, ...] = (),
    *,
    kind: LetterKind | None = None,
    draft: bool = False,
    force: bool = False,
) -> PublishedLetters:
    """Publish one letter per member, in the language of the report's parameters.

    `kind` follows from the day unless stated (see letter_occasion). `only` (codes of members) makes
    a draft of their letters, `draft` one of all. A stopped run is continued. A release with the
    same parameters, inputs and code is returned unchanged, unless `force`. Raises ReportError for
    an unknown code, for letters that contradict their day, and as fewer_answers_entry does;
    NotebookError if a letter failed, after all others are finished and kept.
    """
    params, folder = report.params, reports / report.params.round
    kind = letter_kind_on_day(report, kind)
    codes = chosen_codes(report, kind, only)
    name = release_name(params.as_of, kind, params.language if draft or only else None)
    manifest = letters_manifest(report, kind, codes if only else None)
    existing = None if force else find_release(folder, name, manifest["key"])
    if existing:
        sweep_leftovers(reports, params.round)
        return PublishedLetters(existing, len(codes), new=False)
    work_name = f".{name}-{manifest['key'][:KEY_DIGITS]}"
    with (
        hold_round_lock(reports, params.round, work_name),
        resumable_folder(folder, work_name) as work,
    ):
        existing = None if force else find_release(folder, name, manifest["key"])
        if existing:  # another run has just published it
            return PublishedLetters(existing, len(codes), new=False)
        log = _complete_release(report, manifest, codes, work, new_executor, reports)
        released = (publish_draft if draft or only else publish_release)(work, folder, name)
        log.write(released)
        remove_abandoned_folders(folder, f".{name}-{'?' * KEY_DIGITS}")  # of other data or code
        return PublishedLetters(released, len(codes), new=True)


def _complete_release(
    report: ReportData,
    manifest: dict[str, Any],
    codes: list[str],
    work: Path,
    new_executor: ExecutorFactory,
    reports: Path,
) -> RunLog:
    """Make the letters that the working folder lacks, write the other files, and check the release.

    Returns the log of this run, with the durations of the letters that it made. The figures are
    recomputed in a separate process meanwhile.
    """
    log = RunLog()
    if fewer := fewer_answers_entry(report, reports, LETTERS_KIND):
        manifest = {**manifest, "fewer_answers": fewer}
    job = new_letter_job(report, manifest, manifest["parameters"]["letter_kind"])
    missing = [code for code in codes if not has_letter(work, code, job.language)]
    with _removed_without_letters(work):
        write_inputs(report, work)
        with recomputed_apart(report, manifest, work, from_workers=True) as recomputed:
            made, failures = _made_and_failed(job, missing, work, new_executor)
            _raise_if_failed(failures, job, reports / "failed", work)
            write_shared_files(report, manifest, codes, work)
            computed = recomputed()
    figures = {letter.code: letter.figures for letter in made}
    write_letter_figures(report, job, codes, figures, work)
    log.durations = {letter.code: letter.seconds for letter in sorted(made, key=attrgetter("code"))}
    run = {**manifest, "outputs": file_hashes(work)}
    atomic_write(work / RUN_JSON, json_text(run).encode())
    check_before_publishing(work, run, computed)
    return log


def _made_and_failed(
    job: LetterJob, codes: list[str], work: Path, new_executor: ExecutorFactory
) -> tuple[list[LetterResult], list[LetterResult]]:
    """Make letters; return the finished ones, without their files, and the failures."""
    made: list[LetterResult] = []
    failures: list[LetterResult] = []
    with closing(_make_letters(job, codes, work, new_executor)) as letters:
        for letter in letters:
            if letter.error is None:
                made.append(replace(letter, files={}))
            else:
                failures.append(letter)
    return made, failures


@contextmanager
def _removed_without_letters(work: Path) -> Iterator[None]:
    """Remove the working folder at the end if it contains no letters."""
    try:
        yield
    finally:
        if not any(work.glob(f"*.{LETTER_FILE_TYPES[-1]}")):
            shutil.rmtree(work, ignore_errors=True)


def _make_letters(
    job: LetterJob, codes: list[str], work: Path, new_executor: ExecutorFactory
) -> Generator[LetterResult]:
    """Yield each letter as it is finished, after writing its files unless it failed."""
    with closing(Progress(len(codes))) as progress:
        for letter in dispatch_letters(job, codes, new_executor):
            progress.step(failed=letter.error is not None)
            if letter.error is None:
                write_letter_files(letter, work, job.language)
            yield letter


def _raise_if_failed(
    failures: list[LetterResult], job: LetterJob, failed: Path, work: Path
) -> None:
    """Raise NotebookError with a line for each failed letter; keep their notebooks in `failed`."""
    if not failures:
        return
    lines = []
    for letter in sorted(failures, key=attrgetter("code")):
        line = f"{letter.code}: {letter.error}"
        if letter.files:
            stem = letter_stem(letter.code, job.language)
            name = f"{job.round}-{job.as_of}-letter-{stem}.ipynb"
            failed.mkdir(parents=True, exist_ok=True)
            (failed / name).write_bytes(letter.files["ipynb"])
            line += f" The notebook as far as it came: {failed / name}"
        lines.append(line)
    count = "1 letter" if len(failures) == 1 else f"{len(failures)} letters"
    lines.append(f"{kept_letters_sentence(work)}Run the same command to make the missing ones.")
    raise NotebookError("\n".join([f"{count} could not be made:", *lines]))
