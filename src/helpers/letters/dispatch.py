"""Asks workers for letters, wherever they are, and asks again for those whose worker was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, suppress
from itertools import islice

from helpers.errors import ReportError
from helpers.letters.job import LetterJob, LetterResult

MAX_PENDING_LETTERS = (
    64  # letters asked for at a time: enough for any number of workers, little to keep
)
MAX_LOST_POOLS = 3  # how many pools may be lost, one after the other, with nothing made

ExecutorFactory = Callable[[], AbstractContextManager[Executor]]


def dispatch_letters(
    order: LetterJob, codes: list[str], workers: ExecutorFactory
) -> Iterator[LetterResult]:
    """Each letter once, as it is done or has failed.

    A worker that is lost takes its pool with it: the rest is then asked of a new one. Raises
    ReportError where no letter can be made.
    """
    left, fruitless = set(codes), 0
    while left and fruitless < MAX_LOST_POOLS:
        fruitless += 1
        for letter in _results_until_pool_breaks(workers, order, sorted(left)):
            left.remove(letter.code)
            fruitless = 0
            yield letter
    lost = "The process that was making it was lost, more than once. Is there memory enough?"
    for code in sorted(left):
        yield LetterResult(code, error=lost)


def _results_until_pool_breaks(
    workers: ExecutorFactory, order: LetterJob, codes: list[str]
) -> Iterator[LetterResult]:
    """The letters as they are done, all of them or as many as come before a pool breaks."""
    with suppress(BrokenExecutor), workers() as executor:
        yield from _results_as_completed(executor, order, codes)


def _results_as_completed(
    executor: Executor, order: LetterJob, codes: list[str]
) -> Iterator[LetterResult]:
    """The letters as they are done; no more than AHEAD are asked for and held at a time."""
    waiting = iter(codes)
    pending: dict[Future[LetterResult], str] = {}
    while True:
        for code in islice(waiting, MAX_PENDING_LETTERS - len(pending)):
            pending[executor.submit(make_letter, order, code)] = code
        if not pending:
            return
        done, _ = wait(pending, return_when=FIRST_COMPLETED)
        # Those that are made first: a broken pool ends them all at once, the rest with its error.
        for future in sorted(done, key=lambda future: future.exception() is not None):
            yield _letter_result(future, pending.pop(future))


def _letter_result(future: Future[LetterResult], code: str) -> LetterResult:
    """A letter, or what the place that was to make it says instead; no pool, and it is raised."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, ReportError | BrokenExecutor):
        raise error
    return LetterResult(code, error=f"{type(error).__name__}: {error}")


def make_letter(order: LetterJob, code: str) -> LetterResult:
    """Make one letter, in a worker (see making.make).

    Who asks for it need not import what makes it: that takes a third of a second.
    """
    from helpers.letters.worker import run_letter_job  # noqa: PLC0415 see above

    return run_letter_job(order, code)
