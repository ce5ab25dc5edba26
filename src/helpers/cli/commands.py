"""The command line `funding-report`: a group with all commands."""

from __future__ import annotations

from typing import Any

import click

from helpers.cli.answer_command import answer
from helpers.cli.inspect_commands import check, status
from helpers.cli.make_commands import board, letters
from helpers.cli.new_commands import new_report, new_round
from helpers.cli.release_commands import decide, diff, due, index, prune, verify
from helpers.system.control.time_limit import stop_on_signals


class _TerminableGroup(click.Group):
    """A group whose commands clean up when SIGTERM or SIGHUP ends them."""

    def invoke(self, ctx: click.Context) -> Any:
        with stop_on_signals():
            return super().invoke(ctx)


@click.group(cls=_TerminableGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="funding-report")
def cli() -> None:
    """Report how much of a jointly requested amount is funded, by whom, and what is missing.

    Start with `funding-report status skl-2016`.
    """


for command in (
    board,
    letters,
    status,
    check,
    answer,
    new_round,
    new_report,
    verify,
    diff,
    due,
    decide,
    prune,
    index,
):
    cli.add_command(command)
