"""Options that more than one command takes, or that belong together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

ROUND = click.argument("round_name", metavar="ROUND")
DECISIONS = click.option(
    "--decisions",
    metavar="PATH|URL",
    help="Read the answers from here: CSV, Excel, Parquet, a database's URL, or env:NAME.",
)
TABLE = click.option(
    "--table", metavar="NAME", default="decisions",
    help="The table or worksheet to read, of a database or workbook [decisions].",
)  # fmt: skip

_DELIVERY = (
    click.option(
        "--mail-to", multiple=True, metavar="ADDRESS",
        help="Mail the PDF with a summary to this address; repeat for more.",
    ),
    click.option(
        "--mail-language", type=click.Choice(["sv", "en"]),
        help="The mail's language [Swedish where the round has it].",
    ),
    click.option(
        "--mail-link", metavar="URL",
        help="The web address at which readers find what --publish-to copies, for a link.",
    ),
    click.option(
        "--publish-to", multiple=True, metavar="PATH|URL",
        help="Copy the release whole to this folder or address, as s3://bucket/reports.",
    ),
)  # fmt: skip


def delivery(command: Command) -> Command:
    """Add the options of delivery: mail_to, mail_language, mail_link and publish_to."""
    for option in reversed(_DELIVERY):
        command = option(command)
    return command
