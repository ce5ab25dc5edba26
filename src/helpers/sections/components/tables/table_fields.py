"""The columns of a section's table: the name of each in the data, its heading and its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import pandas as pd

from helpers.funding.totals.tally_figures import AMOUNT, AMOUNT_PER_INHABITANT, INHABITANTS, MEMBERS
from helpers.i18n.localizer import Localizer
from helpers.i18n.money_units import NBSP
from helpers.model.localized_text import Language
from helpers.sections.components.parts.section_parts import Align, Column

_NAME_COLUMNS = ("name", "county")  # the columns whose texts come from the list of members
Record = Mapping[str, Any]  # one row: exact values by the name of their column


@dataclass(frozen=True)
class TableField:
    """A column of a table of records.

    `name` is the column's in the data, and `cell` what a reader sees of a record. `unit` is what
    the cells are in, and `measured_in` the unit in the data, where the name alone does not show it.
    An `amount` can be shown in another unit: `units` of currency each. A `hidden` column is in the
    data, and on the page only if it is chosen. A `running` column counts the rows above too, so
    that it is true in the table's own order only. `printed` is the value of a record that the cells
    print, in place of the exact one. `language` is that of the cells where it is not the reader's.
    """

    name: str
    heading: str
    cell: Callable[[Record], str]
    align: Align = "right"
    width: int | None = None
    unit: str = ""
    measured_in: str = ""
    amount: bool = False
    units: int = 1
    hidden: bool = False
    running: bool = False
    printed: str = ""
    language: Language | None = None

    def shown_as(self, cell: Callable[[Record], str]) -> TableField:
        """The column with other cells."""
        return replace(self, cell=cell)

    def printed_from(self, name: str, form: Callable[[Any], str]) -> TableField:
        """The column with another value of the records in its cells, as a rounded amount."""
        return replace(self, printed=name, cell=lambda record: form(record[name]))

    def wide(self, width: int) -> TableField:
        """The column with its share of a wide table's width."""
        return replace(self, width=width)

    def not_shown(self) -> TableField:
        """The column in the data, and on the page only if it is chosen."""
        return replace(self, hidden=True)

    def counted_from_above(self) -> TableField:
        """The column that counts the rows above too; a table in another order leaves it out."""
        return replace(self, running=True)

    @property
    def column(self) -> Column:
        """The column as a notebook stores it."""
        return Column(self.heading, self.align, self.width, self.unit, self.language)

    def value(self, record: Record) -> Any:
        """The value in the data: exact, and in the unit."""
        value = record.get(self.name)
        if value is None or self.units == 1:
            return value
        return Fraction(value) / self.units

    def in_unit(self, units: int, digits: int, loc: Localizer) -> TableField:
        """The column of amounts in thousands or millions, with a number of decimals."""
        if not self.amount or units == self.units:
            return self
        one, many = (unit_word(loc, size) for size in (1, units))
        own_unit = rf"(?i)\b{re.escape(one)}(?!\w)"
        in_cells = not re.search(own_unit, self.heading)

        def cell(record: Record) -> str:
            if is_missing(record[self.name]):
                return self.cell(record)
            amount = Fraction(record[self.printed or self.name])
            number = loc.decimals(amount / units, digits if amount else 0)
            words = loc.with_unit(number, units)
            return words if in_cells else number

        heading = re.sub(own_unit, _with_case(many), self.heading, count=1)
        return replace(self, heading=heading, cell=cell, unit=many, units=units)


def is_missing(value: object) -> bool:
    """Whether a record has no value of a column."""
    return value is None or value is pd.NaT


def unit_word(loc: Localizer, units: int) -> str:
    """The word for a unit of money: kr, tkr, mnkr; SEK, SEK thousand."""
    words = loc.with_unit("", units).split(NBSP)
    return NBSP.join(filter(None, words))


def _with_case(word: str) -> Callable[[re.Match[str]], str]:
    """What replaces a word at the beginning of a heading and within it."""
    return lambda match: word[0].upper() + word[1:] if match[0][0].isupper() else word


@dataclass(frozen=True)
class FieldMaker:
    """Makes the usual columns in one language: text, days, counts, amounts, shares and prices."""

    loc: Localizer

    def text(self, name: str, heading: str, words: Mapping[Any, str] | None = None) -> TableField:
        """A text, or the words for it."""
        known = words or {}

        def cell(record: Record) -> str:
            return known.get(record[name], str(record[name]))

        language = self.loc.foreign_language if name in _NAME_COLUMNS and not known else None
        return TableField(name, heading, cell, "left", measured_in="text", language=language)

    def day(self, name: str, heading: str) -> TableField:
        """A day in words; blank where there is none."""

        def cell(record: Record) -> str:
            return "" if is_missing(record[name]) else self.loc.date(record[name])

        return TableField(name, heading, cell, "left", measured_in="date (YYYY-MM-DD)")

    def count(self, name: str, heading: str, measured_in: str, unit: str = "") -> TableField:
        """A number of something; `unit` is in the reader's words."""
        cell = self._cell(name, self.loc.count)
        return TableField(name, heading, cell, unit=unit, measured_in=measured_in)

    def count_with_share(self, name: str, heading: str, measured_in: str) -> TableField:
        """A number and its share in the column `<name>_share`, blank where a row has none."""

        def cell(record: Record) -> str:
            if name not in record:
                return ""
            share = self.loc.percent(record[f"{name}_share"])
            return f"{self.loc.count(record[name])} ({share})"

        return self.count(name, heading, measured_in).shown_as(cell)

    def members(self, name: str, heading: str) -> TableField:
        """A number of members."""
        return self.count(name, heading, MEMBERS, self.loc("kommuner"))

    def inhabitants(self, name: str, heading: str) -> TableField:
        """A number of inhabitants."""
        return self.count(name, heading, INHABITANTS, self.loc("invånare"))

    def amount(self, name: str, heading: str, measured_in: str = AMOUNT) -> TableField:
        """An amount whose heading states the unit."""
        return self._money(name, heading, measured_in, self.loc.count)

    def signed_amount(self, name: str, heading: str) -> TableField:
        """A difference of amounts, with its sign, whose heading states the unit."""
        return self._money(name, heading, AMOUNT, self.loc.signed)

    def money(self, name: str, heading: str, measured_in: str = AMOUNT) -> TableField:
        """An amount whose cells state the unit."""
        return self._money(name, heading, measured_in, self.loc.money)

    def cents(self, name: str, heading: str, digits: int) -> TableField:
        """An exact amount with a number of decimals, whose heading states the unit."""
        return self._money(
            name, heading, "{currency}", lambda value: self.loc.decimals(Fraction(value), digits)
        )

    def share(
        self, name: str, heading: str, of: str, digits: int = 0, missing: str = ""
    ) -> TableField:
        """A share of a whole, in percent; `missing` is shown where there is none."""
        cell = self._cell(name, lambda value: self.loc.percent(value, digits), missing)
        return TableField(name, heading, cell, unit="%", measured_in=f"share of {of}")

    def price(self, name: str, heading: str, digits: int | None = None) -> TableField:
        """A price per inhabitant, without its unit, by default with the decimals that it needs."""
        form = self.loc.unitless_price
        if digits is not None:
            form = partial(self.loc.decimals, digits=digits)
        cell = self._cell(name, form, "–")
        unit = unit_word(self.loc, 1)
        return TableField(name, heading, cell, unit=unit, measured_in=AMOUNT_PER_INHABITANT)

    def _money(
        self, name: str, heading: str, measured_in: str, form: Callable[[Any], str]
    ) -> TableField:
        cell, unit = self._cell(name, form), unit_word(self.loc, 1)
        return TableField(name, heading, cell, unit=unit, measured_in=measured_in, amount=True)

    def _cell(
        self, name: str, form: Callable[[Any], str], missing: str = "–"
    ) -> Callable[[Record], str]:
        """How a value is shown; `missing` where there is none, or '' if `form` shows that too."""
        return lambda record: missing if missing and record[name] is None else form(record[name])
