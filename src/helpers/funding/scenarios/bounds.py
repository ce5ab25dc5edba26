"""The least and the most that can be funded, now and after a number of further answers.

Bounds, never a forecast: they say what the answers given still leave open, not what will come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from helpers.errors import ReportError
from helpers.funding.totals.member_table import further_fees, unanswered_by
from helpers.funding.totals.shares import Share

FURTHER_ANSWER_COUNTS = (1, 5, 10, 20)  # more answers; that of all who are silent comes last


@dataclass(frozen=True)
class FundedBounds:
    """The least and the most that can be funded, whole units a year, of the requested amount."""

    low: int
    high: int
    requested: int

    low_share = Share("low", "requested", "The least")
    high_share = Share("high", "requested", "The most")


@dataclass(frozen=True)
class BoundsAfterAnswers:
    """What `answers` more answers can and cannot change, whole units a year.

    `fees` are those of the largest silent members, as many as there are answers. `funded` bounds
    what is funded once they have come: all no, or all yes from the largest. `worst` and `best`
    bound what can be funded in the end, when the largest have all said no, or all said yes.
    """

    answers: int
    fees: int
    funded: FundedBounds
    worst: FundedBounds
    best: FundedBounds


def bounds_now(answers: pd.DataFrame, ceiling: int | None = None) -> FundedBounds:
    """All who are silent say no, up to all of them say yes, for all years.

    `answers` as member_table.add_secured has them. A yes on a condition is neither funded nor
    silent: it stands apart and is in neither bound, nor are the years that a yes leaves out.
    `ceiling` is the most that is collected, where the round has such a ceiling.
    """
    funded, requested = int(answers["secured"].sum()), int(answers["fee"].sum())
    if ceiling is not None:
        requested = min(requested, ceiling)
    return FundedBounds(
        funded, min(funded + sum(_unanswered_fees(answers)), max(requested, funded)), requested
    )


def bounds_after(
    answers: pd.DataFrame, count: int, ceiling: int | None = None
) -> BoundsAfterAnswers:
    """The bounds after `count` more answers; `answers` as member_table.add_secured has them.

    A silent member's yes covers all years, so it adds its fee to each of them, and to the smallest
    of them, which is what counts as funded.

    Raises ReportError if `count` is below zero or above the number of silent members.
    """
    fees = _unanswered_fees(answers)
    if not 0 <= count <= len(fees):
        raise ReportError(
            f"There cannot be {count} more answers: {len(fees)} members have not answered. "
            f"Give a number from 0 to {len(fees)}."
        )
    top, now_bounds = sum(fees[:count]), bounds_now(answers, ceiling)
    low, high, requested = now_bounds.low, now_bounds.high, now_bounds.requested
    with_top = min(low + top, high)
    return BoundsAfterAnswers(
        answers=count,
        fees=top,
        funded=FundedBounds(low, with_top, requested),
        worst=FundedBounds(low, min(low + sum(fees[count:]), high), requested),
        best=FundedBounds(with_top, high, requested),
    )


def bounds_after_each(
    answers: pd.DataFrame, steps: Iterable[int] | None = None, ceiling: int | None = None
) -> list[BoundsAfterAnswers]:
    """The bounds after each number of more answers, in order; those beyond the silent left out.

    By default 1, 5, 10, 20 and all who are silent; none where all have answered.
    """
    unanswered = len(_unanswered_fees(answers))
    counts = (*FURTHER_ANSWER_COUNTS, unanswered) if steps is None else steps
    return [
        bounds_after(answers, count, ceiling)
        for count in sorted(set(counts))
        if 1 <= count <= unanswered
    ]


def _unanswered_fees(answers: pd.DataFrame) -> list[int]:
    """The fees of the members that have not answered, the largest first."""
    fees: list[int] = further_fees(unanswered_by(answers, "fee")).tolist()
    return sorted(fees, reverse=True)
