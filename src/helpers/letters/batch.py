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
    kept_letters_sentence,
    write_inputs,
    write_invoice_files,
    write_letter_figures,
    write_letter_files,
)
from helpers.letters.dispatch import ExecutorFactory, dispatch_letters
from helpers.letters.job import (
    LETTER_FILE_TYPES,
    LetterJob,
    LetterResult,
    letter_notebook,
    letter_stem,
)
from helpers.notebooks.fork.separate_call import called_apart
from helpers.releases.answer_count import fewer_answers_entry
from helpers.releases.manifest import release_manifest
from helpers.releases.recompute import check_before_publishing, recompute_figures
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
from helpers.report.board_report import BoardReport
from helpers.report.letter_report import member_names, resolve_addressee
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
        others = (
            p
            for p in self.folder.iterdir()
            if p.is_file() and p.suffix[1:] not in LETTER_FILE_TYPES
        )
        return [self.folder, *sorted(others)]


def publish_letters(
    report: BoardReport,
    reports: Path,
    new_executor: ExecutorFactory,
    only: tuple[str, ...] = (),
    *,
    draft: bool = False,
    force: bool = False,
) -> PublishedLetters:
    """Publish one letter per member, in the language of the report's parameters.

    `only` (codes of members) makes a draft of their letters, `draft` one of all. A stopped run is
    continued. A release with the same parameters, inputs and code is returned unchanged, unless
    `force`. Raises ReportError for an unknown code and as fewer_answers_entry does; NotebookError
    if a letter failed, after all others are finished and kept.
    """
    params, language = report.params, report.params.language
    codes = _chosen_codes(report, only)
    draft = draft or bool(only)
    name = f"{params.as_of}-letters" + (f"-draft-{language}" if draft else "")
    manifest = letters_manifest(report, codes if only else None)
    folder = reports / params.round
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
        released = (publish_draft if draft else publish_release)(work, folder, name)
        log.write(released)
        remove_abandoned_folders(folder, f".{name}-{'?' * KEY_DIGITS}")  # of other data or code
        return PublishedLetters(released, len(codes), new=True)


def _complete_release(
    report: BoardReport,
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
    job = new_letter_job(report, manifest)
    missing = [code for code in codes if not has_letter(work, code, job.language)]
    made: list[LetterResult] = []
    failures: list[LetterResult] = []
    with _removed_without_letters(work):
        write_inputs(report, work)
        with called_apart(
            recompute_figures, manifest, str(work.resolve()), from_workers=True
        ) as figures:
            with closing(_make_letters(job, missing, work, new_executor)) as letters:
                for letter in letters:
                    if letter.error is None:
                        made.append(replace(letter, files={}))
                    else:
                        failures.append(letter)
            _raise_if_failed(failures, job, reports / "failed", work)
            write_invoice_files(report, work)
            computed = figures()
    write_letter_figures(report, codes, {letter.code: letter.figures for letter in made}, work)
    log.durations = {letter.code: letter.seconds for letter in sorted(made, key=attrgetter("code"))}
    run = {**manifest, "outputs": file_hashes(work)}
    atomic_write(work / RUN_JSON, json_text(run).encode())
    check_before_publishing(work, run, computed)
    return log


@contextmanager
def _removed_without_letters(work: Path) -> Iterator[None]:
    """Remove the working folder at the end if it contains no letters."""
    try:
        yield
    finally:
        if not any(work.glob(f"*.{LETTER_FILE_TYPES[-1]}")):
            shutil.rmtree(work, ignore_errors=True)


def _chosen_codes(report: BoardReport, only: tuple[str, ...]) -> list[str]:
    """Return the codes of the members to write to; all members if `only` is empty.

    Raises ReportError for a code that no member has.
    """
    members = member_names(report.statement)
    chosen = {resolve_addressee(report, code) for code in only}
    return [code for code in members if code in chosen or not only]


def letters_manifest(report: BoardReport, only: list[str] | None) -> dict[str, Any]:
    """Return the content of run.json before there are letters; `only`: codes, or all."""
    languages = [report.params.language]
    parameters = {"language": report.params.language, "only": only}
    manifest = release_manifest(
        report, LETTERS_KIND, letter_notebook(), languages, parameters, ("since", "forecast")
    )
    members = len(report.statement.on_day.present)
    return {**manifest, "letters": len(only) if only else members}


def new_letter_job(report: BoardReport, manifest: dict[str, Any]) -> LetterJob:
    """Return the job that all letters of a report share; `manifest` is the content of run.json."""
    params = report.params
    return LetterJob(
        round=params.round,
        as_of=str(params.as_of),
        known_on=str(params.known_on) if params.known_on else None,
        decisions=params.decisions,
        table=params.table,
        language=params.language,
        future=params.future,
        inputs=manifest["inputs"],
        code_hash=manifest["code"],
    )


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
