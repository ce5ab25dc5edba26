"""The commands that publish releases: board and letters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helpers.cli import runner
from helpers.cli.clock import mark_future, today
from helpers.cli.options import (
    DELIVERY_OPTION_NAMES,
    decisions_option,
    delivery_options,
    draft_language_option,
    force_option,
    future_option,
    publish_to_option,
    reason_option,
    round_name_argument,
    sign_option,
    table_option,
)
from helpers.cli.publication_steps import prepare_delivery, write_index
from helpers.errors import ReportError, StoppedByUserError

if TYPE_CHECKING:
    from helpers.letters.dispatch import ExecutorFactory
    from helpers.model.parameters import ReportParams, RoundParams
    from helpers.report.board_report import BoardReport


@click.command()
@round_name_argument
@click.option(
    "--as-of", required=True, metavar="DATE", help="The day to report on: YYYY-MM-DD or today."
)
@click.option(
    "-p",
    "parameters",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    help="Set a parameter of the notebook, for example -p known_on 2016-12-31. Repeatable.",
)
@decisions_option
@table_option
@click.option(
    "--output",
    default="reports",
    metavar="DIR",
    help="The folder that releases are written to [reports].",
)
@draft_language_option("Make a draft in this language only.")
@reason_option
@future_option
@force_option
@sign_option
@delivery_options
@runner.with_run_options
def board(
    round_name: str,
    parameters: tuple[tuple[str, str], ...],
    output: str,
    force: bool,
    sign_with: Path | None,
    *,
    future: bool,
    **options: Any,
) -> None:
    """Publish the board report of ROUND as HTML and PDF.

    Prints the paths of the documents.
    """
    from helpers.model.parameters import report_params
    from helpers.releases.board_release import publish_board

    delivery_choices = {name: options.pop(name) for name in DELIVERY_OPTION_NAMES}
    chosen = _chosen_parameters(parameters, options)
    params = mark_future(report_params(round=round_name, **chosen), allowed=future)
    _warn_of_future(params)
    deliver_release = prepare_delivery(
        **delivery_choices, draft="language" in chosen, reports=Path(output), sign_with=sign_with
    )
    report = _load_for_board(params, Path(output))
    draft = report.params.language if "language" in chosen else None
    _warn_of_added_cells()
    published = publish_board(report, Path(output), draft, force=force)
    write_index(Path(output), published=published.folder if published.new else None)
    runner.report_outcome(published.folder, new=published.new, what="this report was")
    for path in published.documents:
        click.echo(path)
    deliver_release(published.folder)


def _load_for_board(params: ReportParams, reports: Path) -> BoardReport:
    """Load the round; without `since`, changes are those since the previous report."""
    from helpers.data.register.future_days import refuse_future_days
    from helpers.releases.storage import previous_report_day
    from helpers.report.board_report import BoardReport

    since = params.since or previous_report_day(reports / params.round, params.as_of)
    report = BoardReport.from_params(params.model_copy(update={"since": since}))
    refuse_future_days(report.inputs.register, today())
    return report


def _warn_of_added_cells() -> None:
    from helpers.notebooks.shared_notebook import describe_added_cells
    from helpers.releases.board_release import board_notebook

    for warning in describe_added_cells(board_notebook()):
        runner.print_message("shared-notebook", f"warning: {warning}", "warning")


def _chosen_parameters(
    parameters: tuple[tuple[str, str], ...], options: Mapping[str, str | None]
) -> dict[str, str]:
    """Return the parameters that options or -p set, each once."""
    chosen = {name: value for name, value in options.items() if value is not None}
    if options["table"] == "decisions":
        del chosen["table"]  # the default: -p table may still set it
    for name, value in parameters:
        if name == "replaces":
            raise ReportError("The parameter 'replaces' is set automatically. Remove -p replaces.")
        if name == "future":
            raise ReportError("Remove -p future, and add the option --future.")
        if name in chosen or name == "round":
            raise ReportError(f"Parameter {name!r} is set twice. Set it once.")
        chosen[name] = value
    return chosen


@click.command()
@round_name_argument
@click.option(
    "--as-of", required=True, metavar="DATE", help="The day to report on: YYYY-MM-DD or today."
)
@click.option(
    "--only",
    multiple=True,
    metavar="CODE",
    help="Make a draft of this member's letter only. Repeatable.",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    help="The number of processes [one per processor].",
)
@click.option(
    "--dask", metavar="ADDRESS", help="Make the letters on the workers of this Dask scheduler."
)
@decisions_option
@table_option
@click.option(
    "--output",
    default="reports",
    metavar="DIR",
    help="The folder that releases are written to [reports].",
)
@draft_language_option("Make a draft in this language.")
@reason_option
@future_option
@force_option
@sign_option
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
    **options: Any,
) -> None:
    """Publish a letter to each member of ROUND.

    Prints the folder and the files in it that are not letters. A run that was stopped is
    continued: finished letters are kept.
    """
    from helpers.letters.batch import publish_letters
    from helpers.model.parameters import report_params

    language, future = options["language"], options.pop("future")
    sign_with = options.pop("sign_with")
    chosen = {**options, "language": language or "sv"}
    params = mark_future(report_params(round=round_name, **chosen), allowed=future)
    executor = _executor_factory(workers, dask, params.decisions)
    _warn_of_future(params)
    draft = language is not None
    deliver_release = prepare_delivery(
        publish_to=publish_to, draft=draft or bool(only), reports=Path(output), sign_with=sign_with
    )
    report = _load_for_letters(params, draft=draft)
    try:
        made = publish_letters(report, Path(output), executor, only, draft=draft, force=force)
    except KeyboardInterrupt:
        raise StoppedByUserError(
            "Stopped. Finished letters are kept; run the same command to make the rest."
        ) from None
    write_index(Path(output), published=made.folder if made.new else None)
    runner.report_outcome(made.folder, new=made.new, what="these letters were")
    for path in made.documents:
        click.echo(path)
    deliver_release(made.folder)


def _load_for_letters(params: ReportParams, *, draft: bool) -> BoardReport:
    """Load the round; letters that are not drafts are in its first language."""
    from helpers.data.register.future_days import refuse_future_days
    from helpers.report.board_report import BoardReport

    report = BoardReport.from_params(params)
    refuse_future_days(report.inputs.register, today())
    first = {} if draft else {"language": report.inputs.round.languages[0]}
    return BoardReport(params.model_copy(update=first), report.inputs)


def _warn_of_future(params: RoundParams) -> None:
    if params.future:
        message = f"warning: {params.as_of} has not come. Answers may change until then."
        runner.print_message("future", message, "warning")


def _executor_factory(
    workers: int | None, dask: str | None, decisions: str | None
) -> ExecutorFactory:
    """Return a factory of executors: processes of this machine, or a Dask scheduler's workers."""
    from helpers.letters import executors

    if dask is None:
        return partial(executors.local_executor, workers or executors.available_processors())
    if workers:
        raise click.UsageError(
            "--workers sets the processes of this machine and cannot be combined with --dask."
        )
    if "://" in (decisions or ""):
        raise ReportError(
            "With --dask, a database's address in --decisions would be sent with every letter. Set "
            "it in an environment variable of the workers and use --decisions env:NAME."
        )
    return partial(executors.dask_executor, dask)
