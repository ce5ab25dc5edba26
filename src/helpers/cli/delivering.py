"""The options of a command that delivers the release it makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

DELIVERY = ("mail_to", "mail_language", "mail_link", "publish_to")

publish_to_option = click.option(
    "--publish-to", multiple=True, metavar="PATH|URL",
    help="Copy the release whole to this folder or address, as s3://bucket/reports.",
)  # fmt: skip
_OPTIONS = (
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


def delivery_options(command: Command) -> Command:
    """Add the options of delivery, whose names are DELIVERY."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
