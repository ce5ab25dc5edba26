"""Submit letters to workers, and submit those of a lost worker again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, suppress
from itertools import islice

from helpers.errors import ReportError
from helpers.letters.job import LetterJob, LetterResult

MAX_PENDING_LETTERS = 64  # submitted at a time: enough for all workers, and little memory
MAX_LOST_POOLS = 3  # pools lost in a row without a letter made

ExecutorFactory = Callable[[], AbstractContextManager[Executor]]


def dispatch_letters(
    job: LetterJob, codes: list[str], new_executor: ExecutorFactory
) -> Iterator[LetterResult]:
    """Yield each letter once, when it is done or has failed.

    A lost worker breaks its pool; the remaining letters are then submitted to a new one. Raises
    ReportError where no letter can be made.
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
        "The process that made it ended, more than once. Check that there is enough memory, or "
        "use fewer --new_executor."
    )
    for code in sorted(remaining):
        yield LetterResult(code, error=problem)


def _results_as_completed(
    executor: Executor, job: LetterJob, codes: list[str]
) -> Iterator[LetterResult]:
    """Yield the letters as they are done, with at most MAX_PENDING_LETTERS submitted at a time."""
    queued = iter(codes)
    pending: dict[Future[LetterResult], str] = {}
    while True:
        for code in islice(queued, MAX_PENDING_LETTERS - len(pending)):
            pending[executor.submit(make_letter, job, code)] = code
        if not pending:
            return
        done, _ = wait(pending, return_when=FIRST_COMPLETED)
        # Finished letters first: a broken pool completes all the others with its error at once.
        for future in sorted(done, key=lambda future: future.exception() is not None):
            yield _letter_result(future, pending.pop(future))


def _letter_result(future: Future[LetterResult], code: str) -> LetterResult:
    """A future's letter, or one with its error; raises what concerns all letters."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, ReportError | BrokenExecutor):
        raise error
    return LetterResult(code, error=f"{type(error).__name__}: {error}")


def make_letter(job: LetterJob, code: str) -> LetterResult:
    """Make one letter; called in a worker.

    The function is here and imports late so that the parent process, which pickles it, need not
    import the worker's modules: that takes a third of a second.
    """
    from helpers.letters.worker import run_letter_job  # noqa: PLC0415 see above

    return run_letter_job(job, code)
