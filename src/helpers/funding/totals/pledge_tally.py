"""The figures of a tally that only a round with pledged amounts has."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.totals.tally_figures import AMOUNT, MEMBERS, FigureTable, figure_if_any


@dataclass(frozen=True, kw_only=True)
class PledgeTally(FigureTable):
    """What is pledged beyond what is secured or requested, and by contributors outside the members.

    In a round of fees all are 0, but for the last two where a yes may be of a part of the fee. The
    contributors' money is in `funded`, and they are not among the members that are asked.
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
    gifts: int = figure_if_any(
        AMOUNT, "What members with a yes pledge above their fees, outside the requested amount"
    )
    conditional_uncovered: int = figure_if_any(
        AMOUNT, "The part of `uncovered` that answers on a condition do not offer"
    )
