"""Run a command unattended: time limits, log lines, and one message for an error."""

from __future__ import annotations

import errno
import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from helpers.cli.running import clock
from helpers.cli.running.standard_streams import output_error, tolerate_output_errors
from helpers.errors import (
    EXIT_DATA,
    EXIT_STOPPED,
    ReportError,
    code_position,
    escape_control_characters,
)
from helpers.system import log_lines
from helpers.system.control.signals import raise_on_sigint
from helpers.system.control.time_limit import time_limited
from helpers.system.environment import CELL_SECONDS_VARIABLE
from helpers.system.redaction import redact

DEFAULT_TIME_LIMIT = 3600  # seconds
LOG_JSON_OPTION = "--log-json"

_DISK_FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_NOT_WRITABLE_ERRNOS = {errno.EROFS, errno.EACCES, errno.EPERM}
_EXHAUSTED_ERRNOS = {errno.ENOMEM, errno.EAGAIN, errno.EMFILE, errno.ENFILE}
# Something else has the name of a file or folder that is to be written.
_IN_THE_WAY_ERRNOS = {errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY}
_DEVICE_ERRNOS = {errno.EIO, errno.ENXIO} | ({errno.ESTALE} if hasattr(errno, "ESTALE") else set())
_NOTHING_INCOMPLETE = "Nothing incomplete was published. "  # of a command that publishes

CommandCallback = Callable[..., None]


def with_time_limit(command: CommandCallback) -> CommandCallback:
    """Add --time-limit to a command that publishes nothing."""

    @click.option(
        "--time-limit",
        type=click.IntRange(1),
        default=DEFAULT_TIME_LIMIT,
        metavar="SECONDS",
        help=f"Stop after this time [{DEFAULT_TIME_LIMIT}].",
    )
    @functools.wraps(command)
    def run(*, time_limit: int, **options: Any) -> None:
        with time_limited(time_limit, publishes=False):
            command(**options)

    return run


def with_run_options(command: CommandCallback) -> CommandCallback:
    """Add --log-json and the time limits to a command with a `round_name` and an `as_of`.

    `as_of` may be "today".
    """

    @click.option(
        LOG_JSON_OPTION,
        is_flag=True,
        help="Write log lines to stderr as JSON, one object per line.",
    )
    @click.option(
        "--time-limit",
        type=click.IntRange(1),
        default=DEFAULT_TIME_LIMIT,
        metavar="SECONDS",
        help=f"Stop the run after this time [{DEFAULT_TIME_LIMIT}].",
    )
    @click.option(
        "--cell-time-limit",
        type=click.IntRange(1, 999_999),
        metavar="SECONDS",
        help="Stop a notebook if a cell takes longer [300].",
    )
    @functools.wraps(command)
    def run(
        *, log_json: bool, time_limit: int, cell_time_limit: int | None, **options: Any
    ) -> None:
        del log_json  # run_cli reads it: errors in other options are log lines, too
        if cell_time_limit is not None:
            os.environ[CELL_SECONDS_VARIABLE] = str(cell_time_limit)
        options["as_of"] = clock.resolve_day(options["as_of"])
        log_lines.set_context(options["round_name"], options["as_of"], options.get("decisions"))
        log_lines.log_event("started")
        with time_limited(time_limit), _explained_as_publishing():
            command(**options)
        log_lines.log_event("finished", exit_code=0)

    return run


@contextmanager
def _explained_as_publishing() -> Iterator[None]:
    """Raise ReportError for what the system refuses, with a word on what was published."""
    try:
        yield
    except OSError as error:
        explanation = explain_os_error(error, _NOTHING_INCOMPLETE)
        if not explanation:
            raise
        raise ReportError(explanation) from None
    except (MemoryError, RuntimeError) as error:
        explanation = explain_exhaustion(error, _NOTHING_INCOMPLETE)
        if not explanation:
            raise
        raise ReportError(explanation) from None


def print_message(event: str, message: str, level: str = "info") -> None:
    """Print a message on stderr: plain text, or a log line with --log-json."""
    if log_lines.is_json():
        log_lines.log_event(event, level, message=message)
    else:
        click.echo(escape_control_characters(redact(message)), err=True)


def run_cli(cli: click.Group) -> None:
    """Run the command line and exit with its code; an error of the user's is one message."""
    tolerate_output_errors()
    if LOG_JSON_OPTION in sys.argv:
        log_lines.start_json_logging(clock.now)
    try:
        raise_on_sigint()
        result = cli.main(standalone_mode=False)
        _exit_if_output_failed()
        sys.exit(result)
    except ReportError as error:
        _exit_with("failed", str(error), error.exit_code)
    except (KeyboardInterrupt, click.Abort):  # click turns Ctrl-C into Abort
        _exit_with("failed", "Stopped.", EXIT_STOPPED)
    except click.ClickException as error:
        if not log_lines.is_json():
            error.show()
            sys.exit(error.exit_code)
        _exit_with("usage", error.format_message(), error.exit_code)
    except OSError as error:
        explanation = explain_os_error(error)
        _exit_with(
            "failed" if explanation else "crashed", explanation or _crash_message(error), EXIT_DATA
        )
    except (MemoryError, RuntimeError) as error:
        explanation = explain_exhaustion(error)
        _exit_with(
            "failed" if explanation else "crashed", explanation or _crash_message(error), EXIT_DATA
        )
    except Exception as error:
        _exit_with("crashed", _crash_message(error), EXIT_DATA)


def _exit_if_output_failed() -> None:
    """Exit with 1 if the command did its work, but what it prints could not be written."""
    if reason := output_error():
        message = (
            f"The command has done its work, but its output could not be written: {reason}. Run it "
            "again with another output to see what it prints."
        )
        _exit_with("failed", message, EXIT_DATA)


def explain_os_error(error: OSError, outcome: str = "") -> str:
    """Return the message for what the system refuses to a run; '' for other errors.

    `outcome` is a sentence on what the run has published, with a space after it.
    """
    if error.errno in _DISK_FULL_ERRNOS:
        return f"The disk is full. {outcome}Free some space and run the command again."
    if error.errno == errno.EFBIG:
        return (
            f"A file is larger than this process may write. {outcome}Raise the limit "
            "(ulimit -f, or LimitFSIZE of the service) and run the command again."
        )
    if error.errno in _EXHAUSTED_ERRNOS:
        return (
            f"The system refused more memory, processes or open files: {error.strerror}. "
            f"{outcome}Raise its limits (`ulimit -a`), or try again later."
        )
    if error.errno in _DEVICE_ERRNOS:
        return (
            f"The disk or the network failed: {error.strerror}. {outcome}Check it, and run again."
        )
    return _explain_path_error(error) if error.filename else ""


def _explain_path_error(error: OSError) -> str:
    shown = _visible_path(str(error.filename))
    if error.errno in _NOT_WRITABLE_ERRNOS:
        return f"{shown} cannot be written: {error.strerror}. Choose another --output."
    if error.errno in _IN_THE_WAY_ERRNOS:  # of a rename, what has the new name
        shown = _visible_path(str(error.filename2 or error.filename))
        return f"{shown} cannot be written: {error.strerror}. Move it away, and run this again."
    return ""


def explain_exhaustion(error: MemoryError | RuntimeError, outcome: str = "") -> str:
    """Return the message if the memory is used up or no thread can be started; otherwise ''.

    `outcome` is as for explain_os_error.
    """
    if isinstance(error, MemoryError):
        return f"The memory is used up. {outcome}Raise its limit, or report less at once."
    if "can't start new thread" in str(error):
        return (
            f"The system starts no more threads (`ulimit -u`). {outcome}Raise the limit, or "
            "end other programs."
        )
    return ""


def _visible_path(path: str) -> str:
    """Return a path up to a working folder of a run, which users do not know."""
    from helpers.releases.storage import REMOVAL_PREFIX, WORK_PREFIX

    parts = Path(path).parts
    ours = (at for at, part in enumerate(parts) if part.startswith((WORK_PREFIX, REMOVAL_PREFIX)))
    return str(Path(*parts[: next(ours, len(parts))]))


def _crash_message(error: Exception) -> str:
    """Return an error's type and line for the log; a terminal gets the traceback."""
    if not log_lines.is_json():  # a traceback helps a person at the terminal to report it
        raise error
    return code_position(error)


def _exit_with(event: str, message: str, exit_code: int) -> None:
    if log_lines.is_json():
        log_lines.log_event(event, "error", message=message, exit_code=exit_code)
    else:
        click.echo(f"funding-report: {escape_control_characters(redact(message))}", err=True)
    sys.exit(exit_code)
