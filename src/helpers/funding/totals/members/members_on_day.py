"""The members of a round on a day: what each secures, who has left and who has joined."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.funding.answers.answer_states import LEFT, UNANSWERED
from helpers.funding.totals.members.member_count import is_contributor
from helpers.funding.totals.tally import Tally
from helpers.pricing import Prices
from helpers.pricing.decimals import ExactNumber, whole_or_fraction


@dataclass(frozen=True)
class MembersOnDay:
    """The members of a round with their answers on a day.

    `answers` has one row for each member that shares the requested amount (see
    member_table.add_secured), also for members that left after the base day, whose decision is
    `left`; `by_year` what they secure in each year. `joiners` has the same columns for members that
    joined after the base day, `joined_by_year` what these secure outside the requested amount, and
    `joiner_prices` their fees. `secured` has what the yes of each member secures, with a gift above
    the fee, and `due` what it owes if it says yes, by year and code. `tally_by_year` counts each
    year's money. `left_members`, `leaving_members` and `joined_members` are rows of the members'
    file: who has left since the base day, leaves within the round's years, or has joined and not
    left.
    """

    answers: pd.DataFrame
    by_year: dict[int, int]
    joiners: pd.DataFrame
    joined_by_year: dict[int, int]
    joiner_prices: Prices
    secured: dict[int, dict[str, int]]
    due: dict[int, dict[str, int]]
    tally_by_year: dict[int, Tally]
    left_members: pd.DataFrame
    leaving_members: pd.DataFrame
    joined_members: pd.DataFrame

    @cached_property
    def everyone(self) -> pd.DataFrame:
        """All rows, by code, as member_count.count_members takes them."""
        return with_joiners(self.answers, self.joiners)

    @cached_property
    def present(self) -> pd.DataFrame:
        """The rows of the members on the day, by code."""
        rows = self.everyone
        return rows[rows["decision"] != LEFT].reset_index(drop=True) if self.any_change else rows

    @cached_property
    def addressed(self) -> pd.DataFrame:
        """The recipients of letters: all but contributors that have not answered."""
        rows = self.present
        return rows[~(is_contributor(rows) & (rows["decision"] == UNANSWERED))]

    @cached_property
    def addressed_names(self) -> dict[str, str]:
        """The names of the recipients of letters, by code."""
        rows = self.addressed
        return dict(zip(rows["code"].tolist(), rows["name"].tolist(), strict=True))

    @cached_property
    def keys(self) -> dict[str, ExactNumber]:
        """What each member's weight is computed from, such as its population, by code."""
        rows = self.everyone
        keys = map(whole_or_fraction, rows["population"].tolist())
        return dict(zip(rows["code"].tolist(), keys, strict=True))

    @property
    def any_change(self) -> bool:
        """Whether a member has left, is known to leave, or has joined since the base day."""
        return any(map(len, (self.left_members, self.leaving_members, self.joined_members)))


def with_joiners(answers: pd.DataFrame, joiners: pd.DataFrame) -> pd.DataFrame:
    """Both in one frame, by code; without joiners the first.

    `joined` says who joined later; these secure nothing of the requested amount, and what they
    secure outside of it is `secured_outside`.
    """
    if joiners.empty:
        return answers
    outside = joiners.assign(joined=True, secured_outside=joiners["secured"], secured=0)
    rows = pd.concat([answers.assign(joined=False, secured_outside=0), outside])
    return rows.sort_values("code", ignore_index=True)
