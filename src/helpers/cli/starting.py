"""The command that makes the folder of a new round."""

from __future__ import annotations

import click

from helpers.cli.clock import today
from helpers.data.starting import start_round
from helpers.parameters import report_params
from helpers.terms import Language


@click.command("new-round")
@click.argument("name")
@click.option("--begins-on", metavar="DATE", help="The day the members are asked [today].")
@click.option(
    "--own-members", is_flag=True, help="Members of its own, in place of the municipalities."
)
@click.option("--currency", default="SEK", metavar="CODE", help="Of ISO 4217, as EUR [SEK].")
@click.option(
    "--language", type=click.Choice(["sv", "en"]), default="sv",
    help="The language of its texts and documents [sv].",
)  # fmt: skip
def new_round(
    name: str, begins_on: str | None, own_members: bool, currency: str, language: Language
) -> None:
    """Make the folder of a new round, ready to fill in, and print its files."""
    day = report_params(round=name, as_of=begins_on or str(today())).as_of
    folder = start_round(name, day, own_members=own_members, currency=currency, language=language)
    for path in sorted(folder.iterdir()):
        click.echo(path)
