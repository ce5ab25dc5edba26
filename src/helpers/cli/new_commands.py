"""The commands that create a project, a round's folder, a report's notebook and a catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helpers.cli.running import clock
from helpers.cli.running.message_language import comments_option, project_language_option
from helpers.cli.running.options import any_day_option

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
    "--amount",
    "amounts",
    multiple=True,
    metavar="AMOUNT",
    help="The amount a year, or of a year as 2027=240000; may be repeated. What is shared or "
    "appealed for, or the ceiling of rate-with-ceiling, or the cost of shared-cost [100000, to be "
    "changed].",
)
@click.option(
    "--years",
    default="",
    metavar="YEARS",
    help="The years: 2027, 2027-2029 or 2027,2029 [the next year, to be changed].",
)
@click.option(
    "--rule",
    default="",
    metavar="RULE",
    help="The pricing rule: by-weight, inhabitants, membership-fee, tax-base, annex, "
    "rate-with-ceiling, shared-cost or pledges [membership-fee; with --own-members by-weight].",
)
@click.option(
    "--rate",
    default="",
    metavar="RATE",
    help="The price per inhabitant of rate-with-ceiling, the highest of shared-cost.",
)
@click.option(
    "--indexation",
    default="",
    metavar="PERCENT",
    help="How much the amount rises from one year to the next, in percent [it does not].",
)
@click.option(
    "--contingency",
    multiple=True,
    metavar="AMOUNT",
    help="The reserve for unforeseen costs that the amount contains, a year, or of a year as "
    "2027=20000; may be repeated [none].",
)
@click.option(
    "--secured",
    default="",
    metavar="WHEN",
    help="Which amounts of pledges are secured: pledged or confirmed [pledged].",
)
@click.option(
    "--reference-rate",
    "reference_rates",
    multiple=True,
    metavar="RATE",
    help="What a unit of another currency of pledges is in the round's, with day and source: "
    '"EUR=11.2345, 2026-03-02, The central bank"; may be repeated.',
)
@click.option(
    "--deadline",
    default="",
    metavar="DATE",
    help="The last day for replies: YYYY-MM-DD [none].",
)
@click.option(
    "--currency",
    default="SEK",
    metavar="CODE",
    help="The currency of amounts, by ISO 4217, for example EUR [SEK].",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="LANGUAGE",
    help="A language of the round's texts and documents: sv or en; may be repeated [sv].",
)
@click.option(
    "--title",
    "titles",
    multiple=True,
    metavar="TEXT",
    help="The title, for all languages or for one as en=TEXT; may be repeated [the name, to be "
    "changed].",
)
@click.option(
    "--organiser",
    default="",
    metavar="NAME",
    help="The organiser, which asks the members [a general word, to be changed].",
)
@click.option(
    "--words",
    multiple=True,
    metavar="FORMS",
    help='What the members are called: "en=property, properties" or "sv=förbund, förbundet, '
    'förbund, förbunden, ett"; may be repeated [municipality; with --own-members member].',
)
@comments_option
def new_round(name: str, begins_on: str, message_language: Language, **options: Any) -> None:
    """Create the folder of a new round.

    It is data/rounds/NAME. Asks nothing: what is not given gets a value that is marked to be
    changed. Prints the paths of the files.
    """
    from helpers.data.new_round.round_options import RoundOptions
    from helpers.data.new_round.round_scaffold import scaffold_round

    day = clock.resolve_day(begins_on) or ""
    folder = scaffold_round(RoundOptions(name, day, **options), message_language)
    for path in sorted(folder.iterdir()):
        click.echo(path)


@click.command("new-report")
@click.argument("name")
@click.option(
    "--round",
    "round_name",
    metavar="ROUND",
    help="The round to report on [that of notebooks/board_report.ipynb, or the only one].",
)
@any_day_option
def new_report(name: str, round_name: str | None, as_of: str | None) -> None:
    """Create notebooks/NAME.ipynb, a notebook for a separate report.

    It has the board report's structure and a few of its sections. Prints the path.
    """
    from helpers.model.parameters import report_params
    from helpers.notebooks.new_report import create_report_notebook

    resolved = clock.resolve_day(as_of)
    day = report_params(round=round_name or "", as_of=resolved).as_of if resolved else None
    click.echo(create_report_notebook(name, round_name, day))


@click.command("new-project")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--municipalities",
    is_flag=True,
    help="Add the file of the Swedish municipalities, for rounds that ask them.",
)
@project_language_option
def new_project(folder: Path, municipalities: bool, message_language: Language) -> None:
    """Create a project in the new folder DIR.

    It has notebooks, an example round with made-up members, a folder for reports, the
    documentation, environment.yml and a README to begin with. Needs no clone. Prints the paths.
    """
    from helpers.data.new_project.project_scaffold import create_project
    from helpers.i18n.localized_problems import localize_text

    created = create_project(folder, message_language, municipalities=municipalities)
    for path in sorted(created.iterdir()):
        click.echo(path)
    text = f"Begin with {created / 'README.md'}: it has commands to type in {created}."
    click.echo(localize_text(text, message_language), err=True)


@click.command("new-language")
@click.argument("code")
def new_language(code: str) -> None:
    """Start the catalogue of a further language.

    CODE is that of the language, for example nb. Writes CODE.po, with every text to translate, into
    the installation of funding-report; run again, it adds the texts that are new. Prints the path.
    """
    from helpers.i18n.catalogues.catalogue_state import catalogue_state
    from helpers.i18n.catalogues.new_catalogue import start_catalogue

    click.echo(start_catalogue(code))
    state = catalogue_state(code)
    click.echo(f"{state.translated} of {state.texts} texts are translated.", err=True)
