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
from helpers.errors import EXIT_DATA, EXIT_STOPPED, ReportError, printable
from helpers.interrupts import heed
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

    `as_of` may be "today".
    """

    @click.option(LOG_JSON, is_flag=True, help="Log lines on stderr as JSON, one object a line.")
    @click.option(
        "--time-limit", type=click.IntRange(1), default=SECONDS, metavar="SECONDS",
        help=f"Stop a run that takes longer [{SECONDS}].",
    )  # fmt: skip
    @click.option(
        "--cell-time-limit", type=click.IntRange(1, 999_999), metavar="SECONDS",
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
            command(**given)
        logs.event("finished", exit_code=0)

    return run


def made(release: Path, *, new: bool, what: str) -> None:
    """Say on stderr what a run has come to; the paths go to stdout."""
    logs.event("published" if new else "unchanged", release=release.as_posix())
    if not new and not logs.as_json():
        click.echo(f"Nothing has changed since {what} made.", err=True)


def say(event: str, message: str, level: str = "info") -> None:
    """Something to know, on stderr: a line for people, or one of the log's."""
    if logs.as_json():
        logs.event(event, level, message=message)
    else:
        click.echo(printable(message), err=True)


def main(cli: click.Group) -> None:
    """Run the command line and exit; a user's mistake is one message, never a traceback."""
    if LOG_JSON in sys.argv:
        logs.begin(clock.now)
    try:
        heed()
        sys.exit(cli.main(standalone_mode=False))
    except ReportError as error:
        _fail("failed", str(error), error.exit_code)
    except (KeyboardInterrupt, click.Abort):  # which click makes of it
        _fail("failed", "Stopped.", EXIT_STOPPED)
    except click.ClickException as error:
        if not logs.as_json():
            error.show()
            sys.exit(error.exit_code)
        _fail("usage", error.format_message(), error.exit_code)
    except OSError as error:
        told = _in_words(error)
        _fail("failed" if told else "crashed", told or _crashed(error), EXIT_DATA)
    except Exception as error:
        _fail("crashed", _crashed(error), EXIT_DATA)


def _in_words(error: OSError) -> str:
    """A full disk, or a place that may not be written to, and what to do; blank for all else."""
    if error.errno in _FULL:
        return "The disk is full. Nothing was published; make room, and run this again."
    if error.errno in _CLOSED and error.filename:
        return f"{error.filename} may not be written to: {error.strerror}. Choose another --output."
    return ""


def _crashed(error: Exception) -> str:
    """Which error, and where: its message may hold anything, a secret too, and is left out."""
    if not logs.as_json():  # a person at the terminal can do something with a traceback
        raise error
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119 it may be no path
    return f"{type(error).__name__} at {place}"


def _fail(event: str, message: str, exit_code: int) -> None:
    if logs.as_json():
        logs.event(event, "error", message=message, exit_code=exit_code)
    else:
        click.echo(f"funding-report: {printable(message)}", err=True)
    sys.exit(exit_code)
