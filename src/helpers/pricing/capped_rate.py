"""A fixed rate per inhabitant, with a ceiling on the total."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Literal

from pydantic import PositiveInt

from helpers.pricing.base import (
    FeeBounds,
    MemberColumns,
    Prices,
    Pricing,
    population_column,
    required_column,
    resolve_requested,
)
from helpers.pricing.decimals import RatePerInhabitant
from helpers.pricing.per_inhabitant import fees_at_rate
from helpers.rounding import round_half_up


class RateWithCeiling(Pricing):
    """`rate` units per inhabitant and year, and never more than `ceiling` units a year from all.

    Source: the 2019 round, 1.95 SEK per inhabitant and at most 19.5 million a year (SKL, "Gemensam
    utveckling av kunskapsstyrning i socialtjänsten", 4 July 2019). It does not say how the ceiling
    reaches the single member; here it lowers the rate for all alike.
    """

    rule: Literal["rate-with-ceiling"]
    population_year: int
    rate: RatePerInhabitant
    ceiling: PositiveInt

    def columns(self) -> list[str]:
        """The inhabitants on 31 December."""
        return [population_column(self.population_year)]

    def prices(
        self, requested: int | None, amounts: MemberColumns, joined: Collection[str]
    ) -> Prices:
        """Fees that add up to what is requested; who has joined makes no difference.

        While rate × all members' inhabitants is below the ceiling, each fee is rate × its
        inhabitants, half up, and what is requested is their sum. Above, the ceiling binds: it is
        what is requested, and every fee falls in the same proportion, to ceiling × the member's
        share of the inhabitants, so that they add up to the ceiling exactly. Raises ReportError
        where round.toml states another sum.
        """
        inhabitants = required_column(amounts, self.columns()[0])
        total = sum(inhabitants.values())
        at_rate = {code: round_half_up(self.rate * number) for code, number in inhabitants.items()}
        shares = fees_at_rate(self.rate, inhabitants, self.ceiling)
        own = sum(shares.fees.values())
        return Prices(
            resolve_requested(requested, own, "the sum of the fees by rate and ceiling"),
            shares.fees,
            shares.exact,
            shares.equal_members_differ,
            rate=min(self.rate, Fraction(self.ceiling, total)),
            highest_rate=self.rate,
            binding="ceiling" if self.rate * total > self.ceiling else "",
            weights=inhabitants,
            bounds=FeeBounds(at_rate),
        )
