"""The commands that make releases: the board report and the letters."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helpers.cli import runner
from helpers.cli.clock import now, today
from helpers.cli.options import (
    DELIVERY_OPTION_NAMES,
    decisions_option,
    delivery_options,
    force_option,
    publish_to_option,
    round_name_argument,
    table_option,
)
from helpers.cli.release_commands import write_index
from helpers.data.register.future_days import refuse_future_days
from helpers.errors import ReportError, StoppedByUserError
from helpers.model.parameters import report_params
from helpers.report.board_report import BoardReport
from helpers.system.private_environment import take_smtp_variables

if TYPE_CHECKING:
    from helpers.letters.dispatch import ExecutorFactory


@click.command()
@round_name_argument
@click.option(
    "--as-of", required=True, metavar="DATE", help="The day to show: YYYY-MM-DD or today."
)
@click.option(
    "-p",
    "parameters",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    help="Set another parameter of the notebook, for instance -p known_on 2016-12-31.",
)
@decisions_option
@table_option
@click.option("--output", default="reports", metavar="DIR", help="Where releases go [reports].")
@click.option("--language", type=click.Choice(["sv", "en"]), help="A draft in this language alone.")
@click.option("--reason", metavar="TEXT", help="Why it replaces an earlier one of the same day.")
@force_option
@delivery_options
@runner.with_run_options
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
    wishes = {name: asked.pop(name) for name in DELIVERY_OPTION_NAMES}
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
    from helpers.releases.board_release import publish_board  # noqa: PLC0415
    from helpers.releases.storage import previous_report_day  # noqa: PLC0415

    deliver_it = _prepare_delivery(**wishes, draft="language" in chosen)
    since = params.since or previous_report_day(Path(output) / params.round, params.as_of)
    report = BoardReport.of(params.model_copy(update={"since": since}))
    refuse_future_days(report.inputs.register, today())
    draft = report.params.language if "language" in chosen else None
    published = publish_board(report, Path(output), draft, force=force)
    write_index(Path(output))
    runner.report_outcome(published.folder, new=published.new, what="this report was")
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
@runner.with_run_options
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
    executor = _executor_factory(workers, dask, params.decisions)
    from helpers.letters.batch import publish_letters  # noqa: PLC0415 as for `board`

    draft = language is not None
    deliver_it = _prepare_delivery(publish_to=publish_to, draft=draft or bool(only))
    report = BoardReport.of(params)
    refuse_future_days(report.inputs.register, today())
    if language is None:
        first = {"language": report.inputs.round.languages[0]}
        report = BoardReport(params.model_copy(update=first), report.inputs)
    try:
        made = publish_letters(report, Path(output), executor, only, draft=draft, force=force)
    except KeyboardInterrupt:
        raise StoppedByUserError(
            "Stopped. The letters that are done are kept; the same command makes the rest."
        ) from None
    write_index(Path(output))
    runner.report_outcome(made.folder, new=made.new, what="these letters were")
    for path in made.documents:
        click.echo(path)
    deliver_it(made.folder)


def _prepare_delivery(*, draft: bool, **wishes: Any) -> Callable[[Path], None]:
    """What delivers a release as it is asked for; a wish that can never come true is told at once.

    The variables of SMTP are gone from then on: no notebook is to see a password.
    """
    # Stores take a while to import, and most runs have nothing to deliver.
    if not any(wishes.values()):
        take_smtp_variables(os.environ)
        return lambda _: None
    from helpers.delivery.release_delivery import deliver, parse_delivery_request  # noqa: PLC0415

    asked = parse_delivery_request(**wishes, draft=draft, environment=os.environ)

    def delivers(release: Path) -> None:
        if asked:
            deliver(release, asked, now, partial(runner.print_message, "delivery"))

    return delivers


def _executor_factory(
    workers: int | None, dask: str | None, decisions: str | None
) -> ExecutorFactory:
    """Where letters are made: this machine's processors, or a Dask scheduler's workers."""
    from helpers.letters import executors as places  # noqa: PLC0415 as for `board`

    if dask is None:
        return partial(places.local_executor, workers or places.available_processors())
    if workers:
        raise click.UsageError("--workers is for this machine: Dask's workers are Dask's to start.")
    if "://" in (decisions or ""):
        raise ReportError(
            "With --dask the address of a database would travel with every letter. Set it in an "
            "environment variable of the workers, and give --decisions env:NAME."
        )
    return partial(places.dask_executor, dask)
