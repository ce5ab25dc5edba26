"""The commands for what has been published: verify, diff, due, decide, prune, index."""

from __future__ import annotations

import json
import os
import sys
from datetime import date, timedelta
from pathlib import Path

import click

from helpers.cli import clock, runner
from helpers.cli.options import decisions_option, output_option, round_name_argument, table_option
from helpers.errors import EXIT_DIFFERENCE, OverdueError, ReportError
from helpers.model.parameters import report_params
from helpers.releases.storage import file_hashes
from helpers.system.private_environment import take_smtp_variables
from helpers.system.signals import uninterrupted

INDEX_EVENT = (
    "index"  # what log lines call it; a name, or it would be taken for a text to translate
)

_release_argument = click.argument("release", metavar="DIR", type=click.Path(path_type=Path))


@click.command()
@_release_argument
@click.option("--no-documents", is_flag=True, help="Do not make the documents anew: seconds.")
def verify(release: Path, no_documents: bool) -> None:
    """Recompute a release from what it archived, and compare.

    DIR is its folder. Exits with 4 where something differs.
    """
    from helpers.maintenance.verification import verify_release as compare  # noqa: PLC0415 as for `board`

    take_smtp_variables(os.environ)  # no notebook is to see a password
    verdict = compare(release, documents=not no_documents)
    click.echo(verdict)
    if verdict.differences:
        sys.exit(EXIT_DIFFERENCE)


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--round", "round_name", metavar="ROUND", help="Whose days A and B are.")
@decisions_option
@table_option
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON.")
def diff(
    before: str,
    after: str,
    round_name: str | None,
    decisions: str | None,
    table: str,
    as_json: bool,
) -> None:
    """Show what has changed between two releases, or two days.

    A and B are folders of releases, or days of the round that --round names.
    """
    from helpers.report.release_diff import diff_releases, diff_text  # noqa: PLC0415 as for `board`

    found = diff_releases(before, after, round_name, decisions, table)
    if as_json:
        click.echo(json.dumps(found.figures, ensure_ascii=False, indent=1))
    else:
        click.echo(diff_text(found))


@click.command()
@round_name_argument
@click.option(
    "--within",
    required=True,
    metavar="DAYS",
    type=click.IntRange(0),
    help="How old the latest board report may be.",
)
@click.option(
    "--on", "day", default=clock.TODAY, metavar="DATE", help="The day to look from [today]."
)
@output_option
def due(round_name: str, within: int, day: str, output: str) -> None:
    """Check that a board report of ROUND has come out in time.

    Exits with 7 where none has within DAYS days.
    """
    on = report_params(round=round_name, as_of=clock.resolve_day(day)).as_of
    folder, latest = _latest_report(Path(output), round_name, on)
    oldest = on - timedelta(days=within)
    if latest is None or latest < oldest:
        found = f"the latest is as of {latest}" if latest else "there is none"
        raise OverdueError(
            f"No board report of {round_name} as of {oldest} or later: {found}. "
            f"Make it with `funding-report board {round_name} --as-of {on}`."
        )
    click.echo(folder)


def _latest_report(reports: Path, round_name: str, on: date) -> tuple[Path | None, date | None]:
    """The latest whole board report as of a day or earlier; one that lies ahead shows nothing."""
    from helpers.releases.catalogue import list_releases  # noqa: PLC0415 as for `board`

    for one in list_releases(reports)[0] if reports.is_dir() else []:
        ours = one.folder.parent.name == round_name and one.name.kind == "board-report"
        if ours and one.name.day <= on and file_hashes(one.folder) == one.run.outputs:
            return one.folder, one.name.day
    return None, None


@click.command()
@_release_argument
@click.option("--note", default="", metavar="TEXT", help="What was decided, for instance a minute.")
@click.option("--undo", is_flag=True, help="Take the mark away.")
def decide(release: Path, note: str, undo: bool) -> None:
    """Mark the release in DIR as decided on.

    The mark lies beside it, and prune never removes it.
    """
    from helpers.releases import decided  # noqa: PLC0415 as for `board`

    if undo:
        decided.unmark_decided(release)
    else:
        click.echo(decided.mark_decided(release, note))


@click.command()
@click.argument("round_name", metavar="[ROUND]", required=False)
@click.option(
    "--keep",
    required=True,
    metavar="N",
    type=click.IntRange(1),
    help="How many board reports of a round to keep, and how many releases of letters.",
)
@click.option("--dry-run", is_flag=True, help="Remove nothing, only print what would go.")
@output_option
def prune(round_name: str | None, keep: int, dry_run: bool, output: str) -> None:
    """Remove the oldest releases, of ROUND or of all rounds.

    Prints each that it removes, and never removes one decided on.
    """
    from helpers.maintenance.retention import expired_releases, remove_release  # noqa: PLC0415 as for `board`

    removed: set[str] = set()
    try:
        for release in expired_releases(Path(output), keep, round_name):
            if not dry_run:
                with uninterrupted():  # or half of it would stay, out of sight
                    remove_release(release)
                    removed.add(release.path)
            click.echo(release.folder)
    finally:  # those that are gone are gone, whatever became of the others
        if removed:
            write_index(Path(output), removed)


@click.command()
@output_option
def index(output: str) -> None:
    """Write index.html, the list of all releases, anew.

    The commands board, letters and prune do so too.
    """
    if not Path(output).is_dir():
        raise ReportError(f"There is no folder {output}. Give --output.")
    _update_index(Path(output), set())
    click.echo(Path(output) / "index.html")


def write_index(reports: Path, removed: set[str] | None = None) -> None:
    """Write the index after a release was made or removed, which stands whatever comes of it."""
    try:
        _update_index(reports, removed or set())
    except (OSError, ReportError) as error:
        runner.print_message(INDEX_EVENT, f"index.html could not be written: {error}", "warning")


def _update_index(reports: Path, removed: set[str]) -> None:
    """Write the index; what is wrong among the releases is named on stderr and stops nothing."""
    from helpers.releases.index_page import update_index  # noqa: PLC0415 as for `board`

    for line in update_index(reports, removed):
        runner.print_message(INDEX_EVENT, f"index.html: {line}", "warning")
