"""How much of a source is read: one budget of rows, columns, cells and text for every reader.

A file of some kilobytes can stand for any number of rows: the size of a file bounds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from helpers.errors import DataError, Problem

MAX_ROWS = 2_000_000
MAX_COLUMNS = 16_384  # Excel's own limit
MAX_CELLS = 20_000_000
MAX_CHARACTERS = 300_000_000

_SMALLER_REGISTER = "Keep only the register."
Row = TypeVar("Row", bound=Sequence[object])


class ReadBudget:
    """What may still be read of one source; `file` is its name for messages."""

    def __init__(self, file: str, sheet: str | None = None) -> None:
        self._file, self._sheet = file, sheet
        self._rows = self._cells = self._characters = 0

    def rows(self, found: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
        """Yield numbered rows; raises DataError as soon as the budget is spent."""
        for number, cells in found:
            self.spend(cells)
            yield number, cells

    def spend(self, cells: Sequence[object]) -> None:
        """Take a row from the budget; of its cells only texts have a length."""
        self._characters += sum(len(cell) for cell in cells if isinstance(cell, str | bytes))
        self.announce(1, len(cells))

    def announce(self, rows: int, columns: int) -> None:
        """Take rows from the budget that a source states to have, before they are read."""
        self._rows += rows
        self._cells += rows * columns
        for spent, limit, what in (
            (columns, MAX_COLUMNS, f"has more than {MAX_COLUMNS:,} columns."),
            (self._rows, MAX_ROWS, f"has more than {MAX_ROWS:,} rows."),
            (self._cells, MAX_CELLS, f"has more than {MAX_CELLS:,} cells."),
            (self._characters, MAX_CHARACTERS, f"has more than {MAX_CHARACTERS:,} characters."),
        ):
            if spent > limit:
                raise DataError([Problem(self._file, what, _SMALLER_REGISTER, sheet=self._sheet)])
