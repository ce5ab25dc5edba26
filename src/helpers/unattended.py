"""What makes a command fit for a schedule: limits, log lines, one message for what is wrong."""

from __future__ import annotations

import errno
import functools
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from helpers import clock
from helpers.errors import EXIT_DATA, ReportError, printable
from helpers.publish import logs
from helpers.publish.limits import stoppable

SECONDS = 3600
LOG_JSON = "--log-json"
# As publish.execute has it, which takes a second to import; workers get it with the environment.
CELL_SECONDS = "FUNDING_REPORT_CELL_SECONDS"

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}

Command = Callable[..., None]


def unattended(command: Command) -> Command:
    """A command with --log-json and its time limits; it has a `round_name` and an `as_of`.

    `as_of` may be "today". A full disk and a folder that may not be written to end as ReportError.
    """

    @click.option(LOG_JSON, is_flag=True, help="Log lines on stderr as JSON, one object a line.")
    @click.option(
        "--time-limit", type=click.IntRange(1), default=SECONDS, metavar="SECONDS",
        help=f"Stop a run that takes longer [{SECONDS}].",
    )  # fmt: skip
    @click.option(
        "--cell-time-limit", type=click.IntRange(1), metavar="SECONDS",
        help="Stop a notebook whose cell takes longer [300].",
    )  # fmt: skip
    @functools.wraps(command)
    def run(*, log_json: bool, time_limit: int, cell_time_limit: int | None, **given: Any) -> None:
        del log_json  # read by `main`: mistakes in other options are lines as well
        if cell_time_limit is not None:
            os.environ[CELL_SECONDS] = str(cell_time_limit)
        given["as_of"] = clock.day(given["as_of"])
        logs.about(given["round_name"], given["as_of"], given.get("decisions"))
        logs.event("started")
        with stoppable(time_limit):
            try:
                command(**given)
            except OSError as error:
                raise _in_words(error) from error
        logs.event("finished", exit_code=0)

    return run


def made(release: Path, *, new: bool, what: str) -> None:
    """Say on stderr what a run has come to; the paths go to stdout."""
    logs.event("published" if new else "unchanged", release=release.as_posix())
    if not new and not logs.as_json():
        click.echo(f"Nothing has changed since {what} made.", err=True)


def _in_words(error: OSError) -> Exception:
    """A mistake of the place that is written to; any other is left as it is."""
    if error.errno in _FULL:
        return ReportError(
            "The disk is full. Nothing was published; make room, and run this again."
        )
    if error.errno in _CLOSED and error.filename:
        return ReportError(
            f"{error.filename} may not be written to: {error.strerror}. Choose another --output."
        )
    return error


def main(cli: click.Group) -> None:
    """Run the command line and exit; a user's mistake is one message, never a traceback."""
    if LOG_JSON not in sys.argv:
        try:
            cli()
        except ReportError as error:
            click.echo(f"funding-report: {printable(str(error))}", err=True)
            sys.exit(error.exit_code)
        return
    logs.begin(clock.now)
    try:
        sys.exit(cli.main(standalone_mode=False))
    except ReportError as error:
        _fail("failed", str(error), error.exit_code)
    except click.ClickException as error:
        _fail("usage", error.format_message(), error.exit_code)
    except Exception as error:
        # Its message may hold anything, a secret too: where it happened is for us to look up.
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119 it may be no path
        _fail("crashed", f"{type(error).__name__} at {place}", EXIT_DATA)


def _fail(event: str, message: str, exit_code: int) -> None:
    logs.event(event, "error", message=message, exit_code=exit_code)
    sys.exit(exit_code)
