"""Compute the exact fees if the members that said yes shared the gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from helpers.errors import ReportError
from helpers.funding.answers.answer_states import YES, covers_year
from helpers.funding.totals.shares import share
from helpers.model.funding_round import Round
from helpers.pricing import Prices
from helpers.pricing.base import NO_RAISE_LIMITS, RaiseLimits
from helpers.pricing.decimals import ExactNumber
from helpers.pricing.raised_fees import RaisedFees, raise_fees


@dataclass(frozen=True)
class IncreaseLimits:
    """The most that a member may be asked for, if the round states it.

    `highest_increase` is a fraction of its previous fee (1/4 for a quarter more);
    `highest_per_inhabitant` is in units a year, exact. A fee at the limit is allowed, a fee above
    it is not.
    """

    highest_increase: Fraction | None = None
    highest_per_inhabitant: Fraction | None = None

    def exceeded(self, before: int, after: int, population: ExactNumber) -> bool:
        """Return whether the new fee is above a limit that the round states."""
        increase, rate = self.highest_increase, self.highest_per_inhabitant
        too_much_more = increase is not None and after - before > increase * before
        return too_much_more or (rate is not None and after > rate * population)


NO_INCREASE_LIMITS = IncreaseLimits()


@dataclass(frozen=True)
class Sharer:
    """One member's fee before and after the gap is shared, in whole units a year.

    `beyond_limit` is true if the new fee is above a limit, also if the old one already was.
    """

    code: str
    name: str
    population: ExactNumber
    before: int
    after: int
    beyond_limit: bool

    @property
    def increase(self) -> int:
        """The increase in units a year."""
        return self.after - self.before

    @property
    def increase_share(self) -> Fraction | None:
        """The increase as a share of the previous fee."""
        return share(self.increase, self.before)

    @property
    def per_inhabitant_before(self) -> Fraction | None:
        """The previous fee per inhabitant and year."""
        return share(self.before, self.population)

    @property
    def per_inhabitant_after(self) -> Fraction | None:
        """The new fee per inhabitant and year."""
        return share(self.after, self.population)


@dataclass(frozen=True)
class GapSharing:
    """The requested amount, in whole units a year, paid by the members with a yes for all years.

    Members whose yes is for some years only do not share, and what they pay is not included.
    `stopped` are the members whose share the round's rules limit (a fixed share, a cap, a stated
    rate), and `remaining` is the part of the gap that no member may pay within those rules.
    `equal_members_differ` is true if members of equal weight had to pay different fees to reach the
    exact sum.
    """

    requested: int
    sharers: tuple[Sharer, ...]
    equal_members_differ: bool
    remaining: int = 0
    stopped: tuple[str, ...] = ()

    @property
    def carried(self) -> int:
        """What they pay together: the requested amount less what remains."""
        return sum(sharer.after for sharer in self.sharers)

    @property
    def shared(self) -> int:
        """What they pay together in addition to their previous fees."""
        return sum(sharer.increase for sharer in self.sharers)

    @property
    def beyond_limit(self) -> tuple[Sharer, ...]:
        """The members whose new fee is above a limit."""
        return tuple(sharer for sharer in self.sharers if sharer.beyond_limit)


def share_gap_by_rules(round_: Round, answers: pd.DataFrame, prices: Prices) -> GapSharing | None:
    """Return share_gap with the round's weights and limits; None where members state amounts."""
    if round_.pricing.takes_pledges or round_.part_pledges:
        return None
    settings = round_.sharing
    increase = Fraction(settings.highest_increase_percent, 100) if settings else None
    limits = IncreaseLimits(increase)
    return share_gap(round_, answers, prices.sharing_weights, limits, prices.raise_limits)


def share_gap(
    round_: Round,
    answers: pd.DataFrame,
    weights: Mapping[str, int | Fraction],
    limits: IncreaseLimits = NO_INCREASE_LIMITS,
    raise_limits: RaiseLimits = NO_RAISE_LIMITS,
) -> GapSharing | None:
    """Return the fees if the members with a yes for all years paid the whole requested amount.

    It is apportioned by the same `weights` (by code) as the fees, so that the new fees add up to
    exactly the requested amount. No member pays less than before, or more than the round's rules
    allow (`raise_limits`); a part that no member may pay remains. Conditional answers and answers
    for some years do not share. Returns None if no member has said yes for all years. `answers` is
    the frame of member_table.add_secured.

    Raises ReportError for a member that shares and has no weight.
    """
    all_years = _with_yes_for_all_years(round_, answers)
    if all_years.empty:
        return None
    before: dict[str, int] = dict(zip(all_years["code"], all_years["fee"].tolist(), strict=True))
    own_weights = _select_weights(before, weights)
    raised = raise_fees(round_.requested, own_weights, before, raise_limits)
    return GapSharing(
        requested=round_.requested,
        sharers=_sharers(all_years, raised.fees, limits),
        equal_members_differ=_equal_weights_differ(own_weights, raised),
        remaining=raised.remaining,
        stopped=tuple(sorted(raised.stopped)),
    )


def _sharers(
    all_years: pd.DataFrame, after: Mapping[str, int], limits: IncreaseLimits
) -> tuple[Sharer, ...]:
    columns = ("code", "name", "population", "fee")
    rows = zip(*(all_years[column].tolist() for column in columns), strict=True)
    return tuple(
        Sharer(code, name, people, fee, after[code], limits.exceeded(fee, after[code], people))
        for code, name, people, fee in rows
    )


def _equal_weights_differ(weights: Mapping[str, int | Fraction], raised: RaisedFees) -> bool:
    """Return whether members of equal weight pay different fees, apart from members at a limit."""
    free = [code for code in weights if code not in raised.stopped]
    pairs = {(weights[code], raised.fees[code]) for code in free}
    return len(pairs) > len({weights[code] for code in free})


def _with_yes_for_all_years(round_: Round, answers: pd.DataFrame) -> pd.DataFrame:
    """Return the members with a yes for all the round's years, by code."""
    yes = answers[answers["decision"] == YES].sort_values("code")
    covered = pd.DataFrame({year: covers_year(yes["years"], year) for year in round_.years})
    return yes[covered.all(axis=1)]


def _select_weights(
    codes: Mapping[str, int], weights: Mapping[str, int | Fraction]
) -> dict[str, int | Fraction]:
    missing = [code for code in codes if code not in weights]
    if missing:
        raise ReportError(
            f"No weight is given for {', '.join(missing)}, whose answer is yes. "
            "Give one for each member that shares the amount."
        )
    return {code: weights[code] for code in codes}
