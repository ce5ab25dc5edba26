"""The figures of a tally that only a round with pledged amounts has."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.funding.totals.tally_figures import AMOUNT, MEMBERS, FigureTable, figure


@dataclass(frozen=True, kw_only=True)
class PledgeTally(FigureTable):
    """What is pledged beyond what is secured or requested, and by contributors outside the members.

    In a round of fees all are 0, but for the last two where a yes may be of a part of the fee. The
    contributors' money is in `funded`, and they are not among the members that are asked.
    """

    unconfirmed: int = field(
        default=0,
        metadata=figure(
            AMOUNT, "What is pledged and not confirmed, if that is not secured", if_nonzero=True
        ),
    )
    above_requested: int = field(
        default=0,
        metadata=figure(
            AMOUNT,
            "What is pledged above the requested amount, on a condition and unconfirmed included",
            if_nonzero=True,
        ),
    )
    contributors: int = field(
        default=0,
        metadata=figure(
            MEMBERS, "Contributors outside the members that have pledged", if_nonzero=True
        ),
    )
    contributors_funded: int = field(
        default=0,
        metadata=figure(
            AMOUNT,
            "The part of the funded amount from contributors outside the members",
            if_nonzero=True,
        ),
    )
    gifts: int = field(
        default=0,
        metadata=figure(
            AMOUNT,
            "What members with a yes pledge above their fees, outside the requested amount",
            if_nonzero=True,
        ),
    )
    conditional_uncovered: int = field(
        default=0,
        metadata=figure(
            AMOUNT,
            "The part of `uncovered` that answers on a condition do not offer",
            if_nonzero=True,
        ),
    )
