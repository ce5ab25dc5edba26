"""A DataFrame as a table for readers: grouped and rounded numbers, texts on the left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from math import isinf
from typing import Any

import pandas as pd

from helpers.i18n.localizer import Localizer
from helpers.sections.components.parts.section_parts import Column, TablePart

MAX_SHOWN_ROWS = 400  # rows that JupyterLab shows without becoming slow


def frame_part(frame: pd.DataFrame, headings: Mapping[str, str], loc: Localizer) -> TablePart:
    """The first rows of a frame, in the words of a round where `headings` has them.

    `frame.attrs` has the title, and the units by which shares and years are known.
    """
    counted = frame.index.nlevels == 1 and frame.index.name is None
    shown = frame if counted else frame.reset_index(allow_duplicates=True)
    units = frame.attrs.get("units", {})
    columns = [
        _frame_column(str(name), shown.iloc[:, at], headings)
        for at, name in enumerate(shown.columns)
    ]
    names = [str(name) for name in shown.columns]
    rows = tuple(
        tuple(
            _cell(value, units.get(name, ""), loc) for name, value in zip(names, row, strict=True)
        )
        for row in shown.head(MAX_SHOWN_ROWS).itertuples(index=False, name=None)
    )
    caption = str(frame.attrs.get("title", ""))
    if len(shown) > MAX_SHOWN_ROWS:
        caption += f" ({loc.count(MAX_SHOWN_ROWS)} / {loc.count(len(shown))})"
    return TablePart(caption=caption, columns=tuple(columns) or (Column(""),), rows=rows)


def _frame_column(name: str, values: pd.Series[Any], headings: Mapping[str, str]) -> Column:
    """The round's word for a column, and the column's own name."""
    word = headings.get(name)
    kinds = {type(value) for value in values.dropna().tolist()}
    is_number = bool(kinds) and kinds <= {int, float, Fraction}
    return Column(f"{word} ({name})" if word else name, "right" if is_number else "left")


def _cell(value: Any, unit: str, loc: Localizer) -> str:
    if isinstance(value, datetime | date) and value is not pd.NaT:
        return value.isoformat()[:10]
    without_end = isinstance(value, float) and isinf(value)
    if without_end or isinstance(value, bool | str) or not pd.api.types.is_scalar(value):
        return str(value)
    if pd.isna(value):
        return ""
    if unit.startswith("share of"):
        return loc.percent(Fraction(value), 1)
    if isinstance(value, int):
        return str(value) if unit.startswith("calendar year") else loc.count(value)
    return loc.decimals(Fraction(value), 2) if isinstance(value, float) else str(value)
