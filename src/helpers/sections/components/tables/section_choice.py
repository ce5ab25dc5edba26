"""What an analyst may choose of a section: order, number of rows, columns, unit and title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.errors import ReportError
from helpers.i18n.money_units import MILLION
from helpers.model.currency import SEK
from helpers.sections.components.tables.known_names import one_choice


@dataclass(frozen=True)
class SectionChoice:
    """The choices as they were passed; None where the section decides.

    `sort` is a column of the section's data, `columns` are those to show, in the order of the
    table, `top` is the number of rows, `unit` that of amounts, and `title` replaces the finding
    above the chart, or the table's caption. Raises ReportError for a value that cannot be.
    """

    sort: str | None = None
    top: int | None = None
    columns: str | Sequence[str] | None = None
    unit: str | None = None
    title: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.title, str | None):
            raise ReportError(
                f"title is {self.title!r}. Give a text: the sentence above the chart or the table."
            )
        top = self.top
        if top is not None and (not isinstance(top, int) or isinstance(top, bool) or top < 1):
            raise ReportError(f"top is {top!r}. Give how many rows to show: 1, 2, 3 …")

    @property
    def is_blank(self) -> bool:
        """Whether the section decides everything."""
        return self == DEFAULT_CHOICE

    @property
    def chosen_columns(self) -> list[str] | None:
        """The names of the columns to show."""
        columns = self.columns
        return [columns] if isinstance(columns, str) else None if columns is None else [*columns]

    def amount_unit(self, currency: str) -> int | None:
        """How many units of currency an amount is shown in: 1, a thousand or a million."""
        if self.unit is None:
            return None
        units = {"kronor" if currency == SEK else currency: 1, "thousands": 1000}
        units["millions"] = MILLION
        return units[one_choice("unit", self.unit, units)]


DEFAULT_CHOICE = SectionChoice()
