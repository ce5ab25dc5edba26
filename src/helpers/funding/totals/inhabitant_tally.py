"""The count of a set of members, measured in inhabitants in place of money."""

from __future__ import annotations

from dataclasses import replace

from helpers.funding.totals.tally import Tally


def tally_in_inhabitants(tally: Tally) -> Tally:
    """The same count with inhabitants in place of units of currency."""
    return replace(
        tally,
        requested=tally.population,
        funded=tally.yes_population,
        declined=tally.no_population,
        conditional_fees=tally.conditional_population,
        uncovered=0,
        over_ceiling=0,
        lost=0,
        left_funded=0,
        joined_funded=0,
    )
