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

from helpers.cli import clock
from helpers.errors import EXIT_DATA, EXIT_STOPPED, ReportError, escape_control_characters
from helpers.system import log_lines
from helpers.system.signals import raise_on_sigint
from helpers.system.time_limit import time_limited

DEFAULT_TIME_LIMIT = 3600
LOG_JSON_OPTION = "--log-json"
# As publish.execute has it, which takes a second to import; workers get it with the environment.
CELL_SECONDS_VARIABLE = "FUNDING_REPORT_CELL_SECONDS"

_DISK_FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_NOT_WRITABLE_ERRNOS = {errno.EROFS, errno.EACCES, errno.EPERM}

CommandCallback = Callable[..., None]


def with_run_options(command: CommandCallback) -> CommandCallback:
    """A command with --log-json and its time limits; it has a `round_name` and an `as_of`.

    `as_of` may be "today".
    """

    @click.option(
        LOG_JSON_OPTION, is_flag=True, help="Log lines on stderr as JSON, one object a line."
    )
    @click.option(
        "--time-limit",
        type=click.IntRange(1),
        default=DEFAULT_TIME_LIMIT,
        metavar="SECONDS",
        help=f"Stop a run that takes longer [{DEFAULT_TIME_LIMIT}].",
    )
    @click.option(
        "--cell-time-limit",
        type=click.IntRange(1, 999_999),
        metavar="SECONDS",
        help="Stop a notebook whose cell takes longer [300].",
    )
    @functools.wraps(command)
    def run(*, log_json: bool, time_limit: int, cell_time_limit: int | None, **given: Any) -> None:
        del log_json  # read by `main`: mistakes in other options are lines as well
        if cell_time_limit is not None:
            os.environ[CELL_SECONDS_VARIABLE] = str(cell_time_limit)
        given["as_of"] = clock.resolve_day(given["as_of"])
        log_lines.set_context(given["round_name"], given["as_of"], given.get("decisions"))
        log_lines.log_event("started")
        with time_limited(time_limit):
            command(**given)
        log_lines.log_event("finished", exit_code=0)

    return run


def report_outcome(release: Path, *, new: bool, what: str) -> None:
    """Say on stderr what a run has come to; the paths go to stdout."""
    log_lines.log_event("published" if new else "unchanged", release=release.as_posix())
    if not new and not log_lines.is_json():
        click.echo(f"Nothing has changed since {what} made.", err=True)


def print_message(event: str, message: str, level: str = "info") -> None:
    """Something to know, on stderr: a line for people, or one of the log's."""
    if log_lines.is_json():
        log_lines.log_event(event, level, message=message)
    else:
        click.echo(escape_control_characters(message), err=True)


def run_cli(cli: click.Group) -> None:
    """Run the command line and exit; a user's mistake is one message, never a traceback."""
    if LOG_JSON_OPTION in sys.argv:
        log_lines.start_json_logging(clock.now)
    try:
        raise_on_sigint()
        sys.exit(cli.main(standalone_mode=False))
    except ReportError as error:
        _exit_with("failed", str(error), error.exit_code)
    except (KeyboardInterrupt, click.Abort):  # which click makes of it
        _exit_with("failed", "Stopped.", EXIT_STOPPED)
    except click.ClickException as error:
        if not log_lines.is_json():
            error.show()
            sys.exit(error.exit_code)
        _exit_with("usage", error.format_message(), error.exit_code)
    except OSError as error:
        told = _explain_os_error(error)
        _exit_with("failed" if told else "crashed", told or _crash_message(error), EXIT_DATA)
    except Exception as error:
        _exit_with("crashed", _crash_message(error), EXIT_DATA)


def _explain_os_error(error: OSError) -> str:
    """A full disk, or a place that may not be written to, and what to do; blank for all else."""
    if error.errno in _DISK_FULL_ERRNOS:
        return "The disk is full. Nothing was published; make room, and run this again."
    if error.errno in _NOT_WRITABLE_ERRNOS and error.filename:
        return f"{error.filename} may not be written to: {error.strerror}. Choose another --output."
    return ""


def _crash_message(error: Exception) -> str:
    """Which error, and where: its message may hold anything, a secret too, and is left out."""
    if not log_lines.is_json():  # a person at the terminal can do something with a traceback
        raise error
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119 it may be no path
    return f"{type(error).__name__} at {place}"


def _exit_with(event: str, message: str, exit_code: int) -> None:
    if log_lines.is_json():
        log_lines.log_event(event, "error", message=message, exit_code=exit_code)
    else:
        click.echo(f"funding-report: {escape_control_characters(message)}", err=True)
    sys.exit(exit_code)
