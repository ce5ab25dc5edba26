"""Asks workers for letters, wherever they are, and asks again for those whose worker was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, suppress
from itertools import islice

from helpers.errors import ReportError
from helpers.publish.letters import Letter, Order, make_letter

AHEAD = 64  # letters asked for at a time: enough for any number of workers, little to keep
ATTEMPTS = 3  # how many pools may be lost, one after the other, with nothing made

Workers = Callable[[], AbstractContextManager[Executor]]


def ask_for(order: Order, codes: list[str], workers: Workers) -> Iterator[Letter]:
    """Each letter once, as it is done or has failed.

    A worker that is lost takes its pool with it: the rest is then asked of a new one. Raises
    ReportError where no letter can be made.
    """
    left, fruitless = set(codes), 0
    while left and fruitless < ATTEMPTS:
        fruitless += 1
        for letter in _until_lost(workers, order, sorted(left)):
            left.remove(letter.code)
            fruitless = 0
            yield letter
    lost = "The process that was making it was lost, more than once. Is there memory enough?"
    for code in sorted(left):
        yield Letter(code, error=lost)


def _until_lost(workers: Workers, order: Order, codes: list[str]) -> Iterator[Letter]:
    """The letters as they are done, all of them or as many as come before a pool breaks."""
    with suppress(BrokenExecutor), workers() as executor:
        yield from _letters(executor, order, codes)


def _letters(executor: Executor, order: Order, codes: list[str]) -> Iterator[Letter]:
    """The letters as they are done; no more than AHEAD are asked for and held at a time."""
    waiting = iter(codes)
    pending: dict[Future[Letter], str] = {}
    while True:
        for code in islice(waiting, AHEAD - len(pending)):
            pending[executor.submit(make_letter, order, code)] = code
        if not pending:
            return
        done, _ = wait(pending, return_when=FIRST_COMPLETED)
        # Those that are made first: a broken pool ends them all at once, the rest with its error.
        for future in sorted(done, key=lambda future: future.exception() is not None):
            yield _result(future, pending.pop(future))


def _result(future: Future[Letter], code: str) -> Letter:
    """A letter, or what the place that was to make it says instead; no pool, and it is raised."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, ReportError | BrokenExecutor):
        raise error
    return Letter(code, error=f"{type(error).__name__}: {error}")
