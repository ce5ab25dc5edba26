"""The commands that make releases: the board report and the letters."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helpers import unattended
from helpers.cli.archive import write_index
from helpers.cli.delivering import DELIVERY, delivery_options, publish_to_option
from helpers.cli.options import decisions_option, force_option, round_name_argument, table_option
from helpers.clock import now
from helpers.errors import ReportError, StoppedByUser
from helpers.parameters import report_params
from helpers.publish.withheld import taken_out
from helpers.report import BoardReport

if TYPE_CHECKING:
    from helpers.publish.asking import Workers


@click.command()
@round_name_argument
@click.option(
    "--as-of", required=True, metavar="DATE", help="The day to show: YYYY-MM-DD or today."
)
@click.option(
    "-p", "parameters", nargs=2, multiple=True, metavar="NAME VALUE",
    help="Set another parameter of the notebook, for instance -p known_on 2016-12-31.",
)  # fmt: skip
@decisions_option
@table_option
@click.option("--output", default="reports", metavar="DIR", help="Where releases go [reports].")
@click.option("--language", type=click.Choice(["sv", "en"]), help="A draft in this language alone.")
@click.option("--reason", metavar="TEXT", help="Why it replaces an earlier one of the same day.")
@force_option
@delivery_options
@unattended.unattended
def board(
    round_name: str,
    parameters: tuple[tuple[str, str], ...],
    output: str,
    force: bool,
    **asked: Any,
) -> None:
    """Make the board report of ROUND as HTML and PDF.

    Prints the paths written.
    """
    wishes = {name: asked.pop(name) for name in DELIVERY}
    chosen = {name: value for name, value in asked.items() if value is not None}
    if asked["table"] == "decisions":
        del chosen["table"]  # or -p table would be a second one
    for name, value in parameters:
        if name == "replaces":
            raise ReportError("What a report replaces is found by itself. Leave replaces out.")
        if name in chosen or name == "round":
            raise ReportError(f"Parameter {name!r} is given twice. Give it once.")
        chosen[name] = value
    params = report_params(round=round_name, **chosen)
    # The notebook machinery takes a second to import; the other commands do without it.
    from helpers.publish.archive import previous_day  # noqa: PLC0415
    from helpers.publish.render import publish_board  # noqa: PLC0415

    deliver_it = _delivery(**wishes, draft="language" in chosen)
    since = params.since or previous_day(Path(output) / params.round, params.as_of)
    report = BoardReport.of(params.model_copy(update={"since": since}))
    draft = report.params.language if "language" in chosen else None
    published = publish_board(report, Path(output), draft, force=force)
    write_index(Path(output))
    unattended.made(published.folder, new=published.new, what="this report was")
    for path in published.documents:
        click.echo(path)
    deliver_it(published.folder)


@click.command()
@round_name_argument
@click.option(
    "--as-of", required=True, metavar="DATE", help="The day to show: YYYY-MM-DD or today."
)
@click.option(
    "--only", multiple=True, metavar="CODE", help="A draft of this member's letter alone."
)
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes [the processors].")
@click.option("--dask", metavar="ADDRESS", help="Make them on this Dask scheduler's workers.")
@decisions_option
@table_option
@click.option("--output", default="reports", metavar="DIR", help="Where releases go [reports].")
@click.option("--language", type=click.Choice(["sv", "en"]), help="A draft in this language.")
@force_option
@publish_to_option
@unattended.unattended
def letters(
    round_name: str,
    only: tuple[str, ...],
    workers: int | None,
    dask: str | None,
    output: str,
    force: bool,
    publish_to: tuple[str, ...],
    **asked: str | None,
) -> None:
    """Make a letter to each member of ROUND.

    Prints the folder and the files in it that are no letters. A run that was stopped is taken up
    where it stood.
    """
    language = asked["language"]
    params = report_params(round=round_name, **{**asked, "language": language or "sv"})
    executor = _executor(workers, dask, params.decisions)
    from helpers.publish.batch import publish_letters  # noqa: PLC0415 as for `board`

    draft = language is not None
    deliver_it = _delivery(publish_to=publish_to, draft=draft or bool(only))
    report = BoardReport.of(params)
    if language is None:
        first = {"language": report.inputs.round.languages[0]}
        report = BoardReport(params.model_copy(update=first), report.inputs)
    try:
        made = publish_letters(report, Path(output), executor, only, draft=draft, force=force)
    except KeyboardInterrupt:
        raise StoppedByUser(
            "Stopped. The letters that are done are kept; the same command makes the rest."
        ) from None
    write_index(Path(output))
    unattended.made(made.folder, new=made.new, what="these letters were")
    for path in made.documents:
        click.echo(path)
    deliver_it(made.folder)


def _delivery(*, draft: bool, **wishes: Any) -> Callable[[Path], None]:
    """What delivers a release as it is asked for; a wish that can never come true is told at once.

    The variables of SMTP are gone from then on: no notebook is to see a password.
    """
    # Stores take a while to import, and most runs have nothing to deliver.
    if not any(wishes.values()):
        taken_out(os.environ)
        return lambda _: None
    from helpers.publish.delivery import deliver, wanted  # noqa: PLC0415

    asked = wanted(**wishes, draft=draft, environment=os.environ)

    def delivers(release: Path) -> None:
        if asked:
            deliver(release, asked, now, partial(unattended.say, "delivery"))

    return delivers


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
