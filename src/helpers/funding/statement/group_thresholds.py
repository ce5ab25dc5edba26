"""Thresholds that each county or group has to reach: which are below, and how little is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from helpers.funding.scenarios.call_list import SmallestSet, find_smallest_set
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_count import (
    count_members,
    is_contributor,
    unanswered_by,
)
from helpers.funding.totals.members.member_table import secured_by_year, with_year
from helpers.funding.totals.thresholds import ThresholdOutcome, threshold_outcome
from helpers.model.settings.threshold_settings import Grouping, Threshold
from helpers.pricing.decimals import ExactNumber


@dataclass(frozen=True)
class GroupProgress:
    """How far one county or group is from a threshold, and the fewest answers that reach it.

    An amount is that of `year`, the year in which the group lacks most (the first of equal years),
    but of a year in which the threshold cannot be reached, if there is any. `smallest_set` is
    enough in every year; it is None for pledges, whose amounts nobody knows beforehand.
    `unanswered` has the names of the members without an answer.
    """

    name: str
    outcome: ThresholdOutcome
    year: int | None
    smallest_set: SmallestSet | None
    unanswered: tuple[str, ...]

    @property
    def attainable(self) -> bool:
        """Whether it is reached, or can be if members without an answer say yes."""
        unknown = self.smallest_set is None and bool(self.unanswered)
        return self.outcome.attainable or unknown

    @property
    def attainable_on_conditions(self) -> bool:
        """Whether it can be reached without a changed answer, if conditions are met."""
        return self.attainable or self.outcome.attainable_on_conditions


@dataclass(frozen=True)
class GroupThresholdOutcome:
    """One threshold that every county or group has to reach, and how far each has come."""

    threshold: Threshold
    in_every: Grouping
    groups: tuple[GroupProgress, ...]

    @property
    def below(self) -> list[GroupProgress]:
        """The groups below the threshold, the largest shortfall first; equal ones by name."""
        lacking = [group for group in self.groups if not group.outcome.met]
        return sorted(lacking, key=lambda group: (-group.outcome.shortfall, group.name))

    @property
    def met(self) -> bool:
        """Whether every group reaches it."""
        return not self.below

    @property
    def attainable(self) -> bool:
        """Whether every group reaches it, or can if members without an answer say yes."""
        return all(group.attainable for group in self.groups)

    @property
    def attainable_on_conditions(self) -> bool:
        """Whether every group can reach it without a changed answer, if conditions are met."""
        return all(group.attainable_on_conditions for group in self.groups)


def group_threshold_outcomes(statement: Statement) -> list[GroupThresholdOutcome]:
    """The thresholds of each county or group that were known on the day.

    A group without a member on the day has nobody to ask and is left out; contributors outside the
    members are in none.
    """
    return [
        GroupThresholdOutcome(threshold, threshold.in_every, tuple(_progress(statement, threshold)))
        for threshold in statement.round.known_thresholds(statement.known_on)
        if threshold.in_every is not None
    ]


def _progress(statement: Statement, threshold: Threshold) -> Iterator[GroupProgress]:
    column = str(threshold.in_every)
    years: list[int | None] = [None]
    if threshold.measure == "amount":
        years = [*statement.by_year] if statement.years_differ else [statement.least_year]
    rows_of_years = {year: _asked_in(statement, year) for year in years}
    for name in sorted(set(statement.on_day.present[column])):
        parts = {year: rows[rows[column] == name] for year, rows in rows_of_years.items()}
        if any(map(len, parts.values())):
            yield _group_progress(statement, threshold, str(name), parts)


def _group_progress(
    statement: Statement, threshold: Threshold, name: str, parts: dict[int | None, pd.DataFrame]
) -> GroupProgress:
    """The progress in the worst year; the answers that reach the threshold in every year."""
    outcomes = {y: threshold_outcome(threshold, count_members(part)) for y, part in parts.items()}
    year = max(outcomes, key=lambda y: (*_distance(outcomes[y]), -(y or 0)))
    smallest = None
    if threshold.measure != "amount" or not statement.takes_pledges:
        sets = [
            find_smallest_set(part, threshold.measure, outcomes[y].needed)
            for y, part in parts.items()
        ]
        smallest = max(sets, key=lambda found: len(found.replies))
    names = tuple(unanswered_by(parts[year], "fee")["name"])
    return GroupProgress(name, outcomes[year], year, smallest, names)


def _distance(outcome: ThresholdOutcome) -> tuple[bool, ExactNumber]:
    return not outcome.attainable, outcome.needed - outcome.reached


def _asked_in(statement: Statement, year: int | None) -> pd.DataFrame:
    """The members with the money of a year; later joiners secure nothing of what is requested."""
    round_, on_day = statement.round, statement.on_day
    if year is None:
        rows = on_day.everyone
    else:
        secured = secured_by_year(round_, on_day.answers)[year]
        rows = with_year(round_, on_day.answers, year, secured)
    return rows[~is_contributor(rows)]
