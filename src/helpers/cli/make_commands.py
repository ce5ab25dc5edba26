"""The command that publishes board reports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helpers.cli.running import runner
from helpers.cli.running.clock import mark_future, today
from helpers.cli.running.every_round import (
    BoardJob,
    DeliverRelease,
    load_for_board,
    of_begun_rounds,
    publish_rounds,
)
from helpers.cli.running.options import (
    DELIVERY_OPTION_NAMES,
    as_of_option,
    decisions_option,
    delivery_options,
    draft_language_option,
    force_option,
    future_option,
    reason_option,
    releases_folder_option,
    sign_option,
    table_option,
)
from helpers.cli.running.publication_steps import (
    prepare_delivery,
    report_outcome,
    warn_of_future,
    write_index,
)
from helpers.cli.running.worker_options import executor_factory
from helpers.errors import ReportError

if TYPE_CHECKING:
    from helpers.letters.dispatch import ExecutorFactory
    from helpers.model.localized_text import Language
    from helpers.model.parameters import ReportParams


@click.command()
@click.argument("round_name", metavar="[ROUND]", required=False)
@click.option(
    "--all",
    "every_round",
    is_flag=True,
    help="In place of ROUND: every round that has begun by that day.",
)
@as_of_option
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
@releases_folder_option
@draft_language_option("Make a draft in this language only.")
@reason_option
@future_option
@force_option
@sign_option
@delivery_options
@click.option(
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    help="With --all: the number of processes [one per processor].",
)
@click.option("--dask", metavar="ADDRESS", help="With --all: the workers of this Dask scheduler.")
@runner.with_run_options
def board(
    round_name: str | None,
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

    delivery_choices = {name: options.pop(name) for name in DELIVERY_OPTION_NAMES}
    every_round, workers, dask = map(options.pop, ("every_round", "workers", "dask"))
    chosen = _chosen_parameters(parameters, options)
    names = _asked_rounds(round_name, chosen, every_round=every_round)
    if (workers or dask) and not every_round:
        raise click.UsageError("--workers and --dask are for --all.")
    params = {
        name: mark_future(report_params(round=name, **chosen), allowed=future) for name in names
    }
    if every_round:
        params = of_begun_rounds(params)
    first = next(iter(params.values()))
    warn_of_future(first)
    draft = first.language if "language" in chosen else None
    deliver_release = prepare_delivery(
        **delivery_choices, draft=draft is not None, reports=Path(output), sign_with=sign_with
    )
    if every_round:
        new_executor = executor_factory(workers, dask, params.values())
        _publish_all(params, Path(output), draft, new_executor, deliver_release, force=force)
    else:
        _publish_one(first, Path(output), draft, deliver_release, force=force)


def _asked_rounds(
    round_name: str | None, chosen: Mapping[str, str], *, every_round: bool
) -> list[str]:
    """Return the names of the rounds to report on; raises UsageError unless it is clear which."""
    if every_round is (round_name is not None):
        raise click.UsageError("Name a ROUND, or give --all.")
    if round_name is not None:
        return [round_name]
    if of_one := {"decisions", "table"} & chosen.keys():
        raise click.UsageError(
            f"--{min(of_one)} is of one round's register. With --all, state it in each round.toml."
        )
    from helpers.data.round.round_config import round_names

    return round_names()


def _publish_all(
    params: Mapping[str, ReportParams],
    output: Path,
    draft: Language | None,
    new_executor: ExecutorFactory,
    deliver_release: DeliverRelease,
    *,
    force: bool,
) -> None:
    """Publish the report of each round, made by workers."""
    from helpers.releases.provenance import code_hash
    from helpers.releases.writing.report_documents import board_notebook

    _warn_of_added_cells()
    job = BoardJob(params, str(output), draft, force, today(), code_hash(board_notebook()))
    publish_rounds(job, new_executor, deliver_release)


def _publish_one(
    params: ReportParams,
    output: Path,
    draft: Language | None,
    deliver_release: DeliverRelease,
    *,
    force: bool,
) -> None:
    """Publish the report of one round, made by this process."""
    from helpers.releases.board_release import publish_board

    report = load_for_board(params, output, today())
    _warn_of_added_cells()
    published = publish_board(report, output, draft, force=force)
    write_index(output, published=published.folder if published.new else None)
    report_outcome(published.folder, new=published.new, what="this report was")
    for path in published.documents:
        click.echo(path)
    deliver_release(published.folder, not published.new)


def _warn_of_added_cells() -> None:
    from helpers.notebooks.shared_notebook import describe_added_cells
    from helpers.releases.writing.report_documents import board_notebook

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
