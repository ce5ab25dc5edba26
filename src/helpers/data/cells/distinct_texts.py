"""The different texts of a column, each interpreted once: of a million rows, few differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd


class DistinctTexts:
    """The different texts of a column of str, and the position in `texts` of each row's text."""

    def __init__(self, column: pd.Series[str]) -> None:
        self._column = column.rename(None)
        self._codes, texts = pd.factorize(column)
        self.texts: list[str] = list(texts)

    def map(self, convert: Callable[[str], str]) -> pd.Series[str]:
        """Return the column with each text converted; the same memory if none changes."""
        converted = list(map(convert, self.texts))
        return self._column if converted == self.texts else self.replace(converted)

    def replace(self, values: Sequence[str]) -> pd.Series[str]:
        """Return the column with, for each of `texts`, the value at its position."""
        return self.take(pd.array(values, dtype="str"))

    def take(self, values: Any) -> pd.Series[Any]:
        """Return the column with, for each of `texts`, the value at its position of an array."""
        return pd.Series(values.take(self._codes), self._column.index)

    def match(self, holds: Callable[[str], bool]) -> pd.Series[bool]:
        """Return for each row whether the text fulfils a condition."""
        return self.take(np.fromiter(map(holds, self.texts), bool, len(self.texts)))
