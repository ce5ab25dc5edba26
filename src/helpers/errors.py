"""The exceptions, each with a message: what is wrong, where, and what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from traceback import extract_tb
from typing import Literal

EXIT_DATA = 1
EXIT_NOTEBOOK = 3
EXIT_DIFFERENCE = 4
EXIT_LOCKED = 5
EXIT_DELIVERY = 6
EXIT_OVERDUE = 7
EXIT_HUNG_UP = 129  # as in shells for SIGHUP
EXIT_STOPPED = 130  # as in shells for Ctrl-C
EXIT_TERMINATED = 143  # as in shells for SIGTERM

_CONTROL_CHARACTER_ESCAPES = {
    n: f"\\x{n:02x}" for n in (*range(32), *range(127, 160)) if chr(n) not in "\n\t"
}

# Where several sheets are one table, the rows of the second are numbered from here on, those of the
# third from twice this, and so on: more rows than any file that can be read has.
ROWS_A_SHEET = 100_000_000

MAX_PROBLEMS_SHOWN = 200  # in one message; nobody reads more


def row_in_sheet(row: int) -> int:
    """Return the number that a row has in its own sheet."""
    return row % ROWS_A_SHEET


def escape_control_characters(text: str) -> str:
    """A text for a terminal, with control characters shown as escapes and not executed."""
    return text.translate(_CONTROL_CHARACTER_ESCAPES)


@dataclass(frozen=True)
class Problem:
    """A problem of an input: what is wrong, where, and what to do.

    `row` is the source's row number, with the heading row counted. `column` is a column or, of a
    TOML file, a key; `heading` is the source's own name of the column. An error stops the report; a
    warning or a repair goes into its section on the quality of the data.
    """

    file: str
    what: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    sheet: str | None = None
    severity: Literal["error", "warning", "repair"] = "error"
    heading: str | None = None

    def __str__(self) -> str:
        location = [self.file]
        if self.sheet is not None:
            location.append(f"sheet {self.sheet}")
        if self.row is not None:
            location.append(f"row {row_in_sheet(self.row)}")
        if self.column_to_name is not None:
            location.append(f"{'key' if self.is_of_toml else 'column'} {self.column_to_name}")
        return escape_control_characters(f"{', '.join(location)}: {self.what} {self.remedy}")

    @property
    def column_to_name(self) -> str | None:
        """The column as the source names it; None if the text begins with it."""
        named = self.heading or self.column
        return None if named is None or self.what.startswith(f"{named}: ") else named

    @property
    def is_of_toml(self) -> bool:
        """Whether `column` is a key of a TOML file."""
        return self.file.endswith(".toml")

    def as_json(self) -> dict[str, str | int | None]:
        """The problem as plain JSON values, by field name; the row as its sheet numbers it."""
        return asdict(self) | {"row": None if self.row is None else row_in_sheet(self.row)}


def in_own_words(problem: Problem, headings: Mapping[str, str]) -> Problem:
    """The problem with the source's own heading of its column; `headings` are by known column.

    A problem that names a heading keeps it: an archive has the columns' own names, and the problems
    of the source that it was made from.
    """
    heading = problem.heading or headings.get(problem.column or "")
    return replace(problem, heading=heading) if heading else problem


def summarize_problems(lines: list[str]) -> list[str]:
    """The lines of a message with several problems: their number, and the first of them."""
    shown = lines[:MAX_PROBLEMS_SHOWN]
    more = len(lines) - len(shown)
    return [
        *([f"{len(lines)} problems:"] if len(lines) != 1 else []),
        *shown,
        *([f"… and {more} more; check --json lists them all."] if more else []),
    ]


class ReportError(Exception):
    """A mistake in data or parameters: a message that ends in what to do, no traceback."""

    exit_code = EXIT_DATA

    def _render_traceback_(self) -> list[str]:
        """The text that IPython shows in a notebook: the message, or all frames on request.

        `%tb Verbose` shows the frames of the last error, `%xmode Verbose` of every error.
        """
        # Only IPython calls this, and its import would slow down the command line.
        from IPython.core.getipython import get_ipython  # noqa: PLC0415

        shell = get_ipython()
        if shell is not None and shell.InteractiveTB.mode == "Verbose":
            frames = shell.InteractiveTB.structured_traceback(type(self), self, self.__traceback__)
            return list(frames)
        return [f"{type(self).__name__}: {self}", "", "(For the full traceback, run: %tb Verbose)"]


class DataError(ReportError):
    """An input with problems; the message lists all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(summarize_problems([str(problem) for problem in problems])))

    def __reduce__(self) -> tuple[type[DataError], tuple[list[Problem]]]:
        return type(self), (self.problems,)


class NotebookError(ReportError):
    """A notebook stopped on an error; the message has the path of the failed copy."""

    exit_code = EXIT_NOTEBOOK


class ExhaustedError(NotebookError):
    """The system refused a process, or ended it: neither a notebook nor a release is wrong."""


class MismatchError(ReportError):
    """A release does not agree with its inputs."""

    exit_code = EXIT_DIFFERENCE


class OverdueError(ReportError):
    """There is no recent report (`due`)."""

    exit_code = EXIT_OVERDUE


class LockedError(ReportError):
    """Another run holds the lock of the same round or release."""

    exit_code = EXIT_LOCKED


class DeliveryError(ReportError):
    """A published release was not mailed or copied everywhere; the next run continues."""

    exit_code = EXIT_DELIVERY


class StoppedByUserError(ReportError):
    """The user pressed Ctrl-C."""

    exit_code = EXIT_STOPPED


class TerminatedError(ReportError):
    """The system asked the run to end."""

    exit_code = EXIT_TERMINATED


class HungUpError(ReportError):
    """The terminal of the run was closed."""

    exit_code = EXIT_HUNG_UP


class TimeLimitError(ReportError):
    """The run exceeded its time limit."""

    exit_code = EXIT_NOTEBOOK


class SeparateProcessError(RuntimeError):
    """A defect that a separate process met; the text is the traceback of that process.

    `position` is what a log line states of it (see code_position).
    """

    def __init__(self, traceback: str, position: str) -> None:
        super().__init__(traceback)
        self.position = position


def code_position(error: Exception) -> str:
    """Return an error's type and line of code for a log; its text may be secret, and is left out.

    That of a separate process is where the process met it.
    """
    if isinstance(error, SeparateProcessError):
        return error.position
    last = extract_tb(error.__traceback__)[-1]
    name = os.path.basename(last.filename)  # noqa: PTH119 it may not be a path
    return f"{type(error).__name__} at {name}:{last.lineno}"


def package_missing(feature: str, wanted: str) -> ReportError:
    """An error for a feature whose package is not installed, with the command that installs it.

    `wanted` is the argument of pip install: a package, or an extra such as "funding-report[s3]".
    """
    return ReportError(
        f"{feature} needs a package that is not installed. Install it with: "
        f'{sys.executable} -m pip install "{wanted}"'
    )
