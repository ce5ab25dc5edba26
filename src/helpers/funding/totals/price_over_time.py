"""The amounts of each day of a round; of a shared cost, at the prices of that day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from helpers.funding.answers.answer_states import CONDITIONAL, UNANSWERED, YES, covers_year
from helpers.funding.answers.counted_years import counted_year
from helpers.funding.answers.counting import (
    answers_over_time,
    apply_answer_rules,
    rows_taking_effect,
)
from helpers.funding.totals.members.member_prices import PricesIfJoined
from helpers.funding.totals.shared_price import sum_paid_if_joined
from helpers.model.funding_round import Round


def answers_over_time_priced(
    rows: pd.DataFrame,
    due: pd.DataFrame,
    round_: Round,
    prices_if_joined: PricesIfJoined,
    last: date,
) -> pd.DataFrame:
    """Return the frame of counting.answers_over_time, with each day's amounts at its own price."""
    frame = answers_over_time(rows, due, round_, last)
    if not round_.pricing.depends_on_joined:
        return frame
    effects = apply_answer_rules(rows_taking_effect(rows), round_.answers)
    by_day = dict(iter(effects.groupby("received_on")))
    cost, so_far, amounts = _CostOfDays(round_, due, prices_if_joined), effects.head(0), []
    for day in frame["day"]:
        if day in by_day:
            so_far = pd.concat([so_far, by_day[day]]).drop_duplicates("code", keep="last")
        amounts.append(cost.funded_and_declined(day, so_far))
    funded, declined = zip(*amounts, strict=True)
    return frame.assign(funded=funded, declined=declined)


@dataclass(frozen=True)
class _CostOfDays:
    """A shared cost on any day; `due` has first_day and last_day of each member by its code.

    The cost of a year is shared as shares_of_years.with_shares_of_years shares it, also by members
    that have left since, so that the last day has the amounts of the count.
    """

    round: Round
    due: pd.DataFrame
    prices_if_joined: PricesIfJoined

    def funded_and_declined(self, day: pd.Timestamp, answers: pd.DataFrame) -> tuple[int, int]:
        """The amounts of a day in the year that is counted; `answers` has one row a member.

        `declined` is as in shared_price.count_sharing_members.
        """
        here = self._members_between(day, day)
        yes = answers[answers["decision"] == YES]
        yes = yes[yes["code"].isin(self._members_between(first=None, last=day))]
        covering = {y: set(yes["code"][covers_year(yes["years"], y)]) for y in self.round.years}
        inside = {year: set(yes["code"]) & own for year, own in self._members_by_year.items()}
        sums = {year: self._paid(inside[year], covering[year]) for year in self.round.years}
        least = counted_year(self.round, sums)
        sharing = inside[least] & (here | covering[least])
        decisions = dict(zip(answers["code"], answers["decision"], strict=True))
        undecided = {c for c in here if decisions.get(c, UNANSWERED) in (UNANSWERED, CONDITIONAL)}
        paid_if_willing_join = sum_paid_if_joined(self.prices_if_joined, sharing | undecided)
        return sums[least], self.round.requested - paid_if_willing_join

    def _paid(self, joined: Collection[str], paying: Collection[str]) -> int:
        fees = self.prices_if_joined(joined).fees
        return sum(fees[code] for code in set(joined) & set(paying))

    @cached_property
    def _members_by_year(self) -> dict[int, set[str]]:
        return {
            year: self._members_between(pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31))
            for year in self.round.years
        }

    def _members_between(self, first: pd.Timestamp | None, last: pd.Timestamp) -> set[str]:
        """The members on some day from the first (None: any) to the last."""
        members = ~(self.due["first_day"] > last)
        if first is not None:
            members &= ~(self.due["last_day"] < first)
        return set(self.due.index[members])
