"""`funding-report`: a thin face over the package; exit codes and messages for people."""

from __future__ import annotations

from typing import Any

import click

from helpers.cli import runner
from helpers.cli.inspect_commands import check, status
from helpers.cli.make_commands import board, letters
from helpers.cli.new_commands import new_report, new_round
from helpers.cli.release_commands import decide, diff, due, index, prune, verify
from helpers.system.time_limit import stop_on_sigterm


class _TerminableGroup(click.Group):
    """Commands that tidy up when they are ended by SIGTERM, too."""

    def invoke(self, ctx: click.Context) -> Any:
        with stop_on_sigterm():
            return super().invoke(ctx)


@click.group(cls=_TerminableGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="funding-report")
def cli() -> None:
    """How much of a jointly requested sum is funded, by whom, and what is missing."""


for command in (
    board,
    letters,
    status,
    check,
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


def main() -> None:
    """Run the command line; a user's mistake is one message, never a traceback."""
    runner.run_cli(cli)
