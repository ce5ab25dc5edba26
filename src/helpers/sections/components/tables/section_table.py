"""A table as data: records with exact values, from which come both its cells and its DataFrame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

import pandas as pd

from helpers.errors import ReportError
from helpers.i18n.alphabetical_order import alphabetical_key
from helpers.i18n.localizer import Localizer
from helpers.i18n.money_units import MILLION
from helpers.rounding import round_half_up
from helpers.sections.components.parts.section_parts import TablePart
from helpers.sections.components.tables.known_names import one_choice
from helpers.sections.components.tables.section_choice import SectionChoice
from helpers.sections.components.tables.table_fields import Record, TableField, is_missing

_MOST_DIGITS = 6  # decimals of an amount in thousands or millions
_SCALE_WORDS = {1: "", 1000: "thousand ", MILLION: "million "}


@dataclass(frozen=True)
class SectionTable:
    """A caption, the columns and the rows; the first column heads the rows.

    `total` is a row below the others. Of many rows the first `limit` are shown. `running_note` is
    the end of the caption that is about a running column, and goes where the column goes.
    """

    loc: Localizer
    caption: str
    fields: tuple[TableField, ...]
    records: tuple[Record, ...]
    total: Record | None = None
    limit: int | None = None
    running_note: str = ""

    @classmethod
    def of(
        cls,
        loc: Localizer,
        caption: str,
        fields: Sequence[TableField],
        rows: Iterable[object],
        **options: Any,
    ) -> SectionTable:
        """A table whose rows are objects with an attribute for each column, or records."""
        first, *others = fields
        columns = (replace(first, align="left"), *others)
        return cls(loc, caption, columns, tuple(_record_of(r, fields) for r in rows), **options)

    @property
    def shown_records(self) -> tuple[Record, ...]:
        """The rows that are shown."""
        return self.records[: self.limit]

    @cached_property
    def part(self) -> TablePart:
        """The table as a notebook stores it."""
        fields = [field for field in self.fields if not field.hidden]
        records = [*self.shown_records, *([self.total] if self.total else [])]
        rows = tuple(tuple(field.cell(record) for field in fields) for record in records)
        columns = tuple(field.column for field in fields)
        return TablePart(
            caption=self.caption, columns=columns, rows=rows, total=self.total is not None
        )

    @property
    def frame(self) -> pd.DataFrame:
        """The rows that are shown, as a DataFrame; shares are the nearest float.

        `attrs` has the title, and the units of the columns whose name does not show it.
        """
        rows = [[_plain(f.value(record)) for f in self.fields] for record in self.shown_records]
        frame = pd.DataFrame(rows, columns=[f.name for f in self.fields])
        for name in frame.columns[[isinstance(v, date) for v in rows[0]] if rows else []]:
            frame[name] = pd.to_datetime(frame[name])
        units = {f.name: f.measured_in for f in self.fields if f.measured_in}
        scales = {f.name: _SCALE_WORDS[f.units] for f in self.fields if f.units > 1}
        frame.attrs.update(title=self.caption, units=units, scales=scales)
        return frame

    def chosen(self, choice: SectionChoice) -> SectionTable:
        """The table in another order, with fewer rows, other columns or another unit.

        Raises ReportError, with the nearest name, for a column or a unit that there is not.
        """
        table = self._sorted(choice.sort)._in_unit(choice)._with_columns(choice.chosen_columns)
        if not any(field.running for field in table.fields):
            caption = table.caption.removesuffix(f" {table.running_note}")
            table = replace(table, caption=caption)
        return table if choice.top is None else replace(table, limit=choice.top)

    def _sorted(self, name: str | None) -> SectionTable:
        """Numbers and days from the largest, texts from the first letter; without a value last.

        A column that counts the rows above would be false in another order, and is left out.
        """
        if name is None:
            return self
        fields = tuple(field for field in self.fields if not field.running)
        one_choice("sort", name, [field.name for field in fields])
        known = [record for record in self.records if not is_missing(record[name])]
        is_text = any(isinstance(record[name], str) for record in known)
        key = alphabetical_key if is_text else lambda value: value
        known.sort(key=lambda record: key(record[name]), reverse=not is_text)
        others = [record for record in self.records if is_missing(record[name])]
        return replace(self, fields=fields, records=(*known, *others))

    def _with_columns(self, names: list[str] | None) -> SectionTable:
        if names is None:
            return self
        first, *others = self.fields
        known = [field.name for field in others]
        for name in names:
            one_choice("columns", name, [first.name, *known])
        if not names:
            raise ReportError(f"columns is empty. There are: {', '.join(known)}.")
        shown = [replace(field, hidden=False) for field in others if field.name in names]
        return replace(self, fields=(first, *shown))

    def _in_unit(self, choice: SectionChoice) -> SectionTable:
        units = choice.amount_unit(self.loc.currency)
        if units is None:
            return self
        if not any(field.amount for field in self.fields):
            raise ReportError(
                f"unit is {choice.unit!r}, and the section has no amounts. Leave unit out."
            )
        fields = (f.in_unit(units, self._digits(f, units), self.loc) for f in self.fields)
        return replace(self, fields=tuple(fields))

    def _digits(self, field: TableField, units: int) -> int:
        """The decimals with which no amount of a column reads as nothing."""
        amounts = [abs(r[field.name]) for r in self.records if field.amount and r.get(field.name)]
        digits = 1 if units == MILLION else 0
        while digits < _MOST_DIGITS and any(
            not round_half_up(Fraction(amount, units), Fraction(1, 10**digits))
            for amount in amounts
        ):
            digits += 1
        return digits


def _record_of(row: object, fields: Sequence[TableField]) -> Record:
    if isinstance(row, dict):
        return row
    return {field.name: getattr(row, field.name) for field in fields}


def _plain(value: Any) -> Any:
    """An exact share as the nearest float, for pandas."""
    return float(value) if isinstance(value, Fraction) else value
