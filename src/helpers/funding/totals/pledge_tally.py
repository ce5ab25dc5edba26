"""The figures of a tally that only a round of pledges has."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.totals.tally_figures import AMOUNT, MEMBERS, FigureTable, figure_if_any


@dataclass(frozen=True, kw_only=True)
class PledgeTally(FigureTable):
    """What is pledged beyond what is secured or requested, and by contributors outside the members.

    All are 0 in a round of fees. The contributors' money is in `funded`, and they are not among the
    members that are asked.
    """

    unconfirmed: int = figure_if_any(
        AMOUNT, "What is pledged and not confirmed, if that is not secured"
    )
    above_requested: int = figure_if_any(
        AMOUNT,
        "What is pledged above the requested amount, on a condition and unconfirmed included",
    )
    contributors: int = figure_if_any(MEMBERS, "Contributors outside the members that have pledged")
    contributors_funded: int = figure_if_any(
        AMOUNT, "The part of the funded amount from contributors outside the members"
    )
