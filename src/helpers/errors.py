"""What can go wrong, said once: what is wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

EXIT_DATA = 1
EXIT_USAGE = 2
EXIT_NOTEBOOK = 3


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in an input, in words that a person can act on.

    `row` is the line of the file, counted from 1 with the heading as line 1.
    """

    file: str
    what: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        return f"{', '.join(place)}: {self.what} {self.remedy}"

    def as_json(self) -> dict[str, str | int | None]:
        """The problem as plain JSON values, by field name."""
        return asdict(self)


class ReportError(Exception):
    """A mistake in data or parameters: a message that ends in what to do, no traceback."""

    exit_code = EXIT_DATA


class DataError(ReportError):
    """An input that has one or more problems; all of them are listed, not just the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        lines = [str(problem) for problem in problems]
        heading = [] if len(lines) == 1 else [f"{len(lines)} problems:"]
        super().__init__("\n".join(heading + lines))

    def __reduce__(self) -> tuple[type[DataError], tuple[list[Problem]]]:
        return type(self), (self.problems,)


class NotebookError(ReportError):
    """A notebook that stopped on an error; the message says where the failed copy is kept."""

    exit_code = EXIT_NOTEBOOK
