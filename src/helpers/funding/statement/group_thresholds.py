"""Thresholds that each county or group has to reach: which are below, and how little is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from helpers.funding.scenarios.call_list import SmallestSet
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.threshold_sets import find_set_for_years, rows_to_measure
from helpers.funding.totals.members.member_count import (
    count_members,
    is_contributor,
    unanswered_by,
)
from helpers.funding.totals.thresholds import ThresholdOutcome, outcome_in_every_year
from helpers.model.settings.threshold_settings import Grouping, Threshold


@dataclass(frozen=True)
class GroupProgress:
    """How far one county or group is from a threshold, and the fewest answers that reach it.

    The outcome is that of the year furthest from it (see thresholds.outcome_in_every_year).
    `smallest_set` is enough in every year; it is None for pledges, whose amounts nobody knows
    beforehand. `unanswered` has the names of the members without an answer.
    """

    name: str
    outcome: ThresholdOutcome
    smallest_set: SmallestSet | None
    unanswered: tuple[str, ...]


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
        return all(group.outcome.attainable for group in self.groups)

    @property
    def attainable_on_conditions(self) -> bool:
        """Whether every group can reach it without a changed answer, if conditions are met."""
        return all(group.outcome.attainable_on_conditions for group in self.groups)


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
    rows_of_years = {
        year: rows[~is_contributor(rows)]
        for year, rows in rows_to_measure(statement, threshold).items()
    }
    for name in sorted(set(statement.on_day.present[column])):
        parts = {year: rows[rows[column] == name] for year, rows in rows_of_years.items()}
        if any(map(len, parts.values())):
            yield _group_progress(statement, threshold, str(name), parts)


def _group_progress(
    statement: Statement, threshold: Threshold, name: str, parts: dict[int, pd.DataFrame]
) -> GroupProgress:
    """The progress in the furthest year; the answers that reach the threshold in every year."""
    pledges, tallies = statement.takes_pledges, {y: count_members(p) for y, p in parts.items()}
    outcome = outcome_in_every_year(threshold, tallies, takes_pledges=pledges)
    smallest = None
    if not threshold.is_of_money or not pledges:
        smallest = find_set_for_years(outcome, parts, tallies)
    rows = parts[outcome.year or min(parts)]
    return GroupProgress(name, outcome, smallest, tuple(unanswered_by(rows, "fee")["name"]))
