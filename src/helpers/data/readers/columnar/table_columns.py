"""A table by its columns, and as the frame of text that every reader of a register ends in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.data.cells.cell_values import STRIPPED_CHARACTERS
from helpers.data.readers.numbered_rows import NumberedRows
from helpers.errors import ReportError

_MAX_COLUMNS_SHOWN = 20  # in one message


@dataclass(frozen=True)
class TableColumns:
    """The headings of a table and the cells below each, as stripped text.

    `numbers` has the rows' numbers in the source. `cells` has one array (dtype str) for each
    heading, and further ones for cells beyond the headings.
    """

    heading_row: int
    headings: list[str]
    numbers: npt.NDArray[np.int64]
    cells: Sequence[Any]

    @classmethod
    def of_rows(cls, rows: NumberedRows) -> TableColumns:
        """Return the columns of rows, of which the first is the heading; missing cells are ''."""
        (heading_row, headings), *body = rows
        columns = zip_longest(headings, *(cells for _, cells in body), fillvalue="")
        numbers = np.array([number for number, _ in body], dtype="int64")
        arrays = [text_column(cells[1:]) for cells in columns]
        return cls(heading_row, headings, numbers, arrays)

    def frame(
        self, file: str, *, may_repeat: Callable[[str], bool] = lambda _: False
    ) -> pd.DataFrame:
        """Return a frame of str with the row numbers as index.

        Columns without a heading and blank rows are left out. A repeated heading for which
        `may_repeat` is true gets a number, as "Telefon (2)"; any other repeated heading raises
        ReportError.
        """
        kept = [at for at, heading in enumerate(self.headings) if heading]
        names = [self.headings[at] for at in kept]
        _refuse_repeated(names, file, may_repeat)
        index = pd.Index(self.numbers, dtype="int64")
        frame = pd.DataFrame({at: self.cells[at] for at in kept}, index)
        frame.columns = pd.Index(_numbered_names(names))
        blank = self._are_blank(kept)
        return frame[~blank] if blank.any() else frame

    def omissions(self) -> list[str]:
        """Return notes on the rows and columns of the source that are not in the frame."""
        unnamed = [at for at in range(len(self.cells)) if not any(self.headings[at : at + 1])]
        row = self.heading_row
        return [
            *([f"The headings are in row {row}."] if row > 1 else []),
            *(
                []
                if self._are_blank(unnamed).all()
                else ["Cells in columns without a heading were not used."]
            ),
        ]

    def _are_blank(self, positions: list[int]) -> npt.NDArray[np.bool_]:
        """Return for each row whether its cells in these columns are all blank."""
        blank = np.ones(len(self.numbers), dtype=bool)
        for at in positions:
            if not blank.any():
                break
            blank &= np.asarray(self.cells[at] == "")
        return blank


def stripped_texts(texts: pa.Array) -> pa.Array:
    """Return texts as `cell_text` strips them."""
    return pc.utf8_trim(texts, characters=STRIPPED_CHARACTERS)


def text_column(texts: pa.Array | pa.ChunkedArray | Sequence[str]) -> Any:
    """Return stripped texts, of which none is missing, as an array for `TableColumns.cells`."""
    return pd.array(texts, dtype="str")


def _refuse_repeated(names: list[str], file: str, may_repeat: Callable[[str], bool]) -> None:
    counts = Counter(names)
    twice = sorted(name for name in counts if counts[name] > 1 and not may_repeat(name))
    if twice:
        more = ", …" if len(twice) > _MAX_COLUMNS_SHOWN else ""
        shown = ", ".join(twice[:_MAX_COLUMNS_SHOWN]) + more
        raise ReportError(f"{file}: columns that occur twice: {shown}. Keep one each.")


def _numbered_names(names: list[str]) -> list[str]:
    """Number the repeated names, each with the first number that makes it unique."""
    found: dict[str, None] = {}
    stated, last = set(names), dict.fromkeys(names, 1)
    for name in names:
        form = name
        while form in found or (form != name and form in stated):
            last[name] += 1
            form = f"{name} ({last[name]})"
        found[form] = None
    return list(found)
