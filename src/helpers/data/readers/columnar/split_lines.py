"""The lines of a text and the cells between its separators, found all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from helpers.data.cells.read_budget import MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS

_LONGEST_LINE = 100_000  # bytes; csv refuses cells longer than 131,072 characters

Positions: TypeAlias = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True)
class SplitLines:
    """A text without carriage returns, by line; lines are numbered from 1.

    `begins` and `ends` are the offsets, in bytes, of each line and of its line end; `first` is the
    number of cells before it. `widths` has the number of cells of each line, 0 for a blank one,
    as if no cell were in quotation marks; `quoted` says where one may be.
    """

    data: bytes
    begins: Positions
    ends: Positions
    first: Positions
    widths: Positions
    quoted: npt.NDArray[np.bool_]
    every_cell: pa.LargeStringArray

    @classmethod
    def of(cls, text: str, separator: str) -> SplitLines | None:
        """Split a text; None if its line ends are not alike, or it may exceed the budget."""
        text = text.replace("\r\n", "\n") if "\r" in text else text
        if not text or "\r" in text or "\0" in text or len(text) > MAX_CHARACTERS:
            return None
        data = (text if text.endswith("\n") else f"{text}\n").encode()
        codes = np.frombuffer(data, np.uint8)
        marks = np.flatnonzero((codes == ord("\n")) | (codes == ord(separator))).astype(np.int32)
        if len(marks) > MAX_CELLS:
            return None
        at_ends = np.flatnonzero(codes[marks] == ord("\n"))
        ends = marks[at_ends]
        begins = np.concatenate([np.zeros(1, np.int32), ends[:-1] + 1])
        widths = np.diff(at_ends, prepend=-1)
        first = at_ends + 1 - widths
        widths[begins == ends] = 0
        lengths = ends - begins
        if len(ends) > MAX_ROWS or widths.max() > MAX_COLUMNS or lengths.max() > _LONGEST_LINE:
            return None
        quoted = np.zeros(len(ends), dtype=bool)
        if '"' in text:
            quoted[np.searchsorted(ends, np.flatnonzero(codes == ord('"')))] = True
        return cls(data, begins, ends, first, widths, quoted, _every_cell(data, marks, separator))

    def text(self, line: int) -> str:
        """The text of a line, without its line end."""
        return self.data[self.begins[line] : self.ends[line]].decode()

    def text_of_first(self, lines: int) -> str:
        """The text of the first lines, with their line ends."""
        return self.data[: self.ends[:lines][-1] + 1].decode()

    def plain(self, width: int) -> Positions:
        """The lines without a quotation mark that have this number of cells."""
        return np.flatnonzero((self.widths == width) & ~self.quoted)

    def odd(self, width: int) -> Positions:
        """The other lines."""
        return np.flatnonzero((self.widths != width) | self.quoted)

    def cells(self, lines: Positions, at: int) -> pa.LargeStringArray:
        """The cells of a column of plain lines."""
        return self.every_cell.take(pa.array(self.first[lines] + at))


def _every_cell(data: bytes, marks: Positions, separator: str) -> pa.LargeStringArray:
    """The text between every two marks: the bytes without the marks are an Arrow array's."""
    offsets = np.zeros(len(marks) + 1, np.int64)
    np.subtract(marks, np.arange(len(marks), dtype=np.int32), out=offsets[1:])
    without_marks = data.translate(None, b"\n" + separator.encode())
    buffers = (pa.py_buffer(offsets), pa.py_buffer(without_marks))
    return pa.LargeStringArray.from_buffers(len(marks), *buffers)
