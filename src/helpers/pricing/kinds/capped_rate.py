"""A fixed rate per inhabitant, with a ceiling on the total."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Literal

from pydantic import PositiveInt

from helpers.pricing.base import (
    MemberColumns,
    Prices,
    Pricing,
    RaiseLimits,
    inhabitants_column,
    population_column,
    resolve_requested,
)
from helpers.pricing.decimals import RatePerInhabitant
from helpers.pricing.per_inhabitant import fees_at_rate
from helpers.rounding import round_half_up


class RateWithCeiling(Pricing):
    """`rate` units per inhabitant and year, and never more than `ceiling` units a year from all.

    With `ceiling_on` = `collected`, the ceiling limits what the members that say yes pay together:
    a fee is the rate times the inhabitants until they would pay more than the ceiling. With
    `all-members`, the ceiling limits the sum of all fees, whether or not members have answered.
    Source: the 2019 round, 1.95 SEK per inhabitant and at most 19.5 million a year (SKL,
    "Gemensam utveckling av kunskapsstyrning i socialtjänsten", 4 July 2019).
    """

    rule: Literal["rate-with-ceiling"]
    population_year: int
    rate: RatePerInhabitant
    ceiling: PositiveInt
    ceiling_on: Literal["collected", "all-members"] = "collected"

    @property
    def collection_ceiling(self) -> int | None:
        """The ceiling, units a year, if it is on what is collected; else None."""
        return self.ceiling if self.ceiling_on == "collected" else None

    def columns(self) -> list[str]:
        """The inhabitants on 31 December."""
        return [population_column(self.population_year)]

    def prices(
        self, requested: int | None, amounts: MemberColumns, joined: Collection[str]
    ) -> Prices:
        """The fees of all members, whichever have joined.

        With the ceiling on what is collected, a fee is rate × inhabitants, half up, and the
        requested amount is the sum of the fees, at most the ceiling. With the ceiling on all
        members, the fees are the same while rate × all inhabitants is below it. Above it, the
        requested amount is the ceiling, and a fee is ceiling × the member's share of the
        inhabitants, rounded so that the fees add up to the ceiling exactly.

        Raises ReportError if round.toml states another sum.
        """
        inhabitants = inhabitants_column(amounts, self.columns()[0])
        total = sum(inhabitants.values())
        if self.ceiling_on == "collected":
            return self._prices_at_rate(requested, inhabitants)
        at_rate = {code: round_half_up(self.rate * number) for code, number in inhabitants.items()}
        shares = fees_at_rate(self.rate, inhabitants, self.ceiling)
        sum_of_fees = sum(shares.fees.values())
        return Prices(
            resolve_requested(requested, sum_of_fees, "the sum of the fees by rate and ceiling"),
            shares.fees,
            shares.exact,
            shares.equal_members_differ,
            rate=min(self.rate, Fraction(self.ceiling, total)),
            highest_rate=self.rate,
            binding="ceiling" if self.rate * total > self.ceiling else "",
            weights=inhabitants,
            raise_limits=RaiseLimits(at_rate),
        )

    def joiner_prices(self, prices: Prices, amounts: MemberColumns) -> Prices:
        """Each joiner's inhabitants times the rate of the others, half up."""
        inhabitants = inhabitants_column(amounts, self.columns()[0])
        rate = self.rate if prices.rate is None else prices.rate
        exact = {code: rate * number for code, number in inhabitants.items()}
        fees = {code: round_half_up(fee) for code, fee in exact.items()}
        return Prices(sum(fees.values()), fees, exact, rate=rate, highest_rate=self.rate)

    def _prices_at_rate(self, requested: int | None, inhabitants: Mapping[str, int]) -> Prices:
        exact = {code: self.rate * number for code, number in inhabitants.items()}
        fees = {code: round_half_up(fee) for code, fee in exact.items()}
        sum_of_fees = min(self.ceiling, sum(fees.values()))
        return Prices(
            resolve_requested(requested, sum_of_fees, "the sum of the fees by rate and ceiling"),
            fees,
            exact,
            rate=self.rate,
            highest_rate=self.rate,
            weights=inhabitants,
            raise_limits=RaiseLimits(fees),
        )
