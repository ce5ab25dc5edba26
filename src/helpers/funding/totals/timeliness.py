"""The members by the period of their first answer: in time, late, or not yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pandas as pd

from helpers.funding.totals.members.member_count import count_members
from helpers.funding.totals.tally import Tally


@dataclass(frozen=True)
class AnswerPeriod:
    """The members whose first answer came after one day and no later than another.

    `after` is None for the first period, `until` is None for answers after the last reply date, and
    both are None for members without an answer. `joined`: members that joined after the last reply
    date and have answered; they are in no other period. The tally counts the present answers.
    """

    after: date | None
    until: date | None
    answered: bool
    tally: Tally
    joined: bool = False


def answer_periods(answers: pd.DataFrame, reply_dates: list[date]) -> list[AnswerPeriod]:
    """Return the members by period of their first answer, those without one last.

    `answers` has first_received_on (datetime64, NaT if unanswered) and the columns for
    member_count.count_members. `reply_dates` are the passed reply dates, in order. Empty periods
    are included, except that of members that joined after the last reply date.
    """
    first, joined = answers["first_received_on"], _joined_after(answers, reply_dates)
    edges = [None, *reply_dates, None]
    found = [
        AnswerPeriod(
            after, until, True, count_members(answers[_is_in_period(first, after, until) & ~joined])
        )
        for after, until in pairwise(edges)
    ]
    if (joined & first.notna()).any():
        tally = count_members(answers[joined & first.notna()])
        found.append(AnswerPeriod(max(reply_dates), None, True, tally, joined=True))
    return [*found, AnswerPeriod(None, None, False, count_members(answers[first.isna()]))]


def _joined_after(answers: pd.DataFrame, reply_dates: list[date]) -> pd.Series[bool]:
    """Who could not answer by the last reply date, because it was not a member yet."""
    if not reply_dates or "valid_from" not in answers:
        return pd.Series(False, index=answers.index)
    return answers["valid_from"] > pd.Timestamp(max(reply_dates))


def _is_in_period(
    days: pd.Series[pd.Timestamp], after: date | None, until: date | None
) -> pd.Series[bool]:
    inside = days.notna()
    if after is not None:
        inside &= days > pd.Timestamp(after)
    if until is not None:
        inside &= days <= pd.Timestamp(until)
    return inside
