"""`funding-report`: a thin face over the package; exit codes and messages for people."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from helpers import clock, unattended
from helpers.data.inputs import load_inputs
from helpers.data.review import review
from helpers.data.round_files import round_folder
from helpers.data.starting import start_round
from helpers.errors import EXIT_DATA, DataError, Problem, ReportError, StoppedByUser
from helpers.figures.decision import bounds_text
from helpers.figures.payments import ladder_text
from helpers.figures.summary import headline_text, lead_text, notice
from helpers.funding.figures import to_json
from helpers.parameters import report_params
from helpers.report import BoardReport
from helpers.terms import Language

if TYPE_CHECKING:
    from helpers.publish.asking import Workers

_round = click.argument("round_name", metavar="ROUND")
_decisions = click.option(
    "--decisions",
    metavar="PATH|URL",
    help="Read the answers from here: CSV, Excel, Parquet, a database's URL, or env:NAME.",
)
_table = click.option(
    "--table", metavar="NAME", default="decisions",
    help="The table or worksheet to read, of a database or workbook [decisions].",
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="funding-report")
def cli() -> None:
    """How much of a jointly requested sum is funded, by whom, and what is missing."""


@cli.command()
@_round
@click.option(
    "--as-of", required=True, metavar="DATE", help="The day to show: YYYY-MM-DD or today."
)
@click.option(
    "-p", "parameters", nargs=2, multiple=True, metavar="NAME VALUE",
    help="Set another parameter of the notebook, for instance -p known_on 2016-12-31.",
)  # fmt: skip
@_decisions
@_table
@click.option("--output", default="reports", metavar="DIR", help="Where releases go [reports].")
@click.option("--language", type=click.Choice(["sv", "en"]), help="A draft in this language alone.")
@unattended.unattended
def board(
    round_name: str,
    as_of: str,
    parameters: tuple[tuple[str, str], ...],
    decisions: str | None,
    table: str,
    output: str,
    language: Language | None,
) -> None:
    """Make the board report of ROUND as HTML and PDF, and print the paths written."""
    given = {"as_of": as_of, "decisions": decisions, "language": language}
    chosen = {name: value for name, value in given.items() if value is not None}
    if table != "decisions":
        chosen["table"] = table
    for name, value in parameters:
        if name in chosen or name == "round":
            raise ReportError(f"Parameter {name!r} is given twice. Give it once.")
        chosen[name] = value
    params = report_params(round=round_name, **chosen)
    # The notebook machinery takes a second to import; the other commands do without it.
    from helpers.publish.archive import previous_day  # noqa: PLC0415
    from helpers.publish.render import publish_board  # noqa: PLC0415

    since = params.since or previous_day(Path(output) / params.round, params.as_of)
    report = BoardReport.of(params.model_copy(update={"since": since}))
    draft = report.params.language if "language" in chosen else None
    published = publish_board(report, Path(output), draft)
    unattended.made(published.folder, new=published.new, what="this report was")
    for path in published.documents:
        click.echo(path)


@cli.command()
@_round
@click.option(
    "--as-of", required=True, metavar="DATE", help="The day to show: YYYY-MM-DD or today."
)
@click.option(
    "--only", multiple=True, metavar="CODE", help="A draft of this member's letter alone."
)
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes [the processors].")
@click.option("--dask", metavar="ADDRESS", help="Make them on this Dask scheduler's workers.")
@_decisions
@_table
@click.option("--output", default="reports", metavar="DIR", help="Where releases go [reports].")
@click.option("--language", type=click.Choice(["sv", "en"]), help="A draft in this language.")
@unattended.unattended
def letters(
    round_name: str,
    as_of: str,
    only: tuple[str, ...],
    workers: int | None,
    dask: str | None,
    output: str,
    language: Language | None,
    **source: str | None,
) -> None:
    """Make a letter to each member of ROUND, and print the folder and its other files.

    A run that was stopped is taken up where it stood.
    """
    asked = {**source, "as_of": as_of, "language": language or "sv"}
    params = report_params(round=round_name, **asked)
    executor = _executor(workers, dask, params.decisions)
    from helpers.publish.batch import publish_letters  # noqa: PLC0415 as for `board`

    report = BoardReport.of(params)
    if language is None:
        first = {"language": report.inputs.round.languages[0]}
        report = BoardReport(params.model_copy(update=first), report.inputs)
    try:
        made = publish_letters(report, Path(output), executor, only, draft=language is not None)
    except KeyboardInterrupt:
        raise StoppedByUser(
            "Stopped. The letters that are done are kept; the same command makes the rest."
        ) from None
    unattended.made(made.folder, new=made.new, what="these letters were")
    for path in made.documents:
        click.echo(path)


def _executor(workers: int | None, dask: str | None, decisions: str | None) -> Workers:
    """Where letters are made: this machine's processors, or a Dask scheduler's workers."""
    from helpers.publish import workers as places  # noqa: PLC0415 as for `board`

    if dask is None:
        return partial(places.local, workers or places.processors())
    if workers:
        raise click.UsageError("--workers is for this machine: Dask's workers are Dask's to start.")
    if "://" in (decisions or ""):
        raise ReportError(
            "With --dask the address of a database would travel with every letter. Set it in an "
            "environment variable of the workers, and give --decisions env:NAME."
        )
    return partial(places.on_dask, dask)


@cli.command()
@_round
@click.option("--as-of", metavar="DATE", help="The day to show [the latest in the register].")
@_decisions
@_table
@click.option("--json", "as_json", is_flag=True, help="Print figures.json.")
def status(
    round_name: str, as_of: str | None, decisions: str | None, table: str, as_json: bool
) -> None:
    """Show the key figures of ROUND in the terminal."""
    inputs = load_inputs(round_name, decisions, table)
    day = clock.day(as_of) or str(inputs.register.latest or inputs.round.recommended_on)
    given = {"decisions": decisions, "table": table, "language": "en"}
    report = BoardReport(report_params(round=round_name, as_of=day, **given), inputs)
    if as_json:
        click.echo(to_json(report.figures), nl=False)
        return
    statement, say = report.statement, report.say
    lines = [headline_text(statement, say), lead_text(statement, say)]
    lines.append(bounds_text(statement, say))
    lines.append(ladder_text(report.ladder, say) if report.ladder else "")
    for line in (*lines, notice(statement, say)):
        if line:
            click.echo(line)


@cli.command()
@_round
@_decisions
@_table
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option(
    "--annotate", metavar="PATH", help="Write a copy of the file that says in it what is wrong."
)
def check(
    round_name: str, decisions: str | None, table: str, as_json: bool, annotate: str | None
) -> None:
    """List every problem in ROUND's register, all at once; exit 1 if one is an error."""
    try:
        found = review(round_name, decisions, table)
    except DataError as error:
        if as_json:
            _print_problems(error.problems)
            sys.exit(error.exit_code)
        raise
    if as_json:
        _print_problems(found.problems)
    else:
        click.echo(str(found))
    if annotate:
        # openpyxl takes a tenth of a second to import, and is seldom needed.
        from helpers.data.annotate import write_annotated  # noqa: PLC0415

        source = decisions or str(round_folder(round_name) / "decisions.csv")
        click.echo(write_annotated(source, Path(annotate), found), err=as_json)
    if found.failed:
        sys.exit(EXIT_DATA)


@cli.command("new-round")
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
    day = report_params(round=name, as_of=clock.day(begins_on or clock.TODAY)).as_of
    folder = start_round(name, day, own_members=own_members, currency=currency, language=language)
    for path in sorted(folder.iterdir()):
        click.echo(path)


def _print_problems(problems: list[Problem]) -> None:
    content = [problem.as_json() for problem in problems]
    click.echo(json.dumps(content, ensure_ascii=False, indent=1))


def main() -> None:
    """Run the command line; a user's mistake is one message, never a traceback."""
    unattended.main(cli)
