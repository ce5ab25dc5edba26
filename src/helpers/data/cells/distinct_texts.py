"""The different texts of a column, each interpreted once: of a million rows, few differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd


class DistinctTexts:
    """The different texts of a column of str, and where each of them stands."""

    def __init__(self, column: pd.Series[str]) -> None:
        self._index = column.index
        self._codes, texts = pd.factorize(column)
        self.texts: list[str] = list(texts)

    def map(self, convert: Callable[[str], str]) -> pd.Series[str]:
        """Return the column with each text converted."""
        return self.replaced(list(map(convert, self.texts)))

    def replaced(self, values: Sequence[str]) -> pd.Series[str]:
        """Return the column with, for each of `texts`, the value at its position."""
        return self.taken(pd.array(values, dtype="str"))

    def taken(self, values: Any) -> pd.Series[Any]:
        """Return the column with, for each of `texts`, the value at its position of an array."""
        return pd.Series(values.take(self._codes), self._index)

    def are(self, holds: Callable[[str], bool]) -> pd.Series[bool]:
        """Return for each row whether the text fulfils a condition."""
        return self.taken(np.fromiter(map(holds, self.texts), bool, len(self.texts)))

    def having(self, holds: Callable[[str], bool]) -> Iterator[str]:
        """Yield the different texts that fulfil a condition."""
        return filter(holds, self.texts)
