"""Submit calls to worker processes, and submit them again if a worker is lost."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, suppress
from functools import partial
from itertools import islice
from typing import TypeVar

from helpers.errors import ReportError
from helpers.letters.job import LetterJob, LetterResult

MAX_PENDING_CALLS = 64  # submitted at a time: keeps all workers busy, and few results in memory
MAX_LOST_POOLS = 3  # pools lost in a row without a result

ExecutorFactory = Callable[[], AbstractContextManager[Executor]]
Made = TypeVar("Made")
# The result of a call that failed: its key, the message, and whether the system's limits are why.
FailedResult = Callable[[str, str, bool], Made]


def dispatch_letters(
    job: LetterJob, codes: list[str], new_executor: ExecutorFactory
) -> Iterator[LetterResult]:
    """Yield each letter once, when it is finished or has failed, as `dispatch` does."""
    return dispatch(partial(make_letter, job), codes, new_executor, _failed_letter)


def _failed_letter(code: str, error: str, exhausted: bool) -> LetterResult:
    return LetterResult(code, error=error, exhausted=exhausted)


def dispatch(
    call: Callable[[str], Made],
    keys: list[str],
    new_executor: ExecutorFactory,
    failed: FailedResult[Made],
) -> Generator[Made]:
    """Call a function in workers for each key; yield each result once, as soon as it is there.

    If a worker process is lost (killed, or out of memory), its pool breaks. The remaining calls are
    then submitted to a new pool. After MAX_LOST_POOLS pools in a row without a result, the
    remaining ones are yielded as failed. Raises ReportError if a call raises it.
    """
    remaining, fruitless = set(keys), 0
    while remaining and fruitless < MAX_LOST_POOLS:
        fruitless += 1
        with suppress(BrokenExecutor), new_executor() as executor:
            for key, made in _results_as_completed(executor, call, sorted(remaining), failed):
                remaining.remove(key)
                fruitless = 0
                yield made
    problem = (
        "The process that made it ended, more than once. Check that there is enough memory and "
        "that enough processes may be started (`ulimit -u`), or use fewer --workers."
    )
    for key in sorted(remaining):
        yield failed(key, problem, True)


def _results_as_completed(
    executor: Executor, call: Callable[[str], Made], keys: list[str], failed: FailedResult[Made]
) -> Iterator[tuple[str, Made]]:
    """Yield the results as they arrive; at most MAX_PENDING_CALLS are submitted at a time.

    Raises BrokenExecutor after the pool has lost a worker.
    """
    queued = iter(keys)
    pending: dict[Future[Made], str] = {}
    while True:
        for key in islice(queued, MAX_PENDING_CALLS - len(pending)):
            pending[executor.submit(call, key)] = key
        if not pending:
            return
        done, _ = wait(pending, return_when=FIRST_COMPLETED)
        # Yield finished calls first: when a pool breaks, all other futures fail at the same time,
        # and the first of them ends this loop.
        for future in sorted(done, key=lambda future: future.exception() is not None):
            key = pending.pop(future)
            yield key, _result(future, key, failed)


def _result(future: Future[Made], key: str, failed: FailedResult[Made]) -> Made:
    """Return a future's result, or a failed one with the future's error.

    Raises the errors that concern all calls: ReportError and BrokenExecutor.
    """
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, ReportError | BrokenExecutor):
        raise error
    return failed(key, f"{type(error).__name__}: {error}", False)


def make_letter(job: LetterJob, code: str) -> LetterResult:
    """Make one letter; called in a worker.

    The function is in this module and imports late because the parent process pickles it: pickling
    imports its module, and importing the worker's modules takes a third of a second.
    """
    from helpers.letters.worker import run_letter_job  # noqa: PLC0415 see above

    return run_letter_job(job, code)
