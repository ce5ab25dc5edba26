"""The commands for published releases: verify, diff, due, decide, prune and index."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from helpers.cli.running import clock, runner
from helpers.cli.running.options import (
    decisions_option,
    output_option,
    round_name_argument,
    sign_option,
    table_option,
)
from helpers.cli.running.publication_steps import update_index_page, write_index
from helpers.errors import EXIT_DIFFERENCE, OverdueError, ReportError
from helpers.system.private_environment import take_smtp_variables

if TYPE_CHECKING:
    from helpers.releases.listing.catalogue import Release

_release_argument = click.argument("release", metavar="DIR", type=click.Path(path_type=Path))


@click.command()
@_release_argument
@click.option(
    "--no-documents",
    is_flag=True,
    help="Compare files and figures only: seconds instead of minutes.",
)
@click.option(
    "--signers",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Require a signature of the release, and of its mark, by someone in this file of "
    "allowed signers.",
)
@runner.with_time_limit
def verify(release: Path, no_documents: bool, signers: Path | None) -> None:
    """Recompute a release from the inputs it archived, and compare.

    DIR is the release's folder. Exits with 4 if something differs.
    """
    from helpers.maintenance.verification import verify_release

    take_smtp_variables(os.environ)  # a notebook must not see a password
    verdict = verify_release(release, documents=not no_documents, signers=signers)
    click.echo(verdict)
    if verdict.differences:
        sys.exit(EXIT_DIFFERENCE)


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--round", "round_name", metavar="ROUND", help="The round, if A and B are days.")
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
    """Print the differences between two releases or two days.

    A and B are folders of releases, or days (YYYY-MM-DD) of the round in --round.
    """
    from helpers.report.release_diff import diff_releases, diff_text

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
    help="The greatest age of the latest board report, in days.",
)
@click.option(
    "--on",
    "day",
    default=clock.TODAY,
    metavar="DATE",
    help="The day to count from: YYYY-MM-DD or today [today].",
)
@output_option
def due(round_name: str, within: int, day: str, output: str) -> None:
    """Check that ROUND has a recent board report.

    Prints its folder. Exits with 7 if there is no report as of the last DAYS days.
    """
    from helpers.model.parameters import report_params

    on = report_params(round=round_name, as_of=clock.resolve_day(day)).as_of
    folder, latest, changed = _latest_report(Path(output), round_name, on)
    oldest = on - timedelta(days=within)
    if latest is None or latest < oldest:
        found = f"the latest is as of {latest}" if latest else "there is no earlier report"
        raise OverdueError(
            f"{round_name} has no board report as of {oldest} or later: {found}. {changed}"
            f"Make one with `funding-report board {round_name} --as-of {on}`."
        )
    click.echo(folder)


def _latest_report(
    reports: Path, round_name: str, on: date
) -> tuple[Path | None, date | None, str]:
    """Return the latest unchanged board report as of a day or earlier, and its day.

    The text is a sentence on the latest changed report, which was passed over, or empty.
    """
    from helpers.releases.listing.catalogue import latest_releases
    from helpers.releases.listing.unchanged import find_change
    from helpers.releases.storage import BOARD_REPORT_KIND

    changed = ""
    for listed in latest_releases(reports, round_name, on, BOARD_REPORT_KIND):
        # A report of the future was made before its day, without the answers until then.
        if listed.name.kind != BOARD_REPORT_KIND or listed.run.parameters.future:
            continue
        change = find_change(listed.folder)
        if change is None:
            return listed.folder, listed.name.day, changed
        changed = changed or f"{listed.folder} is not counted: {change} "
    return None, None, changed


@click.command()
@_release_argument
@click.option(
    "--note",
    default="",
    metavar="TEXT",
    help="The decision, for example the number of the minutes.",
)
@click.option("--undo", is_flag=True, help="Remove the mark and its signature.")
@sign_option
def decide(release: Path, note: str, undo: bool, sign_with: Path | None) -> None:
    """Mark the release in DIR as decided on by the board.

    The mark is a file next to DIR. prune never removes a marked release. Waits for a run of the
    same round.
    """
    from helpers.releases import decided, signatures
    from helpers.releases.listing.unchanged import require_unchanged

    if undo and sign_with:
        raise click.UsageError("--sign-with signs a mark, and --undo removes it: leave one out.")
    if undo:
        decided.unmark_decided(release)
        return
    sign = partial(signatures.sign_content, key=sign_with) if sign_with else None
    if sign_with:
        signatures.require_signing_key(sign_with)
        require_unchanged(release)
    click.echo(decided.mark_decided(release, note, sign))
    if sign_with:
        click.echo(decided.mark_signature_path(release))


@click.command()
@click.argument("round_name", metavar="[ROUND]", required=False)
@click.option(
    "--keep",
    required=True,
    metavar="N",
    type=click.IntRange(1),
    help="The number of board reports to keep for each round, and of releases of letters.",
)
@click.option("--dry-run", is_flag=True, help="Remove nothing; print what would be removed.")
@output_option
def prune(round_name: str | None, keep: int, dry_run: bool, output: str) -> None:
    """Remove the oldest releases of ROUND, or of all rounds.

    Prints the folder of each. Releases that are marked with `decide` are kept. Waits for a run of
    the same round.
    """
    from helpers.maintenance.retention import expired_releases, remove_expired

    removed: set[str] = set()
    reports = Path(output)
    found: Iterable[Release] = expired_releases(reports, keep, round_name)
    if not dry_run:
        found = remove_expired(reports, keep, round_name, removed)
    try:
        for release in found:
            click.echo(release.folder)
    finally:  # also after an error: a removed release must not be listed
        if removed:
            write_index(reports, removed)
    if not (dry_run or removed):  # a run that was killed may have removed releases
        write_index(reports)


@click.command()
@click.option(
    "--forget",
    multiple=True,
    metavar="ROUND/RELEASE",
    help="Take a release that no longer exists off the list; can be repeated.",
)
@output_option
def index(forget: tuple[str, ...], output: str) -> None:
    """Write index.html, the list of all releases.

    Prints its path. The commands board, letters and prune also write it.
    """
    if not Path(output).is_dir():
        raise ReportError(f"There is no folder {output}. Choose another --output.")
    _raise_unless_gone(Path(output), forget)
    update_index_page(Path(output), set(forget))
    click.echo(Path(output) / "index.html")


def _raise_unless_gone(reports: Path, forget: tuple[str, ...]) -> None:
    """Refuse to forget a release that is still there, or that the list does not have."""
    from helpers.releases.listing.hash_list import HASH_LIST, INDEX_FILE, known_hashes

    listed = known_hashes(reports)
    for name in forget:
        if name not in listed:
            raise ReportError(f"--forget {name}: neither {HASH_LIST} nor {INDEX_FILE} lists it.")
        if (reports / name).exists():
            raise ReportError(
                f"--forget {name}: {reports / name} still exists. Remove the folder first, or use "
                "`funding-report prune`."
            )
