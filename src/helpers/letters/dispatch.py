"""Submit letters to worker processes, and submit them again if a worker is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, suppress
from itertools import islice

from helpers.errors import ReportError
from helpers.letters.job import LetterJob, LetterResult

MAX_PENDING_LETTERS = 64  # submitted at a time: keeps all workers busy, and few results in memory
MAX_LOST_POOLS = 3  # pools lost in a row without a letter made

ExecutorFactory = Callable[[], AbstractContextManager[Executor]]


def dispatch_letters(
    job: LetterJob, codes: list[str], new_executor: ExecutorFactory
) -> Iterator[LetterResult]:
    """Yield each letter once, when it is finished or has failed.

    If a worker process is lost (killed, or out of memory), its pool breaks. The remaining letters
    are then submitted to a new pool. After MAX_LOST_POOLS pools in a row without a letter, the
    remaining ones are yielded as failed. Raises ReportError if no letter can be made.
    """
    remaining, fruitless = set(codes), 0
    while remaining and fruitless < MAX_LOST_POOLS:
        fruitless += 1
        with suppress(BrokenExecutor), new_executor() as executor:
            for letter in _results_as_completed(executor, job, sorted(remaining)):
                remaining.remove(letter.code)
                fruitless = 0
                yield letter
    problem = (
        "The process that made it ended, more than once. Check that there is enough memory and "
        "that enough processes may be started (`ulimit -u`), or use fewer --workers."
    )
    for code in sorted(remaining):
        yield LetterResult(code, error=problem, exhausted=True)


def _results_as_completed(
    executor: Executor, job: LetterJob, codes: list[str]
) -> Iterator[LetterResult]:
    """Yield the letters as they finish; at most MAX_PENDING_LETTERS are submitted at a time.

    Raises BrokenExecutor after the pool has lost a worker.
    """
    queued = iter(codes)
    pending: dict[Future[LetterResult], str] = {}
    while True:
        for code in islice(queued, MAX_PENDING_LETTERS - len(pending)):
            pending[executor.submit(make_letter, job, code)] = code
        if not pending:
            return
        done, _ = wait(pending, return_when=FIRST_COMPLETED)
        # Yield finished letters first: when a pool breaks, all other futures fail at the same time,
        # and the first of them ends this loop.
        for future in sorted(done, key=lambda future: future.exception() is not None):
            yield _letter_result(future, pending.pop(future))


def _letter_result(future: Future[LetterResult], code: str) -> LetterResult:
    """Return a future's letter, or a failed letter with the future's error.

    Raises the errors that concern all letters: ReportError and BrokenExecutor.
    """
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, ReportError | BrokenExecutor):
        raise error
    return LetterResult(code, error=f"{type(error).__name__}: {error}")


def make_letter(job: LetterJob, code: str) -> LetterResult:
    """Make one letter; called in a worker.

    The function is in this module and imports late because the parent process pickles it: pickling
    imports its module, and importing the worker's modules takes a third of a second.
    """
    from helpers.letters.worker import run_letter_job  # noqa: PLC0415 see above

    return run_letter_job(job, code)
