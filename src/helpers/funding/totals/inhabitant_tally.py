"""The count of a set of members, measured in inhabitants in place of money."""

from __future__ import annotations

from dataclasses import replace

from helpers.funding.totals.tally import Tally


def tally_in_inhabitants(tally: Tally) -> Tally:
    """Return the same count with inhabitants, which are whole, instead of currency units."""
    return replace(
        tally,
        requested=int(tally.population),
        funded=int(tally.yes_population),
        declined=int(tally.no_population),
        conditional_fees=int(tally.conditional_population),
        uncovered=0,
        over_ceiling=0,
        lost=0,
        left_funded=0,
        joined_funded=0,
    )
