"""The calls of a report: each takes what an analyst may choose, and its section gives its data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial, update_wrapper
from typing import Any, Literal, Protocol, cast

import pandas as pd

from helpers.report.analysis.analysis_table import Table, table_about
from helpers.report.analysis.round_tables import PART_UNITS
from helpers.report.section_examples import SECTION_EXAMPLES
from helpers.sections.board.status.comment_block import comment_block
from helpers.sections.components.block import Block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.chosen_section import chosen_section
from helpers.sections.components.tables.section_choice import SectionChoice
from helpers.system.typefaces.drawing_typeface import drawn_in
from helpers.system.typefaces.typeface_chain import typeface_named

AmountUnit = Literal["kronor", "thousands", "millions"]
_OF_MEMBERS = {
    "county",
    "group",
}  # a table whose first column is one of these counts its members
_CHOICES = """

        `sort` is a column of the section's table, the largest first; `top` is the number of rows;
        `columns` are the columns to show; `unit` is that of amounts: kronor (or the round's
        currency), thousands or millions; `title` replaces the sentence above the chart, or the
        table's caption. The table is `.data`, or `.tables[1]` where `.data` is what a chart draws.
        Raises ReportError, with the nearest name, for an unknown one.
        """


class SectionCall(Protocol):
    """The call of a section, as in `report.by_county(sort="members", top=5)`."""

    def __call__(
        self,
        *,
        sort: str | None = None,
        top: int | None = None,
        columns: str | Sequence[str] | None = None,
        unit: AmountUnit | str | None = None,
        title: str | None = None,
    ) -> Block:
        """Return the section with the choices."""


class SectionMethod(Protocol):
    """The call of a section, as a method of a report."""

    def __get__(self, report: object, kind: type | None = None) -> SectionCall:
        """The call of a report."""


def section_call(build: Callable[[Any], Block]) -> SectionMethod:
    """Turn a method that builds a section into its call.

    Its object has the attributes `statement`, `context`, `comments` and `look`, whose typeface the
    drawings are measured in. The method and its arguments are visible to the tab key, as written
    here.
    """

    def section(
        self: Any,
        *,
        sort: str | None = None,
        top: int | None = None,
        columns: str | Sequence[str] | None = None,
        unit: AmountUnit | str | None = None,
        title: str | None = None,
    ) -> Block:
        choice = SectionChoice(sort, top, columns, unit, title)
        look = self.look
        with drawn_in(typeface_named(look.typeface)):
            chosen = chosen_section(build(self), choice)
        found = _with_comments(self, build.__name__, chosen)
        return replace(found, describe=partial(_describe_data, self.context), look=look)

    update_wrapper(section, build)
    vars(section).pop("__wrapped__")  # or the tab key would see no argument
    first, *rest = (build.__doc__ or "").rstrip().split("\n")
    lines = [first + _CHOICES.rstrip(), *rest]
    if build.__name__ in SECTION_EXAMPLES:
        lines += ["", *(f"        {line}" for line in SECTION_EXAMPLES[build.__name__])]
    section.__doc__ = "\n".join(lines)
    return cast(SectionMethod, section)


def _with_comments(report: Any, name: str, section: Block) -> Block:
    """The section with the comments on it below; they stay where the section does not apply."""
    comments = [one for one in report.comments if one.section == name]
    return replace(section, parts=section.parts + comment_block(report.context, comments).parts)


def _describe_data(context: SectionContext, frame: pd.DataFrame) -> Table:
    """A section's DataFrame with the round and day, the unit of each column, and the notice."""
    title, units, scales = (frame.attrs.get(name, {}) for name in ("title", "units", "scales"))
    by_part = PART_UNITS if _OF_MEMBERS & set(frame.columns[:1]) else {}
    own_units, about = {**units, **by_part}, str(title or "Words")
    table = table_about(frame, about, context.statement, own_units, context.loc.language)
    known = table.attrs["units"]
    known.update({name: scale + known[name] for name, scale in scales.items()})
    return table
