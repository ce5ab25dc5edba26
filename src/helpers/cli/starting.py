"""The commands that make a beginning: the folder of a new round, the notebook of a new report."""

from __future__ import annotations

import click

from helpers import clock
from helpers.data.starting import start_round
from helpers.parameters import report_params
from helpers.terms import Language


@click.command("new-round")
@click.argument("name")
@click.option(
    "--begins-on",
    default=clock.TODAY,
    metavar="DATE",
    help="The day the members are asked [today].",
)
@click.option(
    "--own-members", is_flag=True, help="Members of its own, in place of the municipalities."
)
@click.option("--currency", default="SEK", metavar="CODE", help="Of ISO 4217, as EUR [SEK].")
@click.option(
    "--language", type=click.Choice(["sv", "en"]), default="sv",
    help="The language of its texts and documents [sv].",
)  # fmt: skip
def new_round(
    name: str, begins_on: str, own_members: bool, currency: str, language: Language
) -> None:
    """Make the folder of a new round, ready to fill in.

    Prints its files.
    """
    day = report_params(round=name, as_of=clock.day(begins_on)).as_of
    folder = start_round(name, day, own_members=own_members, currency=currency, language=language)
    for path in sorted(folder.iterdir()):
        click.echo(path)


@click.command("new-report")
@click.argument("name")
@click.option(
    "--round", "round_name", default="skl-2016", metavar="ROUND",
    help="The round that it shows [skl-2016].",
)  # fmt: skip
@click.option("--as-of", metavar="DATE", help="The day to show [the latest in the register].")
def new_report(name: str, round_name: str, as_of: str | None) -> None:
    """Make a notebook for a report of your own.

    It is notebooks/NAME.ipynb, with the board report's structure. Prints its path.
    """
    from helpers.publish.new_report import start_report  # noqa: PLC0415 nbformat is slow to import

    day = report_params(round=round_name, as_of=clock.day(as_of)).as_of if as_of else None
    click.echo(start_report(name, round_name, day))
