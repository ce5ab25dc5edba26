"""Whether the members of each county or group are enough for what every one of them needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from helpers.errors import DataError, Problem
from helpers.model.funding_round import Round
from helpers.model.settings.threshold_settings import Grouping, Threshold


def require_reachable(round_: Round, members: pd.DataFrame, fees: Mapping[str, int]) -> None:
    """Raise DataError for each county or group that could not reach a number if all said yes.

    `members` are all members asked, as load_members has them; `fees` are by code, of the members
    that share the requested amount. Of pledges, an amount can always be reached.
    """
    problems = [
        Problem(
            "round.toml",
            f'{needed} (measure "{threshold.measure}") in every {column} cannot be reached: {name} '
            f"has {most} if all its members say yes.",
            "Lower at_least, or write percent.",
            column="thresholds",
        )
        for threshold, column, needed in _numbers_in_every(round_)
        for name, most in _most_by_group(threshold, column, members, fees).items()
        if most < needed
    ]
    if problems:
        raise DataError(problems)


def _numbers_in_every(round_: Round) -> Iterator[tuple[Threshold, Grouping, int]]:
    """The thresholds of a number in every county or group, with the grouping and the number."""
    for threshold in round_.thresholds:
        pledged = threshold.measure == "amount" and round_.pricing.takes_pledges
        if threshold.in_every and threshold.at_least and not pledged:
            yield threshold, threshold.in_every, threshold.at_least


def _most_by_group(
    threshold: Threshold, column: Grouping, members: pd.DataFrame, fees: Mapping[str, int]
) -> dict[str, int]:
    """What each county or group reaches if all its members say yes, by its name."""
    asked = members
    if "contributor" in members:
        asked = members[~members["contributor"]]
    if threshold.measure == "amount":  # who joins later secures nothing of the requested amount
        asked = asked[asked["code"].isin(list(fees))]
    values = {
        "amount": asked["code"].map(dict(fees)),
        "members": pd.Series(1, asked.index),
        "inhabitants": asked["population"],
    }[threshold.measure]
    return {str(name): sum(part) for name, part in values.groupby(asked[column], sort=True)}
