"""Which workers a command uses: processes of this machine, or those of a Dask scheduler."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

import click

from helpers.errors import ReportError

if TYPE_CHECKING:
    from helpers.letters.dispatch import ExecutorFactory
    from helpers.model.parameters import ReportParams


def executor_factory(
    workers: int | None, dask: str | None, params: Iterable[ReportParams]
) -> ExecutorFactory:
    """Return a factory of executors for --workers and --dask, of which one may be given.

    Processes of this machine get what the notebooks with these parameters need of the environment.
    """
    from helpers.letters import executors
    from helpers.notebooks.run_environment import needed_variables

    if dask is None:
        environment: dict[str, str] = {}
        for one in params:
            environment |= needed_variables(one.model_dump())
        count = workers or executors.available_processors()
        return partial(executors.local_executor, count, environment)
    if workers:
        raise click.UsageError(
            "--workers sets the processes of this machine and cannot be combined with --dask."
        )
    if any("://" in (one.decisions or "") for one in params):
        raise ReportError(
            "With --dask, a database's address in --decisions would be sent with every letter. Set "
            "it in an environment variable of the workers and use --decisions env:NAME."
        )
    return partial(executors.dask_executor, dask)
