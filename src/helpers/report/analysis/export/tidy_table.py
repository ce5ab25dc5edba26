"""Prepare a DataFrame for a file: plain columns, plain values, title and units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import pandas as pd

from helpers.errors import ReportError

TidyValue: TypeAlias = str | int | float | bool | date | None
ColumnType: TypeAlias = Literal["string", "integer", "number", "boolean", "date", "datetime"]

# The date for a table without a day, so that its bytes are the same on any day.
_DEFAULT_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class TidyColumn:
    """A column: its name, its unit ('' if unknown) and the type of its values."""

    name: str
    unit: str
    kind: ColumnType

    @property
    def heading(self) -> str:
        """The name with its unit: "fee (SEK a year)"."""
        return f"{self.name} ({self.unit})" if self.unit not in ("", "text") else self.name


@dataclass(frozen=True)
class TidyTable:
    """A table with one row per observation; `notice` is the notice about its answers, or ''."""

    title: str
    notice: str
    as_of: date
    fields: Sequence[TidyColumn]
    rows: Sequence[Sequence[TidyValue]]


def make_tidy(frame: pd.DataFrame, title: str | None, units: Mapping[str, str] | None) -> TidyTable:
    """Return the frame with its index as columns, unless that only numbers the rows.

    `title` and `units` take precedence over the frame's own. Raises ReportError if two columns have
    the same name, or a unit is given for a column that does not exist.
    """
    with_index = frame if _is_row_count(frame.index) else frame.reset_index()
    names = [_column_name(column) for column in with_index.columns]
    duplicates = sorted({name for name in names if names.count(name) > 1})
    if duplicates:
        raise ReportError(f"Two columns are named {duplicates[0]!r}. Rename one, and export again.")
    if unknown := sorted(set(units or {}) - set(names)):
        raise ReportError(
            f"There is no column {unknown[0]!r} to give a unit. There are: {', '.join(names)}."
        )
    known_units = {**frame.attrs.get("units", {}), **(units or {})}
    columns = [
        [_plain_value(v) for v in with_index.iloc[:, at].tolist()] for at in range(len(names))
    ]
    fields = [
        TidyColumn(n, known_units.get(n, ""), _column_type(c))
        for n, c in zip(names, columns, strict=True)
    ]
    return TidyTable(
        title=frame.attrs.get("title", "") if title is None else title,
        notice=frame.attrs.get("notice", ""),
        as_of=date.fromisoformat(frame.attrs.get("as_of", _DEFAULT_DAY.isoformat())),
        fields=fields,
        rows=list(zip(*columns, strict=True)),
    )


def _is_row_count(index: pd.Index[Any]) -> bool:
    """Return whether an index is pandas' row numbers, also after rows have been removed."""
    return index.nlevels == 1 and index.name is None and pd.api.types.is_integer_dtype(index.dtype)


def _column_name(column: object) -> str:
    """Return a column's name; several levels are joined into one."""
    parts = column if isinstance(column, tuple) else (column,)
    return " ".join(str(part) for part in parts if str(part))


def _plain_value(value: Any) -> TidyValue:
    if isinstance(value, Fraction | Decimal):
        return float(value)
    if not isinstance(value, list | dict | tuple | set) and pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime()
    if isinstance(value, datetime):
        # Spreadsheets have no time zones.
        if value.tzinfo is not None:
            return value.isoformat()
        return value if value.time() != datetime.min.time() else value.date()
    if hasattr(value, "item"):
        value = value.item()
    return value if isinstance(value, str | int | float | date) else str(value)


def _column_type(values: Sequence[TidyValue]) -> ColumnType:
    """Return the common type of a column's values; text if they differ."""
    kinds = {_value_type(value) for value in values if value is not None}
    if kinds == {"integer", "number"}:
        return "number"
    if kinds == {"date", "datetime"}:
        return "datetime"
    return kinds.pop() if len(kinds) == 1 else "string"


def _value_type(value: TidyValue) -> ColumnType:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, datetime):
        return "datetime"
    if isinstance(value, date):
        return "date"
    if isinstance(value, int):
        return "integer"
    return "number" if isinstance(value, float) else "string"
