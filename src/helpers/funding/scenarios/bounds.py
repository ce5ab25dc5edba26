"""The least and the most that can be funded, now and after a number of further answers.

These are bounds and never a forecast: they state what the present answers leave open, not what will
happen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from helpers.errors import ReportError
from helpers.funding.totals.members.member_count import further_fees, without_answer
from helpers.funding.totals.shares import Share

FURTHER_ANSWER_COUNTS = (
    1,
    5,
    10,
    20,
)  # further answers; the number of all remaining members follows


@dataclass(frozen=True)
class FundedBounds:
    """The least and the most that can be funded, of `requested`, in whole units a year."""

    low: int
    high: int
    requested: int

    low_share = Share("low", "requested", "The least")
    high_share = Share("high", "requested", "The most")


@dataclass(frozen=True)
class BoundsAfterAnswers:
    """What `answers` more answers can and cannot change, in whole units a year.

    `fees` is the sum of the fees of the `answers` largest members without an answer. `funded`
    bounds what is funded after these answers: all of them no, or all of them yes from the largest
    members. `worst` and `best` bound what can finally be funded if the largest all said no, or all
    said yes.
    """

    answers: int
    fees: int
    funded: FundedBounds
    worst: FundedBounds
    best: FundedBounds


def bounds_now(answers: pd.DataFrame, ceiling: int | None = None) -> FundedBounds:
    """Return the bounds from "no further yes" to "all remaining members say yes for all years".

    `answers` is the frame of member_table.add_secured. A conditional yes is neither funded nor
    unanswered and is in neither bound; the same is true of the years that a yes leaves out.
    `ceiling` is the most that is collected in a year, in whole units, if the round has a ceiling.
    """
    return _bounds_with(answers, _unanswered_fees(answers), ceiling)


def _bounds_with(answers: pd.DataFrame, fees: list[int], ceiling: int | None) -> FundedBounds:
    funded, requested = int(answers["secured"].sum()), int(answers["fee"].sum())
    if ceiling is not None:
        requested = min(requested, ceiling)
    return FundedBounds(funded, min(funded + sum(fees), max(requested, funded)), requested)


def bounds_after(
    answers: pd.DataFrame, count: int, ceiling: int | None = None
) -> BoundsAfterAnswers:
    """Return the bounds after `count` more answers; `answers` as from member_table.add_secured.

    A further yes covers all years. It thus adds its fee to each year, and to the smallest year,
    which counts as funded.

    Raises ReportError if `count` is negative or above the number of members without an answer.
    """
    fees = _unanswered_fees(answers)
    if not 0 <= count <= len(fees):
        raise ReportError(
            f"There cannot be {count} more answers: {len(fees)} members have not answered. "
            f"Give a number from 0 to {len(fees)}."
        )
    return _bounds_after(_bounds_with(answers, fees, ceiling), fees, count)


def _bounds_after(now_bounds: FundedBounds, fees: list[int], count: int) -> BoundsAfterAnswers:
    top = sum(fees[:count])
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
    """Return the bounds after each number of further answers, in order.

    Numbers above the number of members without an answer are left out. By default the numbers are
    1, 5, 10, 20 and all of them; the result is empty if all members have answered.
    """
    fees = _unanswered_fees(answers)
    counts = (*FURTHER_ANSWER_COUNTS, len(fees)) if steps is None else steps
    now_bounds = _bounds_with(answers, fees, ceiling)
    return [
        _bounds_after(now_bounds, fees, count)
        for count in sorted(set(counts))
        if 1 <= count <= len(fees)
    ]


def _unanswered_fees(answers: pd.DataFrame) -> list[int]:
    """Return the fees of the members that have not answered, the largest first."""
    fees: list[int] = further_fees(without_answer(answers)).tolist()
    return sorted(fees, reverse=True)
