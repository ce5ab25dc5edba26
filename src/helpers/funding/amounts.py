"""Every key figure of a round on a day, each defined once, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pandas as pd

from helpers.funding.apportion import Apportionment, apportion, membership_fee_weights
from helpers.rounds import Round

YES, NO, UNANSWERED = "yes", "no", "unanswered"


@dataclass(frozen=True)
class Tally:
    """The count of a set of members: how many, how many inhabitants, and how many kronor.

    Counts are members, `population` inhabitants, amounts whole units of currency a year. Shares
    are exact fractions, or None where there is nothing to take a share of.
    """

    members: int
    yes: int
    no: int
    population: int
    yes_population: int
    no_population: int
    requested: int
    funded: int
    declined: int

    @property
    def answered(self) -> int:
        """Members that have said yes or no."""
        return self.yes + self.no

    @property
    def unanswered(self) -> int:
        """Members that have not answered; silence is never a no."""
        return self.members - self.answered

    @property
    def unanswered_population(self) -> int:
        """Inhabitants of the members that have not answered."""
        return self.population - self.yes_population - self.no_population

    @property
    def gap(self) -> int:
        """What is missing: requested − funded."""
        return self.requested - self.funded

    @property
    def possible(self) -> int:
        """What may still come: the fees of the members that have not answered."""
        return self.requested - self.funded - self.declined

    @property
    def funded_if_all_unanswered_yes(self) -> int:
        """The most that can be funded without anyone changing an answer."""
        return self.funded + self.possible

    @property
    def funded_if_all_unanswered_yes_share(self) -> Fraction | None:
        """The most that can be funded, of the requested amount."""
        return share(self.funded_if_all_unanswered_yes, self.requested)

    @property
    def funded_share(self) -> Fraction | None:
        """Funded, of the requested amount."""
        return share(self.funded, self.requested)

    @property
    def declined_share(self) -> Fraction | None:
        """The fees of those who said no, of the requested amount."""
        return share(self.declined, self.requested)

    @property
    def possible_share(self) -> Fraction | None:
        """What may still come, of the requested amount."""
        return share(self.possible, self.requested)

    @property
    def answered_share(self) -> Fraction | None:
        """Members that have answered, of all members."""
        return share(self.answered, self.members)

    @property
    def yes_share(self) -> Fraction | None:
        """Members that have said yes, of all members."""
        return share(self.yes, self.members)

    @property
    def no_share(self) -> Fraction | None:
        """Members that have said no, of all members."""
        return share(self.no, self.members)

    @property
    def unanswered_share(self) -> Fraction | None:
        """Members that have not answered, of all members."""
        return share(self.unanswered, self.members)

    @property
    def yes_of_answered_share(self) -> Fraction | None:
        """Members that have said yes, of those that have answered."""
        return share(self.yes, self.answered)

    @property
    def no_of_answered_share(self) -> Fraction | None:
        """Members that have said no, of those that have answered."""
        return share(self.no, self.answered)

    @property
    def yes_population_share(self) -> Fraction | None:
        """Inhabitants of the members that have said yes, of all members' inhabitants."""
        return share(self.yes_population, self.population)

    @property
    def no_population_share(self) -> Fraction | None:
        """Inhabitants of the members that have said no, of all members' inhabitants."""
        return share(self.no_population, self.population)

    @property
    def unanswered_population_share(self) -> Fraction | None:
        """Inhabitants of the members that have not answered, of all members' inhabitants."""
        return share(self.unanswered_population, self.population)


def share(part: int, whole: int) -> Fraction | None:
    """A part of a whole; None, never a division by zero, where there is no whole."""
    return Fraction(part, whole) if whole else None


def fees_of(round_: Round, members: pd.DataFrame) -> Apportionment:
    """The fees of all members by the round's pricing rule; `members` has code and population."""
    pricing = round_.pricing
    inhabitants = dict(zip(members["code"], members["population"].tolist(), strict=True))
    weights = membership_fee_weights(inhabitants, pricing.rebate_above, pricing.rebate_percent)
    return apportion(round_.requested, weights)


def member_answers(
    members: pd.DataFrame, fees: dict[str, int], answers: pd.DataFrame
) -> pd.DataFrame:
    """One row a member, sorted by code: the member's columns, its fee and the answer that counts.

    Adds fee (whole units a year), decision (yes, no or unanswered), decided_on and received_on
    (NaT where unanswered). `answers` has at most one row a member.
    """
    columns = ["code", "decision", "decided_on", "received_on"]
    joined = members.assign(fee=members["code"].map(fees).astype("int64"))
    joined = joined.merge(answers[columns], on="code", how="left", validate="one_to_one")
    return joined.assign(decision=joined["decision"].fillna(UNANSWERED))


def tally(answers: pd.DataFrame) -> Tally:
    """Count a set of members: rows with fee, population and decision."""
    yes = answers[answers["decision"] == YES]
    no = answers[answers["decision"] == NO]
    return Tally(
        members=len(answers),
        yes=len(yes),
        no=len(no),
        population=int(answers["population"].sum()),
        yes_population=int(yes["population"].sum()),
        no_population=int(no["population"].sum()),
        requested=int(answers["fee"].sum()),
        funded=int(yes["fee"].sum()),
        declined=int(no["fee"].sum()),
    )


def tally_by(answers: pd.DataFrame, column: str) -> dict[str, Tally]:
    """The same count for each value of a column (county, group), in the order of the values."""
    return {str(name): tally(part) for name, part in answers.groupby(column, sort=True)}


def by_year(round_: Round, funded: int) -> dict[int, int]:
    """Funded in each of the round's years: a yes covers them all."""
    return dict.fromkeys(round_.years, funded)


def answers_over_time(
    rows: pd.DataFrame, fees: dict[str, int], first: date, last: date
) -> pd.DataFrame:
    """How the count moved, one row for each day on which a received answer changed it.

    `rows` are the known rows of the register. A row changes the count on the day it is received
    if no answer received earlier was decided later. The first row is `first`, the last is `last`.

    Returns day (datetime64), yes, no (members, cumulative), funded, declined (units of currency).
    """
    ordered = rows.sort_values(["received_on", "decided_on"], kind="stable")
    ordered = ordered[ordered["decided_on"] >= ordered.groupby("code")["decided_on"].cummax()]
    before = ordered.groupby("code")["decision"].shift()
    changed = ordered["decision"] != before
    ordered, before = ordered[changed], before[changed]
    fee = ordered["code"].map(fees)
    changes = pd.DataFrame({"day": ordered["received_on"]})
    for decision, amount in ((YES, "funded"), (NO, "declined")):
        change = (ordered["decision"] == decision).astype("int64") - (before == decision)
        changes[decision] = change
        changes[amount] = change * fee
    ends = pd.DataFrame({"day": pd.to_datetime([first, last]), "yes": 0, "no": 0})
    ends = ends.assign(funded=0, declined=0).astype({"day": "datetime64[s]"})
    daily = pd.concat([changes, ends]).groupby("day").sum().cumsum().astype("int64")
    return daily.reset_index()[["day", "yes", "no", "funded", "declined"]]
