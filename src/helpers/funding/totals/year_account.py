"""The account of each year and of all of them: lines that add up to the requested amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from helpers.funding.totals.tally import Tally


@dataclass(frozen=True)
class YearAccount:
    """Where the requested amount of a year is, in whole units.

    requested = funded + unanswered + conditional + uncovered + unconfirmed + declined + lost
    − over_ceiling − above_requested. `joined` is what members that have joined secure on top of it.
    """

    requested: int
    funded: int
    unanswered: int
    conditional: int
    uncovered: int
    declined: int
    lost: int
    over_ceiling: int
    joined: int
    unconfirmed: int = 0
    above_requested: int = 0


def account_of_tally(tally: Tally) -> YearAccount:
    """The account of the year that a tally counts the money of."""
    return YearAccount(
        requested=tally.requested,
        funded=tally.funded,
        unanswered=tally.unanswered_fees,
        conditional=tally.conditional_fees,
        uncovered=tally.uncovered,
        declined=tally.declined,
        lost=tally.lost,
        over_ceiling=tally.over_ceiling,
        joined=tally.joined_funded,
        unconfirmed=tally.unconfirmed,
        above_requested=tally.above_requested,
    )


def account_of_years(
    tally_by_year: Mapping[int, Tally],
) -> tuple[dict[int, YearAccount], YearAccount]:
    """The account of each year, in order, and of all years together."""
    by_year = {year: account_of_tally(tally) for year, tally in sorted(tally_by_year.items())}
    names = [field.name for field in fields(YearAccount)]
    sums = {name: sum(getattr(one, name) for one in by_year.values()) for name in names}
    return by_year, YearAccount(**sums)
