"""Everything that a report states about a round on a day, computed once, in one object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, cast

import pandas as pd

from helpers.funding.answers.counted_years import counted_year
from helpers.funding.answers.counting import first_day_reaching
from helpers.funding.answers.data_quality import DataQuality
from helpers.funding.answers.key_dates import passed_deadlines
from helpers.funding.scenarios.alternatives import (
    FewerYears,
    Reserve,
    SmallerBudget,
    fewer_years,
    needed_reserve,
    smaller_budget,
)
from helpers.funding.scenarios.bounds import BoundsAfterAnswers, bounds_after_each
from helpers.funding.scenarios.call_list import CallListEntry, build_call_list
from helpers.funding.scenarios.gap_sharing import GapSharing, share_gap_by_rules
from helpers.funding.statement.fee_sharing import FeeSharing
from helpers.funding.totals.concentration import Payer, largest_payers, share_of_largest_outside
from helpers.funding.totals.members.member_prices import PricesIfJoined
from helpers.funding.totals.members.member_table import promised_by_year
from helpers.funding.totals.members.members_on_day import MembersOnDay
from helpers.funding.totals.reconciliation import ReconciliationLine
from helpers.funding.totals.shared_price import SharedPrice, compute_shared_price
from helpers.funding.totals.tally import Tally
from helpers.funding.totals.thresholds import ThresholdOutcome, outcome_in_every_year
from helpers.funding.totals.timeliness import AnswerPeriod, answer_periods
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import Assumption, Event
from helpers.model.what_if import WhatIf
from helpers.pricing import Prices


@dataclass(frozen=True)
class HeadlineShare:
    """The share that sums a round up: of the requested amount, or of all members' inhabitants."""

    share: Fraction | None
    of: Literal["amount", "inhabitants"]


@dataclass(frozen=True)
class Statement:
    """A round as of a day, with the knowledge of a day; amounts in whole currency units a year.

    `answers` has a row for each member that shares the requested amount (see build_member_table),
    `on_day` also the later joiners, `over_time` one per day (see counting.answers_over_time).
    `milestones` has the count on the day the round began, on each passed deadline, and on the day
    itself. `prices` are those of the day; `prices_if_joined` returns those for any others that
    join. `reconstructed` is true if any answer is not the member's own. `what_if` is what was
    supposed, if this is not the state of the round.
    """

    round: Round
    as_of: date
    known_on: date
    total: Tally
    by_year: dict[int, int]
    by_county: dict[str, Tally]
    by_group: dict[str, Tally]
    answers: pd.DataFrame
    on_day: MembersOnDay
    over_time: pd.DataFrame
    milestones: dict[date, Tally]
    prices: Prices
    prices_if_joined: PricesIfJoined
    reconciliation: list[ReconciliationLine]
    quality: DataQuality
    reconstructed: bool
    future: bool = False
    what_if: WhatIf | None = None

    @property
    def requested_all_years(self) -> int:
        """The requested amount over all the round's years."""
        return self.round.requested_all_years

    @property
    def funded_all_years(self) -> int:
        """The funded amount over all the round's years."""
        return sum(self.by_year.values())

    @property
    def years_differ(self) -> bool:
        """Whether the years differ: in what is secured or requested, or in a shared cost's fees."""
        sums = self.by_year.values() if self.fees_are_additive else self.on_day.secured.values()
        return any(one != next(iter(sums)) for one in sums) or bool(self.round.requested_of_years)

    @property
    def least_year(self) -> int:
        """The year whose secured amount is `total.funded`."""
        return counted_year(self.round, self.by_year)

    @property
    def gap_all_years(self) -> int:
        """What is missing over all the round's years."""
        requested = self.round.requested_in
        return sum(max(requested(year) - had, 0) for year, had in self.by_year.items())

    @property
    def ceiling(self) -> int | None:
        """The most that is collected in a year, if the round has such a ceiling."""
        return self.round.pricing.collection_ceiling

    @cached_property
    def ceiling_lowers_fees(self) -> bool:
        """Whether the fees of the members that said yes exceed the ceiling in some year."""
        if self.ceiling is None:
            return False
        promised = promised_by_year(self.round, self.answers)
        return any(fees.sum() > self.ceiling for fees in promised.values())

    @property
    def funded_peak(self) -> int:
        """The most that was funded on any day; more than now if a yes was withdrawn."""
        return int(self.over_time["funded"].max())

    @property
    def funded_peak_on(self) -> date:
        """The first day on which `funded_peak` was reached."""
        return first_day_reaching(self.over_time, self.funded_peak) or self.as_of

    @property
    def deadlines(self) -> list[Event]:
        """The reply dates that were known on the day, in order."""
        return self.round.known_events("deadline", self.known_on)

    @property
    def passed_deadlines(self) -> list[date]:
        """The reply dates that have passed, in order."""
        return passed_deadlines(self.round, self.as_of, self.known_on)

    @property
    def assumptions(self) -> list[Assumption]:
        """The assumptions that could be stated on the day."""
        return [a for a in self.round.assumptions if a.known_from <= self.known_on]

    @cached_property
    def price(self) -> SharedPrice | None:
        """The price per inhabitant of a shared cost; None for other rules."""
        return compute_shared_price(self.round, self.answers, self.prices_if_joined)

    @property
    def has_counties(self) -> bool:
        """Whether any member has a county."""
        return set(self.by_county) != {""}

    @property
    def takes_pledges(self) -> bool:
        """Whether members state their amounts, so that nobody has a fee."""
        return self.round.pricing.takes_pledges

    @property
    def fees_are_additive(self) -> bool:
        """Whether fees can be summed; false if what each member pays depends on who joins."""
        return self.price is None

    @property
    def headline_share(self) -> HeadlineShare:
        """The share that sums the round up: funded, or inhabitants of a shared cost."""
        if self.fees_are_additive:
            return HeadlineShare(self.total.funded_share, "amount")
        return HeadlineShare(self.total.yes_population_share, "inhabitants")

    @cached_property
    def periods(self) -> list[AnswerPeriod]:
        """The members by the period of their first answer."""
        return answer_periods(self.on_day.everyone, self.passed_deadlines)

    @cached_property
    def largest(self) -> list[Payer]:
        """The largest payers, the largest first."""
        return largest_payers(self.round, self.answers)

    @property
    def largest_outside_share(self) -> Fraction | None:
        """The share of the ten largest in the fees (or inhabitants) of members without a yes."""
        column = "fee" if self.fees_are_additive else "population"
        return share_of_largest_outside(self.answers, column)

    @cached_property
    def thresholds(self) -> list[ThresholdOutcome]:
        """The thresholds of all members that were known on the day, and how far each is reached."""
        by_year, reserves = self.on_day.tally_by_year, self.round.contingency_by_year
        pledges = self.takes_pledges
        return [
            outcome_in_every_year(threshold, by_year, takes_pledges=pledges, reserves=reserves)
            for threshold in self.round.known_thresholds(self.known_on)
            if threshold.in_every is None
        ]

    @cached_property
    def after_more_answers(self) -> list[BoundsAfterAnswers]:
        """The bounds after 1, 5, 10, 20 and all further answers; [] where no fee is known."""
        if not self.fees_are_additive or self.takes_pledges:
            return []
        return bounds_after_each(self.answers, ceiling=self.ceiling)

    @cached_property
    def call_list(self) -> list[CallListEntry]:
        """The members without an answer, the largest fee (or population, see shared_cost) first."""
        return build_call_list(self.answers, ceiling=self.ceiling)

    @cached_property
    def gap_sharing(self) -> GapSharing | None:
        """The fees if the members that said yes for all years shared the gap; None if none has."""
        if not self.fees_are_additive:
            return None
        return share_gap_by_rules(self.round, self.answers, self.prices)

    @cached_property
    def fee_sharing(self) -> FeeSharing:
        """The weights of the members, and what is shared by them."""
        return FeeSharing(self.round, self.prices, self.on_day)

    @property
    def smaller_budget(self) -> SmallerBudget:
        """A plan with the funded amount as its budget."""
        return smaller_budget(self.round, self.by_year)

    @property
    def fewer_years(self) -> FewerYears:
        """The number of whole years that the funded amount pays in full."""
        return fewer_years(self.round, self.by_year)

    @property
    def reserve(self) -> Reserve:
        """What another source would have to add."""
        return needed_reserve(self.round, self.by_year)

    @cached_property
    def rows_by_code(self) -> dict[str, dict[str, Any]]:
        """All rows as plain values by the member's code: for texts on one member."""
        records = cast(list[dict[str, Any]], self.on_day.everyone.to_dict("records"))
        return {str(row["code"]): row for row in records}

    def member_name(self, code: str) -> str:
        """A member's name."""
        return str(self.rows_by_code[code]["name"])
