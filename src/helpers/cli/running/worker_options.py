"""Which workers a command uses: processes of this machine, or those of a Dask scheduler."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from helpers.errors import ReportError

if TYPE_CHECKING:
    from helpers.letters.dispatch import ExecutorFactory


def executor_factory(
    workers: int | None, dask: str | None, decisions: str | None
) -> ExecutorFactory:
    """Return a factory of executors for --workers and --dask, of which one may be given."""
    from helpers.letters import executors

    if dask is None:
        return partial(executors.local_executor, workers or executors.available_processors())
    if workers:
        raise click.UsageError(
            "--workers sets the processes of this machine and cannot be combined with --dask."
        )
    if "://" in (decisions or ""):
        raise ReportError(
            "With --dask, a database's address in --decisions would be sent with every letter. Set "
            "it in an environment variable of the workers and use --decisions env:NAME."
        )
    return partial(executors.dask_executor, dask)
