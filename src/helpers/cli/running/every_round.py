"""Publish the board reports of several rounds, each in a worker, like letters."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from helpers.cli.running import runner
from helpers.cli.running.publication_steps import report_outcome, write_index
from helpers.errors import EXIT_DATA, ReportError
from helpers.system import log_lines
from helpers.system.control.signals import uninterrupted

if TYPE_CHECKING:
    from helpers.letters.dispatch import ExecutorFactory
    from helpers.model.localized_text import Language
    from helpers.model.parameters import ReportParams
    from helpers.report.report_data import ReportData

DeliverRelease = Callable[[Path, bool], None]  # see prepare_delivery

# One report at a time in a process, as with letters: a Dask worker runs calls in several threads.
_report_lock = threading.Lock()


@dataclass(frozen=True)
class BoardJob:
    """The reports to make: their parameters by round, and what is the same for all."""

    params: Mapping[str, ReportParams]
    reports: str  # the folder of releases
    draft: Language | None
    force: bool
    today: date
    code_hash: str


@dataclass(frozen=True)
class RoundOutcome:
    """What became of a round's report: its release and the hash of run.json, or an error."""

    round: str
    folder: str = ""
    run_hash: str = ""
    new: bool = False
    error: str | None = None
    exit_code: int = 0


class RoundsFailedError(ReportError):
    """Reports of some rounds could not be published; the others are."""

    def __init__(self, failed: list[RoundOutcome], asked: int) -> None:
        lines = [f"{outcome.round}: {outcome.error}" for outcome in failed]
        super().__init__("\n".join([f"{len(failed)} of {asked} reports failed:", *lines]))
        codes = {outcome.exit_code for outcome in failed}
        self.exit_code = codes.pop() if len(codes) == 1 else EXIT_DATA


def of_begun_rounds(params: Mapping[str, ReportParams]) -> dict[str, ReportParams]:
    """Leave out the rounds that had not begun on the day of their report, and say so.

    A round that cannot be read stays: its report states what is wrong. Raises ReportError if there
    is none.
    """
    from helpers.data.round.round_config import load_round, round_folder

    begun: dict[str, ReportParams] = {}
    for name, asked in params.items():
        with suppress(ReportError):
            began = load_round(round_folder(name)).recommended_on
            if asked.as_of < began:
                message = f"{name}: no report, because the round begins on {began}."
                runner.print_message("not-begun", message)
                continue
        begun[name] = asked
    if not begun:
        raise ReportError("No round has begun by that day. Give a later one, or add a round.")
    return begun


def load_for_board(params: ReportParams, reports: Path, today: date) -> ReportData:
    """Load a round; without `since`, changes are those since the previous report."""
    from helpers.data.register.rules.future_days import refuse_future_days
    from helpers.releases.storage import previous_report_day
    from helpers.report.report_data import ReportData

    since = params.since or previous_report_day(reports / params.round, params.as_of)
    report = ReportData.from_params(params.model_copy(update={"since": since}))
    refuse_future_days(report.inputs.register, today)
    return report


def publish_rounds(
    job: BoardJob, new_executor: ExecutorFactory, deliver_release: DeliverRelease
) -> None:
    """Publish and deliver each report, and print the paths of all in the order of the rounds.

    Raises RoundsFailedError after all others are published.
    """
    from helpers.letters.dispatch import dispatch

    made = dispatch(partial(publish_round, job), sorted(job.params), new_executor, _failed)
    try:
        outcomes = {outcome.round: _finished(outcome, job, deliver_release) for outcome in made}
    except BaseException:  # the workers have been killed, and cannot remove what they had begun
        made.close()
        _sweep(job)
        raise
    ordered = [outcomes[name] for name in sorted(outcomes)]
    _print_documents(outcome for outcome in ordered if outcome.folder)
    if failed := [outcome for outcome in ordered if outcome.error is not None]:
        raise RoundsFailedError(failed, len(job.params))


def publish_round(job: BoardJob, name: str) -> RoundOutcome:
    """Publish one round's report; called in a worker.

    Raises ReportError if this worker has other code than the command.
    """
    from helpers.releases.board_release import publish_board
    from helpers.releases.provenance import code_hash
    from helpers.releases.run_log import release_hash
    from helpers.releases.writing.report_documents import board_notebook

    if code_hash(board_notebook()) != job.code_hash:
        raise ReportError(
            "A worker has another version of funding-report or of the report's notebook than this "
            "process. Install the same version everywhere and restart the workers."
        )
    try:
        with _report_lock:
            report = load_for_board(job.params[name], Path(job.reports), job.today)
            published = publish_board(report, Path(job.reports), job.draft, force=job.force)
        folder = published.folder
        return RoundOutcome(name, folder.as_posix(), release_hash(folder), published.new)
    except ReportError as error:
        return RoundOutcome(name, error=str(error), exit_code=error.exit_code)
    except OSError as error:
        return _explained(name, error, runner.explain_os_error(error))
    except (MemoryError, RuntimeError) as error:
        return _explained(name, error, runner.explain_exhaustion(error))


def _explained(name: str, error: Exception, explanation: str) -> RoundOutcome:
    if not explanation:
        raise error
    return _failed(name, explanation)


def _failed(name: str, error: str, exhausted: bool = False) -> RoundOutcome:
    del exhausted  # the message says so
    return RoundOutcome(name, error=error, exit_code=EXIT_DATA)


def _finished(
    outcome: RoundOutcome, job: BoardJob, deliver_release: DeliverRelease
) -> RoundOutcome:
    """Index, report and deliver a release; return its outcome, with the error if one fails."""
    if outcome.error is not None:
        return outcome
    folder = Path(outcome.folder)
    if not log_lines.is_json():  # its lines name the release
        click.echo(f"{outcome.round}:", err=True)
    try:
        _require_seen(outcome)
        write_index(Path(job.reports), published=folder if outcome.new else None)
        report_outcome(folder, new=outcome.new, what="this report was")
        deliver_release(folder, not outcome.new)
    except ReportError as error:
        return replace(outcome, error=str(error), exit_code=error.exit_code)
    return outcome


def _require_seen(outcome: RoundOutcome) -> None:
    """Raise ReportError unless the release is in this machine's folder of releases, too."""
    from helpers.releases.run_log import release_hash

    folder = Path(outcome.folder)
    if not folder.is_dir() or release_hash(folder) != outcome.run_hash:
        raise ReportError(
            f"A worker has published {folder}, and it is not the same on this machine. With "
            "--dask, let --output be one folder of all machines, for example on a shared disk."
        )


def _sweep(job: BoardJob) -> None:
    from helpers.releases.run_lock import sweep_leftovers

    with uninterrupted():
        for name in job.params:
            sweep_leftovers(Path(job.reports), name)


def _print_documents(outcomes: Iterable[RoundOutcome]) -> None:
    for outcome in outcomes:
        for path in sorted(path for path in Path(outcome.folder).glob("*") if path.is_file()):
            click.echo(path)
