"""The commands that make a beginning: the folder of a new round, the notebook of a new report."""

from __future__ import annotations

import click

from helpers.cli import clock
from helpers.data.new_round.round_scaffold import create_round
from helpers.model.localized_text import Language
from helpers.model.parameters import report_params


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
    "--language",
    type=click.Choice(["sv", "en"]),
    default="sv",
    help="The language of its texts and documents [sv].",
)
def new_round(
    name: str, begins_on: str, own_members: bool, currency: str, language: Language
) -> None:
    """Make the folder of a new round, ready to fill in.

    Prints its files.
    """
    day = report_params(round=name, as_of=clock.resolve_day(begins_on)).as_of
    folder = create_round(name, day, own_members=own_members, currency=currency, language=language)
    for path in sorted(folder.iterdir()):
        click.echo(path)


@click.command("new-report")
@click.argument("name")
@click.option(
    "--round",
    "round_name",
    default="skl-2016",
    metavar="ROUND",
    help="The round that it shows [skl-2016].",
)
@click.option("--as-of", metavar="DATE", help="The day to show [the latest in the register].")
def new_report(name: str, round_name: str, as_of: str | None) -> None:
    """Make a notebook for a report of your own.

    It is notebooks/NAME.ipynb, with the board report's structure. Prints its path.
    """
    from helpers.notebooks.new_report import create_report_notebook  # noqa: PLC0415 nbformat is slow to import

    day = report_params(round=round_name, as_of=clock.resolve_day(as_of)).as_of if as_of else None
    click.echo(create_report_notebook(name, round_name, day))
