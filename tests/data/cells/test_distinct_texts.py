from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.data.cells.distinct_texts import DistinctTexts

COLUMN = pd.Series([" Ja", "nej", " Ja", ""], index=[2, 3, 5, 8], name="Svar", dtype="str")


def test_each_text_is_converted_in_its_rows() -> None:
    expected = pd.Series(["Ja", "nej", "Ja", ""], index=[2, 3, 5, 8], dtype="str")
    pd.testing.assert_series_equal(DistinctTexts(COLUMN).map(str.strip), expected)


def test_a_column_of_which_no_text_changes_is_not_stored_twice() -> None:
    same = DistinctTexts(COLUMN).map(str)
    pd.testing.assert_series_equal(same, COLUMN.rename(None))
    assert np.shares_memory(_offsets(same), _offsets(COLUMN))


def _offsets(column: pd.Series[str]) -> np.ndarray:
    """The memory in which Arrow stores where each text begins."""
    (chunk,) = column.array.__arrow_array__().chunks  # type: ignore[attr-defined]
    return np.frombuffer(chunk.buffers()[1], "uint8")
