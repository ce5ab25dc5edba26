"""Narrow the members of a round by county, group, answer and size; every name is checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import pandas as pd

from helpers.errors import ReportError
from helpers.funding.answers.answer_states import CONDITIONAL, LEFT, NO, UNANSWERED, YES
from helpers.funding.statement.round_statement import Statement
from helpers.report.analysis.arguments.call_arguments import (
    optional_whole_number,
    text_list,
    whole_numbers,
)
from helpers.sections.components.tables.known_names import nearest_hint

OneOrMoreNames: TypeAlias = str | Iterable[str]
_ANSWER_NAMES = (YES, NO, UNANSWERED, CONDITIONAL, LEFT)
_EXAMPLES = {"county": "Skåne län", "group": "A1", "decision": UNANSWERED}


@dataclass(frozen=True)
class MemberFilter:
    """The members to include: each name, or list of names, restricts them further.

    `at_least` and `below` are inhabitants, or the round's other fee key; a member on a bound
    belongs to the class above it.
    """

    statement: Statement
    county: OneOrMoreNames | None = None
    group: OneOrMoreNames | None = None
    decision: OneOrMoreNames | None = None
    at_least: int | None = None
    below: int | None = None

    def rows(self) -> pd.DataFrame:
        """The members' rows. Raises ReportError for a name that no member has, or a wrong type."""
        rows = self.statement.on_day.everyone
        chosen = {"county": self.county, "group": self.group, "decision": self.decision}
        for column, names in chosen.items():
            if names is not None:
                rows = self._with_names(rows, column, names)
        at_least = optional_whole_number("at_least", self.at_least)
        below = optional_whole_number("below", self.below)
        if at_least is not None and below is not None and below <= at_least:
            raise ReportError(
                f"at_least is {at_least} and below is {below}, so no member fits both. "
                "Give a larger number as below."
            )
        return within_size(rows, at_least, below)

    def _with_names(self, rows: pd.DataFrame, column: str, names: OneOrMoreNames) -> pd.DataFrame:
        everyone = self.statement.on_day.everyone
        present = set(everyone.get(column, pd.Series(dtype=str)))
        known = sorted(present | set(_ANSWER_NAMES)) if column == "decision" else sorted(present)
        listed = text_list(column, names, _EXAMPLES[column])
        for name in listed:
            if name not in known:
                there_are = ", ".join(known) or "none"
                hint = nearest_hint(name, known)
                raise ReportError(
                    f"No member has the {column} {name!r}. {hint}There are: {there_are}."
                )
        return rows[rows[column].isin(listed)]


def within_size(rows: pd.DataFrame, at_least: int | None, below: int | None) -> pd.DataFrame:
    """Return the members of a size; the lower bound is included, the upper one is not."""
    kept = rows if at_least is None else rows[rows["population"] >= at_least]
    return kept if below is None else kept[kept["population"] < below]


def increasing_bounds(bounds: Iterable[int]) -> list[int]:
    """Return the bounds of classes of size; raises ReportError for classes that overlap."""
    numbers = whole_numbers("bounds", bounds, at_least=1)
    for low, high in pairwise(numbers):
        if high <= low:
            ordered = sorted(set(numbers))
            raise ReportError(
                f"bounds has {high} after {low}, so classes would overlap. Write bounds={ordered}."
            )
    return numbers
