"""The command that publishes letters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helpers.cli.running import runner
from helpers.cli.running.clock import mark_future, today
from helpers.cli.running.options import (
    as_of_option,
    decisions_option,
    draft_language_option,
    force_option,
    future_option,
    publish_to_option,
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
from helpers.cli.running.worker_options import executor_factory
from helpers.errors import StoppedByUserError
from helpers.model.letter_kind import LETTER_KINDS, LetterKind

if TYPE_CHECKING:
    from helpers.letters.batch import PublishedLetters
    from helpers.letters.dispatch import ExecutorFactory
    from helpers.model.parameters import ReportParams
    from helpers.report.report_data import ReportData


@click.command()
@round_name_argument
@as_of_option
@click.option(
    "--kind",
    type=click.Choice(LETTER_KINDS),
    help="The kind of letter [that of the day].",
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
@releases_folder_option
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

    The request and the reminder go to members that have not answered. The paper is a draft for
    the board of a member that has not said yes, and the credit for members that have been
    invoiced for too much.

    Prints the folder and the files in it that are not letters. A run that was stopped is
    continued: finished letters are kept.
    """
    from helpers.model.parameters import report_params

    language, future, kind = options["language"], options.pop("future"), options.pop("kind")
    sign_with = options.pop("sign_with")
    chosen = {**options, "language": language or "sv"}
    params = mark_future(report_params(round=round_name, **chosen), allowed=future)
    executor = executor_factory(workers, dask, [params])
    warn_of_future(params)
    draft = language is not None
    deliver_release = prepare_delivery(
        publish_to=publish_to, draft=draft or bool(only), reports=Path(output), sign_with=sign_with
    )
    report = _load_for_letters(params, draft=draft)
    made = _publish(report, Path(output), executor, only, kind=kind, draft=draft, force=force)
    write_index(Path(output), published=made.folder if made.new else None)
    report_outcome(made.folder, new=made.new, what="these letters were")
    for path in made.documents:
        click.echo(path)
    deliver_release(made.folder, not made.new)


def _publish(
    report: ReportData,
    output: Path,
    executor: ExecutorFactory,
    only: tuple[str, ...],
    *,
    kind: LetterKind | None,
    draft: bool,
    force: bool,
) -> PublishedLetters:
    """Publish the letters; a stopped run states that they can be continued."""
    from helpers.letters.batch import publish_letters

    try:
        return publish_letters(report, output, executor, only, kind=kind, draft=draft, force=force)
    except KeyboardInterrupt:
        raise StoppedByUserError(
            "Stopped. Finished letters are kept; run the same command to make the rest."
        ) from None


def _load_for_letters(params: ReportParams, *, draft: bool) -> ReportData:
    """Load the round; letters that are not drafts are in its first language."""
    from helpers.data.register.rules.future_days import refuse_future_days
    from helpers.report.report_data import ReportData

    report = ReportData.from_params(params)
    refuse_future_days(report.inputs.register, today())
    first = {} if draft else {"language": report.inputs.round.languages[0]}
    return ReportData(params.model_copy(update=first), report.inputs)
