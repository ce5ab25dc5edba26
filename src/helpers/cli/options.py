"""What the commands ask for alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

round_name_argument = click.argument("round_name", metavar="ROUND")
decisions_option = click.option(
    "--decisions",
    metavar="PATH|URL",
    help="Read the answers from here: CSV, Excel, Parquet, a database's URL, or env:NAME.",
)
table_option = click.option(
    "--table",
    metavar="NAME",
    default="decisions",
    help="The table or worksheet to read, of a database or workbook [decisions].",
)
force_option = click.option(
    "--force", is_flag=True, help="Make a release even if nothing has changed since the last."
)
output_option = click.option(
    "--output", default="reports", metavar="DIR", help="Where releases lie [reports]."
)


CommandFunction = TypeVar("CommandFunction", bound=Callable[..., Any])


DELIVERY_OPTION_NAMES = ("mail_to", "mail_language", "mail_link", "publish_to")


publish_to_option = click.option(
    "--publish-to",
    multiple=True,
    metavar="PATH|URL",
    help="Copy the release whole to this folder or address, as s3://bucket/reports.",
)


_DELIVERY_OPTIONS = (
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
    publish_to_option,
)  # fmt: skip


def delivery_options(command: CommandFunction) -> CommandFunction:
    """Add the options of delivery, whose names are DELIVERY."""
    for option in reversed(_DELIVERY_OPTIONS):
        command = option(command)
    return command
