"""The command that publishes board reports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helpers.cli.running import runner
from helpers.cli.running.clock import mark_future, today
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
    round_name_argument,
    sign_option,
    table_option,
)
from helpers.cli.running.publication_steps import (
    prepare_delivery,
    report_outcome,
    warn_of_future,
    write_index,
)
from helpers.errors import ReportError

if TYPE_CHECKING:
    from helpers.model.parameters import ReportParams
    from helpers.report.board_report import BoardReport


@click.command()
@round_name_argument
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
    warn_of_future(params)
    deliver_release = prepare_delivery(
        **delivery_choices, draft="language" in chosen, reports=Path(output), sign_with=sign_with
    )
    report = _load_for_board(params, Path(output))
    draft = report.params.language if "language" in chosen else None
    _warn_of_added_cells()
    published = publish_board(report, Path(output), draft, force=force)
    write_index(Path(output), published=published.folder if published.new else None)
    report_outcome(published.folder, new=published.new, what="this report was")
    for path in published.documents:
        click.echo(path)
    deliver_release(published.folder, not published.new)


def _load_for_board(params: ReportParams, reports: Path) -> BoardReport:
    """Load the round; without `since`, changes are those since the previous report."""
    from helpers.data.register.rules.future_days import refuse_future_days
    from helpers.releases.storage import previous_report_day
    from helpers.report.board_report import BoardReport

    since = params.since or previous_report_day(reports / params.round, params.as_of)
    report = BoardReport.from_params(params.model_copy(update={"since": since}))
    refuse_future_days(report.inputs.register, today())
    return report


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
