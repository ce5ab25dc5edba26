"""The commands that create a round's folder, a report's notebook and a language's catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from helpers.cli import clock
from helpers.cli.message_language import comments_option

if TYPE_CHECKING:
    from helpers.model.localized_text import Language


@click.command("new-round")
@click.argument("name")
@click.option(
    "--begins-on",
    default=clock.TODAY,
    metavar="DATE",
    help="The day the members are asked: YYYY-MM-DD or today [today].",
)
@click.option(
    "--own-members",
    is_flag=True,
    help="Use a member list in the round's folder instead of all municipalities.",
)
@click.option(
    "--currency",
    default="SEK",
    metavar="CODE",
    help="The currency of amounts, by ISO 4217, for example EUR [SEK].",
)
@click.option(
    "--language",
    type=click.Choice(["sv", "en"]),
    default="sv",
    help="The language of the round's texts and documents [sv].",
)
@comments_option
def new_round(
    name: str,
    begins_on: str,
    own_members: bool,
    currency: str,
    language: Language,
    message_language: Language,
) -> None:
    """Create the folder of a new round.

    It is data/rounds/NAME, with files to fill in. Prints the paths of the files.
    """
    from helpers.data.new_round.round_scaffold import create_round
    from helpers.model.parameters import report_params

    day = report_params(round=name, as_of=clock.resolve_day(begins_on)).as_of
    folder = create_round(
        name,
        day,
        own_members=own_members,
        currency=currency,
        language=language,
        comments=message_language,
    )
    for path in sorted(folder.iterdir()):
        click.echo(path)


@click.command("new-report")
@click.argument("name")
@click.option(
    "--round",
    "round_name",
    default="skl-2016",
    metavar="ROUND",
    help="The round to report on [skl-2016].",
)
@click.option(
    "--as-of",
    metavar="DATE",
    help="The day to report on: YYYY-MM-DD or today [the latest in the register].",
)
def new_report(name: str, round_name: str, as_of: str | None) -> None:
    """Create notebooks/NAME.ipynb, a notebook for a separate report.

    It has the board report's structure and a few of its sections. Prints the path.
    """
    from helpers.model.parameters import report_params
    from helpers.notebooks.new_report import create_report_notebook

    day = report_params(round=round_name, as_of=clock.resolve_day(as_of)).as_of if as_of else None
    click.echo(create_report_notebook(name, round_name, day))


@click.command("new-language")
@click.argument("code")
def new_language(code: str) -> None:
    """Start the catalogue of a further language.

    CODE is that of the language, for example nb. Writes src/helpers/i18n/locale/CODE.po with every
    text to translate; run again, it adds the texts that have become new. Prints the path.
    """
    from helpers.i18n.catalogue_state import catalogue_state
    from helpers.i18n.new_catalogue import start_catalogue

    click.echo(start_catalogue(code))
    state = catalogue_state(code)
    click.echo(f"{state.translated} of {state.texts} texts are translated.", err=True)
