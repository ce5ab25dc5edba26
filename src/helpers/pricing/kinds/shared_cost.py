"""A cost shared by the members that join, at most a highest rate per inhabitant."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from math import ceil
from typing import ClassVar, Literal

from pydantic import PositiveInt

from helpers.pricing.base import (
    MemberColumns,
    Prices,
    Pricing,
    inhabitants_column,
    population_column,
    resolve_requested,
)
from helpers.pricing.decimals import RatePerInhabitant
from helpers.pricing.per_inhabitant import fees_at_rate
from helpers.rounding import round_half_up


class SharedCost(Pricing):
    """A `cost` a year, shared by inhabitants of joined members, at most `highest_rate` each.

    `estimated` states that the cost is not the organiser's own figure. Source: Yrkesresan, at most
    2.28 SEK per inhabitant (SKR, "Hur finansieras Yrkesresan?", 22 December 2020); the cost is not
    published.
    """

    depends_on_joined: ClassVar[bool] = True

    rule: Literal["shared-cost"]
    population_year: int
    cost: PositiveInt
    highest_rate: RatePerInhabitant
    estimated: bool = False

    def columns(self) -> list[str]:
        """The inhabitants on 31 December."""
        return [population_column(self.population_year)]

    def rate_at(self, inhabitants: int) -> Fraction:
        """The price per inhabitant when members with `inhabitants` together have joined."""
        if self.highest_rate * inhabitants < self.cost:
            return self.highest_rate
        return Fraction(self.cost, inhabitants)

    def break_even_inhabitants(self) -> int:
        """The least number of inhabitants that covers the cost at the highest rate or less."""
        return ceil(self.cost / self.highest_rate)

    def rate_curve(self, most: int, points: int = 100) -> list[tuple[int, Fraction]]:
        """The price per inhabitant by joined inhabitants, from 0 to `most`, for a chart.

        Pairs of inhabitants and exact price, evenly spaced, with the break-even, in order.
        """
        numbers = {most * point // points for point in range(points + 1)}
        numbers |= {min(self.break_even_inhabitants(), most)}
        return [(number, self.rate_at(number)) for number in sorted(numbers)]

    def prices(
        self, requested: int | None, amounts: MemberColumns, joined: Collection[str]
    ) -> Prices:
        """The fees of the members that have joined, and of each other member if it also joined.

        The requested amount is the cost. While the highest rate × the joined inhabitants is below
        it, each joined member pays that rate × its inhabitants, half up, and the cost is not
        covered. Otherwise the cost is shared by inhabitants, and the fees of the joined
        members add up to it exactly. The fee of another member is its inhabitants × the rate with
        its inhabitants added, half up; when it joins, rounding to the exact sum may change this
        fee by a unit. Raises ReportError where round.toml states another sum.
        """
        inhabitants = inhabitants_column(amounts, self.columns()[0])
        codes = set(joined)
        joined_inhabitants = {code: number for code, number in inhabitants.items() if code in codes}
        joined_total = sum(joined_inhabitants.values())
        shares = fees_at_rate(self.highest_rate, joined_inhabitants, self.cost)
        exact = {
            code: shares.exact[code]
            if code in joined_inhabitants
            else self.rate_at(joined_total + number) * number
            for code, number in inhabitants.items()
        }
        fees = {code: shares.fees.get(code, round_half_up(fee)) for code, fee in exact.items()}
        rate = self.rate_at(joined_total)
        return Prices(
            resolve_requested(requested, self.cost, "the cost that is shared"),
            fees,
            exact,
            shares.equal_members_differ,
            rate=rate,
            highest_rate=self.highest_rate,
            binding="maximum-rate" if self.highest_rate * joined_total < self.cost else "",
        )
