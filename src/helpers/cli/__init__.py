"""`funding-report`: a thin face over the package; exit codes and messages for people."""

from __future__ import annotations

from typing import Any

import click

from helpers import unattended
from helpers.cli.archive import decide, diff, due, index, prune, verify
from helpers.cli.looking import check, status
from helpers.cli.making import board, letters
from helpers.cli.starting import new_report, new_round
from helpers.publish.limits import terminable


class _Commands(click.Group):
    """Commands that tidy up when they are ended by SIGTERM, too."""

    def invoke(self, ctx: click.Context) -> Any:
        with terminable():
            return super().invoke(ctx)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
    unattended.main(cli)
