"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from helpers.model.languages import known_languages

CommandFunction = TypeVar("CommandFunction", bound=Callable[..., Any])

round_name_argument = click.argument("round_name", metavar="ROUND")
as_of_option = click.option(
    "--as-of", required=True, metavar="DATE", help="The day to report on: YYYY-MM-DD or today."
)
any_day_option = click.option(
    "--as-of",
    metavar="DATE",
    help="The day to report on: YYYY-MM-DD or today [the latest in the register].",
)
decisions_option = click.option(
    "--decisions",
    metavar="PATH|URL",
    help="Read the register from here: a CSV, Excel or Parquet file, a database's URL, or "
    "env:NAME for an address in an environment variable [the round's decisions.csv].",
)
table_option = click.option(
    "--table",
    metavar="NAME",
    default="decisions",
    help="The table of a database or the sheet of a workbook to read [decisions].",
)
reason_option = click.option(
    "--reason",
    metavar="TEXT",
    help="Why this one replaces an earlier one of the same day, or counts fewer answers than the "
    "one before it.",
)
force_option = click.option(
    "--force",
    is_flag=True,
    help="Publish a release even if nothing has changed since the last one.",
)
future_option = click.option(
    "--future",
    is_flag=True,
    help="Allow an --as-of after today. Every page then states that the day has not come.",
)
releases_folder_option = click.option(
    "--output",
    default="reports",
    metavar="DIR",
    help="The folder that releases are written to [reports].",
)
output_option = click.option(
    "--output",
    default="reports",
    metavar="DIR",
    help="The folder that contains the releases [reports].",
)


def draft_language_option(meaning: str) -> Callable[[CommandFunction], CommandFunction]:
    """The option of a draft in one language."""
    return click.option("--language", type=click.Choice(known_languages()), help=meaning)


sign_option = click.option(
    "--sign-with",
    metavar="KEY",
    type=click.Path(path_type=Path),
    help="Sign with this private key of OpenSSH, or with the key of ssh-agent whose public key "
    "this is.",
)


DELIVERY_OPTION_NAMES = ("mail_to", "mail_language", "mail_link", "publish_to")


publish_to_option = click.option(
    "--publish-to",
    multiple=True,
    metavar="PATH|URL",
    help="Copy the release to this folder or address, for example s3://bucket/reports. Repeatable.",
)


_DELIVERY_OPTIONS = (
    click.option(
        "--mail-to", multiple=True, metavar="ADDRESS",
        help="Mail the PDF with a summary to this address. Repeatable.",
    ),
    click.option(
        "--mail-language", type=click.Choice(known_languages()),
        help="The language of the mail [Swedish if the round has it].",
    ),
    click.option(
        "--mail-link", metavar="URL",
        help="The web address of the folder that --publish-to copies to, for a link in the mail.",
    ),
    publish_to_option,
)  # fmt: skip


def delivery_options(command: CommandFunction) -> CommandFunction:
    """Add the options of delivery, those named in DELIVERY_OPTION_NAMES."""
    for option in reversed(_DELIVERY_OPTIONS):
        command = option(command)
    return command
