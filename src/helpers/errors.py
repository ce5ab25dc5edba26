"""What can go wrong, said once: what is wrong, where, and what to do about it."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from typing import Literal

EXIT_DATA = 1
EXIT_NOTEBOOK = 3
EXIT_DIFFERENCE = 4
EXIT_LOCKED = 5
EXIT_DELIVERY = 6
EXIT_OVERDUE = 7
EXIT_STOPPED = 130  # as shells have it for Ctrl-C
EXIT_TERMINATED = 143  # as shells have it for SIGTERM

_CONTROL_CHARACTER_ESCAPES = {
    n: f"\\x{n:02x}" for n in (*range(32), *range(127, 160)) if chr(n) not in "\n\t"
}

MAX_PROBLEMS_SHOWN = 200  # problems in one message; beyond that it can no longer be read


def escape_control_characters(text: str) -> str:
    """A text for a terminal: what would move its cursor or colour it is shown, not done."""
    return text.translate(_CONTROL_CHARACTER_ESCAPES)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in an input, in words that a person can act on.

    `row` is the row as the source numbers it, the heading row counted as well. An error stops the
    report; a warning or a repair goes into its section on the quality of the data.
    """

    file: str
    what: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    sheet: str | None = None
    severity: Literal["error", "warning", "repair"] = "error"

    def __str__(self) -> str:
        location = [self.file]
        if self.sheet is not None:
            location.append(f"sheet {self.sheet}")
        if self.row is not None:
            location.append(f"row {self.row}")
        if self.column is not None:
            location.append(f"column {self.column}")
        return escape_control_characters(f"{', '.join(location)}: {self.what} {self.remedy}")

    def as_json(self) -> dict[str, str | int | None]:
        """The problem as plain JSON values, by field name."""
        return asdict(self)


class ReportError(Exception):
    """A mistake in data or parameters: a message that ends in what to do, no traceback."""

    exit_code = EXIT_DATA

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook: the message alone, or all frames where asked for.

        `%tb Verbose` asks for those of the last error, `%xmode Verbose` for those of every one.
        """
        # Only IPython calls this: the command line need not wait for its import.
        from IPython.core.getipython import get_ipython  # noqa: PLC0415

        shell = get_ipython()
        if shell is not None and shell.InteractiveTB.mode == "Verbose":
            frames = shell.InteractiveTB.structured_traceback(type(self), self, self.__traceback__)
            return list(frames)
        return [f"{type(self).__name__}: {self}", "", "(For the full traceback, run: %tb Verbose)"]


class DataError(ReportError):
    """An input that has one or more problems; all of them are listed, not just the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        lines = [str(problem) for problem in problems[:MAX_PROBLEMS_SHOWN]]
        if len(problems) > MAX_PROBLEMS_SHOWN:
            lines.append(
                f"… and {len(problems) - MAX_PROBLEMS_SHOWN} more; check --json lists them all."
            )
        heading = [] if len(problems) == 1 else [f"{len(problems)} problems:"]
        super().__init__("\n".join(heading + lines))

    def __reduce__(self) -> tuple[type[DataError], tuple[list[Problem]]]:
        return type(self), (self.problems,)


class NotebookError(ReportError):
    """A notebook that stopped on an error; the message says where the failed copy is kept."""

    exit_code = EXIT_NOTEBOOK


class MismatchError(ReportError):
    """A release does not fit what it was made from."""

    exit_code = EXIT_DIFFERENCE


class OverdueError(ReportError):
    """No report has come out when one should have."""

    exit_code = EXIT_OVERDUE


class LockedError(ReportError):
    """Another run is at work on the same release."""

    exit_code = EXIT_LOCKED


class DeliveryError(ReportError):
    """A release that stands, but was not mailed or copied to everywhere; the next run goes on."""

    exit_code = EXIT_DELIVERY


class StoppedByUserError(ReportError):
    """The user pressed Ctrl-C."""

    exit_code = EXIT_STOPPED


class TerminatedError(ReportError):
    """The system asked the run to end."""

    exit_code = EXIT_TERMINATED


class TimeLimitError(ReportError):
    """The run took longer than it may."""

    exit_code = EXIT_NOTEBOOK


def package_missing(feature: str, wanted: str) -> ReportError:
    """An error for a feature whose package is not installed, with the command that installs it.

    `wanted` is what pip is asked for: a package, or an extra such as "funding-report[s3]".
    """
    return ReportError(
        f"{feature} needs a package that is not installed. Install it with: "
        f'{sys.executable} -m pip install "{wanted}"'
    )
