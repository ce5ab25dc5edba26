"""The fewest answers that reach a threshold, in every year of the round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from helpers.funding.scenarios.call_list import Measure, SmallestSet, find_smallest_set
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_count import further_fees
from helpers.funding.totals.members.member_table import secured_by_year, with_year
from helpers.funding.totals.tally import Tally
from helpers.funding.totals.thresholds import ThresholdOutcome, threshold_outcome
from helpers.model.settings.threshold_settings import Threshold


def smallest_sets(statement: Statement) -> list[SmallestSet]:
    """For each threshold of all members, the fewest members without an answer that reach it.

    An amount is reached in every year. [] for pledges, whose amounts nobody knows beforehand.
    """
    if statement.takes_pledges:
        return []
    tallies, reserves = statement.on_day.tally_by_year, statement.round.contingency_by_year
    return [
        find_set_for_years(outcome, rows, tallies, statement.ceiling, reserves)
        for outcome in statement.thresholds
        for rows in [rows_to_measure(statement, outcome.threshold)]
    ]


def rows_to_measure(statement: Statement, threshold: Threshold) -> dict[int, pd.DataFrame]:
    """The members with the money of each year, if it is measured; else one frame of all members.

    Later joiners are in the latter alone: they secure nothing of what is requested.
    """
    round_, on_day = statement.round, statement.on_day
    if not threshold.is_of_money:
        return {statement.least_year: on_day.everyone}
    return {
        year: with_year(round_, on_day.answers, year, secured)
        for year, secured in sorted(secured_by_year(round_, on_day.answers).items())
    }


def find_set_for_years(
    outcome: ThresholdOutcome,
    rows_of_years: Mapping[int, pd.DataFrame],
    tallies: Mapping[int, Tally],
    ceiling: int | None = None,
    reserves: Mapping[int, int] | None = None,
) -> SmallestSet:
    """Return the fewest members whose yes reaches a threshold in every year.

    Its numbers are those of the outcome's year. The members that are enough in the year that needs
    most of them usually are in the others; where they are not, as the order of the fees is another
    one there, those of the other years are added, which is enough and may not be the fewest.
    """
    threshold, reserves = outcome.threshold, reserves or {}
    measure: Measure = "amount" if threshold.measure == "planned-costs" else threshold.measure
    sets = {
        year: find_smallest_set(
            rows,
            measure,
            threshold_outcome(threshold, tallies[year], reserve=reserves.get(year, 0)).needed,
            ceiling=ceiling,
        )
        for year, rows in rows_of_years.items()
    }
    own = sets[outcome.year if outcome.year in sets else min(sets)]
    if not all(found.attainable for found in sets.values()):
        return replace(own, replies=(), others_would_do=False)
    most = max(sets.values(), key=lambda found: len(found.replies))
    codes = {reply.code for reply in most.replies}
    if all(_is_enough(codes, rows_of_years[year], found) for year, found in sets.items()):
        return replace(own, replies=most.replies, others_would_do=most.others_would_do)
    replies = {reply.code: reply for found in sets.values() for reply in found.replies}
    return replace(own, replies=tuple(replies.values()), others_would_do=True)


def _is_enough(codes: set[str], rows: pd.DataFrame, found: SmallestSet) -> bool:
    """Whether a yes of these members reaches the amount in a year, below its ceiling at least."""
    if found.measure != "amount":
        return True
    return found.reached + int(further_fees(rows[rows["code"].isin(codes)]).sum()) >= found.needed
