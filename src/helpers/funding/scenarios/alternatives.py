"""If the gap remains and is not shared: a smaller plan, a shorter one, or another source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from helpers.funding.totals.shares import Share, share
from helpers.model.funding_round import Round


@dataclass(frozen=True)
class SmallerBudget:
    """A plan with the funded amount as its budget, in whole units.

    `per_year` is what every year has, the smallest; `by_year` what each has. `requested` is the
    amount of the year that has it, `requested_all_years` that of all.
    """

    per_year: int
    by_year: dict[int, int]
    requested: int
    requested_all_years: int

    @property
    def all_years(self) -> int:
        """The sum over all years."""
        return sum(self.by_year.values())

    per_year_share = Share("per_year", "requested", "What every year has")

    @property
    def all_years_share(self) -> Fraction | None:
        """The sum over all years, as a share of the requested amount over all years."""
        return share(self.all_years, self.requested_all_years)


@dataclass(frozen=True)
class FewerYears:
    """The number of whole years that the funded amount of all years pays in full, and the rest."""

    years: int
    left_over: int


@dataclass(frozen=True)
class Reserve:
    """What another source would have to add, in whole units.

    `per_year` is for the year that lacks most; `by_year` has each year's.
    """

    per_year: int
    by_year: dict[int, int]

    @property
    def all_years(self) -> int:
        """The sum over all years."""
        return sum(self.by_year.values())


def smaller_budget(round_: Round, by_year: Mapping[int, int]) -> SmallerBudget:
    """Return the plan with what is funded; `by_year` has what each year secures."""
    least, total = min(by_year.values()), round_.requested_all_years
    return SmallerBudget(least, dict(by_year), round_.requested, total)


def fewer_years(round_: Round, by_year: Mapping[int, int]) -> FewerYears:
    """Return the plan at full budget for as long as the amount funded over all years lasts."""
    left, years = sum(by_year.values()), 0
    for year in sorted(round_.years):
        if left < round_.requested_in(year):
            break
        left, years = left - round_.requested_in(year), years + 1
    return FewerYears(years, left)


def needed_reserve(round_: Round, by_year: Mapping[int, int]) -> Reserve:
    """Return the plan at full budget with each year's gap from another source."""
    gaps = {year: max(round_.requested_in(year) - had, 0) for year, had in by_year.items()}
    return Reserve(max(gaps.values()), gaps)
