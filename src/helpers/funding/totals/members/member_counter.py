"""Counts the members of a round on any day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from helpers.funding.answers.converted_pledges import with_pledges
from helpers.funding.answers.counted_years import counted_year
from helpers.funding.answers.counting import latest_answers
from helpers.funding.answers.effective_answers import EffectiveAnswers
from helpers.funding.answers.memberships import Memberships, has_membership_days, is_member_on
from helpers.funding.answers.part_pledges import with_offers
from helpers.funding.totals.members.member_prices import PricesIfJoined
from helpers.funding.totals.members.member_table import (
    add_secured,
    amounts_by_code,
    build_member_table,
    due_by_year,
    secured_by_year,
    with_gifts,
    with_year,
)
from helpers.funding.totals.members.members_on_day import MembersOnDay, with_joiners
from helpers.funding.totals.members.shares_of_years import (
    secured_in_least_year,
    with_shares_of_years,
    without_fee_of_the_day,
)
from helpers.funding.totals.shared_price import count_all_members, joined_codes
from helpers.funding.totals.tally import Tally
from helpers.model.funding_round import Round
from helpers.model.settings.round_prices import compute_joiner_prices
from helpers.pricing import Prices


@dataclass(frozen=True)
class MemberCounter:
    """Counts the members of a round on any day, as their memberships were known on one.

    `prices_of_years` are the prices of each year, where the requested amounts differ.
    """

    round: Round
    memberships: Memberships
    prices: PricesIfJoined
    prices_of_years: Mapping[int, Prices] = field(default_factory=dict)

    def on(self, stood: EffectiveAnswers, day: date) -> MembersOnDay:
        """The members on a day, with the answers of that day."""
        rows = latest_answers(self.known_rows(stood), self.round.answers)
        rows = with_offers(self.round, with_pledges(self.round, rows))
        base, joiners = (
            self._asked_on(part, day) for part in (self.memberships.base, self.memberships.joiners)
        )
        rows = rows[rows["code"].isin([*base["code"], *joiners["code"]])]
        prices = self.prices(joined_codes(rows) & set(base.loc[is_member_on(base, day), "code"]))
        sharing = self._with_fees_of_years(build_member_table(base, prices.fees, rows, day))
        answers, by_year = add_secured(self.round, without_fee_of_the_day(self.round, sharing))
        shared = with_shares_of_years(self.round, answers, joined_codes(rows), self.prices)
        if shared is not answers:
            answers, by_year = secured_in_least_year(self.round, answers, shared)
        own, table = self._joiner_prices(prices), sharing.head(0)
        if not joiners.empty:
            joined = build_member_table(joiners, own.fees, rows, day)
            table = self._with_joiner_fees_of_years(joined)
        of_joiners = secured_by_year(self.round, table, by_year)
        least = counted_year(self.round, by_year)
        of_sharing = secured_by_year(self.round, shared)
        secured = amounts_by_code(
            (shared, with_gifts(self.round, shared, of_sharing)),
            (table, with_gifts(self.round, table, of_joiners)),
        )
        due = amounts_by_code(*((rows, due_by_year(self.round, rows)) for rows in (shared, table)))
        changes = self._changes_until(day)
        return MembersOnDay(
            answers=answers,
            by_year=by_year,
            joiners=with_year(self.round, table, least, of_joiners[least]),
            joined_by_year={year: int(amounts.sum()) for year, amounts in of_joiners.items()},
            joiner_prices=own,
            secured=secured,
            due=due,
            tally_by_year=self._tally_by_year(shared, of_sharing, table, of_joiners),
            **changes,
        )

    def _changes_until(self, day: date) -> dict[str, pd.DataFrame]:
        """The members that have left, that leave, and that have joined, by the day they do."""
        everyone = pd.concat([self.memberships.base, self.memberships.joiners])
        if not has_membership_days(everyone):
            names = ("left_members", "leaving_members", "joined_members")
            return dict.fromkeys(names, everyone.head(0))
        ends, here = everyone["valid_to"], is_member_on(everyone, day)
        leaving = here & (ends < pd.Timestamp(max(self.round.years), 12, 31))
        left, joined = ends < pd.Timestamp(day), here & everyone["valid_from"].notna()
        return {
            "left_members": everyone[left].sort_values(["valid_to", "code"]),
            "leaving_members": everyone[leaving].sort_values(["valid_to", "code"]),
            "joined_members": everyone[joined].sort_values(["valid_from", "code"]),
        }

    def known_rows(self, stood: EffectiveAnswers) -> pd.DataFrame:
        """The known answers of the members that are asked, or were before they left."""
        known, absent = stood.known, self.memberships.absent
        return known[~known["code"].isin(absent)] if absent else known

    def due(self, prices: Prices) -> pd.DataFrame:
        """What each member pays of the requested amount, as counting.answers_over_time takes it."""
        parts = []
        for members, fees in (
            (self.memberships.base, prices.fees),
            (self.memberships.joiners, dict.fromkeys(self.memberships.joiners["code"], 0)),
        ):
            rows = members.assign(fee=members["code"].map(fees).astype("int64"))
            if members is self.memberships.base:
                rows = self._with_fees_of_years(rows)
            years = due_by_year(self.round, rows)
            parts.append(rows.assign(**{str(year): due for year, due in years.items()}))
        columns = ["fee", *map(str, self.round.years)]
        due = pd.concat(parts).set_index("code")
        days = {
            name: due[column].astype("datetime64[s]")
            if has_membership_days(due)
            else pd.Series(pd.NaT, index=due.index, dtype="datetime64[s]")
            for name, column in (("first_day", "valid_from"), ("last_day", "valid_to"))
        }
        outside = {"contributor": due["contributor"]} if "contributor" in due else {}
        return due[columns].assign(**days, **outside)

    def _asked_on(self, members: pd.DataFrame, day: date) -> pd.DataFrame:
        """The members that are asked by a day, also the members that have left since."""
        if not has_membership_days(members):
            return members
        return members[~(members["valid_from"] > pd.Timestamp(day))].reset_index(drop=True)

    def _with_fees_of_years(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with the fee of each year, fee_<year>, where the amounts differ."""
        if self.round.pricing.takes_pledges:
            return rows  # a pledge is the same in each year that it covers
        fees = {year: prices.fees for year, prices in self.prices_of_years.items()}
        return _with_fee_columns(rows, fees)

    def _with_joiner_fees_of_years(self, rows: pd.DataFrame) -> pd.DataFrame:
        fees = {
            year: self._joiner_prices(prices).fees for year, prices in self.prices_of_years.items()
        }
        return _with_fee_columns(rows, fees)

    def _joiner_prices(self, prices: Prices) -> Prices:
        if self.memberships.joiners.empty:
            return Prices(0, {}, {})
        return compute_joiner_prices(self.round, prices, self.memberships.joiners)

    def _tally_by_year(
        self,
        answers: pd.DataFrame,
        secured: Mapping[int, pd.Series[int]],
        joiners: pd.DataFrame,
        joined: Mapping[int, pd.Series[int]],
    ) -> dict[int, Tally]:
        found = {}
        for year in sorted(secured):
            rows = with_year(self.round, answers, year, secured[year])
            if not joiners.empty:
                own = with_year(self.round, joiners, year, joined[year])
                rows = with_joiners(rows, own)
            found[year] = count_all_members(self.round.counting(year), rows, self.prices)
        return found


def _with_fee_columns(rows: pd.DataFrame, fees: Mapping[int, Mapping[str, int]]) -> pd.DataFrame:
    columns = {
        f"fee_{year}": rows["code"].map(dict(of_year)).astype("int64")
        for year, of_year in fees.items()
    }
    return rows.assign(**columns)
