"""The exact fees if the members that said yes shared the gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from helpers.errors import ReportError
from helpers.funding.answers.answer_states import YES, covers_year
from helpers.funding.scenarios.alternatives import sum_secured_by_year
from helpers.funding.totals.shares import share
from helpers.model.funding_round import Round
from helpers.pricing.base import NO_RAISE_LIMITS, RaiseLimits
from helpers.pricing.raised_fees import RaisedFees, raise_fees


@dataclass(frozen=True)
class IncreaseLimits:
    """What a member may at most be asked for, where the round states it.

    `highest_increase` is a fraction of its fee before (1/4 for a quarter more),
    `highest_per_inhabitant` units a year, exact. A fee at the limit is allowed, one above is not.
    """

    highest_increase: Fraction | None = None
    highest_per_inhabitant: Fraction | None = None

    def exceeded(self, before: int, after: int, population: int) -> bool:
        """Whether the fee after lies above a limit that is stated."""
        increase, rate = self.highest_increase, self.highest_per_inhabitant
        too_much_more = increase is not None and after - before > increase * before
        return too_much_more or (rate is not None and after > rate * population)


NO_INCREASE_LIMITS = IncreaseLimits()


@dataclass(frozen=True)
class Sharer:
    """One member's fee before and after the gap is shared, whole units a year.

    `beyond_limit` is whether the fee after is above a limit, also where the fee before was.
    """

    code: str
    name: str
    population: int
    before: int
    after: int
    beyond_limit: bool

    @property
    def increase(self) -> int:
        """Units a year more than before."""
        return self.after - self.before

    @property
    def increase_share(self) -> Fraction | None:
        """The increase, of the fee before."""
        return share(self.increase, self.before)

    @property
    def per_inhabitant_before(self) -> Fraction | None:
        """Fee per inhabitant and year, before."""
        return share(self.before, self.population)

    @property
    def per_inhabitant_after(self) -> Fraction | None:
        """Fee per inhabitant and year, after."""
        return share(self.after, self.population)


@dataclass(frozen=True)
class GapSharing:
    """The requested amount, whole units a year, carried by those whose yes is for all years.

    `kept_codes` are the codes whose share would be less than before, and that keep their fee.
    `stopped` are the codes whose share the round's own rules limit (a fixed share, a cap, a stated
    rate), and `remaining` is the part of the gap that nobody may carry within those rules.
    `partial_codes` are those whose yes is for some years only: they take no part, and what they pay
    in their years, `apart_by_year`, comes on top. `equal_members_differ` is true where members of
    equal weight had to pay unequal fees for the sum to add up.
    """

    requested: int
    sharers: tuple[Sharer, ...]
    kept_codes: tuple[str, ...]
    partial_codes: tuple[str, ...]
    partial_by_year: dict[int, int]
    equal_members_differ: bool
    remaining: int = 0
    stopped: tuple[str, ...] = ()

    @property
    def carried(self) -> int:
        """What they pay together: the requested amount less what remains."""
        return sum(sharer.after for sharer in self.sharers)

    @property
    def shared(self) -> int:
        """What they pay together on top of their fees before."""
        return sum(sharer.increase for sharer in self.sharers)

    @property
    def beyond_limit(self) -> tuple[Sharer, ...]:
        """The members that would have to pay more than a limit allows."""
        return tuple(sharer for sharer in self.sharers if sharer.beyond_limit)


def share_gap(
    round_: Round,
    answers: pd.DataFrame,
    weights: Mapping[str, int | Fraction],
    limits: IncreaseLimits = NO_INCREASE_LIMITS,
    raise_limits: RaiseLimits = NO_RAISE_LIMITS,
) -> GapSharing | None:
    """The fees if the members that said yes for all years paid the whole requested amount.

    It is apportioned by the same weights as before (by code), so that the fees add up to exactly
    the requested amount. Nobody pays less than before, or more than the round's rules allow
    (`raise_limits`); where those leave a part that nobody may carry, it remains. A yes on a
    condition, or for some years, takes no part. None where nobody has said yes for all years.
    `answers` as member_table.add_secured returns them.

    Raises ReportError for a member that shares and has no weight.
    """
    all_years, some_years = _split_by_covered_years(round_, answers)
    if all_years.empty:
        return None
    before: dict[str, int] = dict(zip(all_years["code"], all_years["fee"].tolist(), strict=True))
    own_weights = _select_weights(before, weights)
    raised = raise_fees(round_.requested, own_weights, before, raise_limits)
    return GapSharing(
        requested=round_.requested,
        sharers=_sharers(all_years, raised.fees, limits),
        kept_codes=tuple(sorted(raised.kept)),
        partial_codes=tuple(some_years["code"]),
        partial_by_year=sum_secured_by_year(round_, some_years),
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
    """Whether members of equal weight pay unequal fees; members stopped by a rule are left out."""
    free = [code for code in weights if code not in raised.stopped]
    pairs = {(weights[code], raised.fees[code]) for code in free}
    return len(pairs) > len({weights[code] for code in free})


def _split_by_covered_years(
    round_: Round, answers: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The members whose yes is for all the round's years, and for some of them."""
    yes = answers[answers["decision"] == YES].sort_values("code")
    covered = pd.DataFrame({year: covers_year(yes["years"], year) for year in round_.years})
    all_years = covered.all(axis=1)
    return yes[all_years], yes[~all_years]


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
