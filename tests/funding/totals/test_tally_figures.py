"""The table of a class's figures: from its fields, properties and shares, in the order of lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import pytest

from helpers.funding.totals.shares import Share
from helpers.funding.totals.tally import Tally
from helpers.funding.totals.tally_figures import (
    AMOUNT,
    MEMBERS,
    FigureTable,
    TallyFigure,
    figure,
    measured_in,
)


@dataclass(frozen=True, kw_only=True)
class Count(FigureTable):
    """Of four members, those with a fee and what they owe."""

    late_fees: int = field(default=0, metadata=figure(AMOUNT, "Fees owed", if_nonzero=True))
    members: int = field(metadata=figure(MEMBERS, "Members"))

    @property
    @measured_in(AMOUNT)
    def requested(self) -> int:
        """All fees."""
        return 10 * self.members

    def _not_a_figure(self) -> int:
        return self.members

    late_fees_share = Share("late_fees", "requested", "Fees owed")


def test_the_figures_are_those_of_the_lines_in_their_order() -> None:
    assert Count.figures == (
        TallyFigure("late_fees", AMOUNT, "Fees owed", of_fees=True, if_nonzero=True),
        TallyFigure("members", MEMBERS, "Members"),
        TallyFigure("requested", AMOUNT, "All fees", of_fees=True),
        # A share is written where its part is, and is of fees where its whole is.
        TallyFigure(
            "late_fees_share",
            "share of the requested amount",
            "Fees owed, of the requested amount",
            "late_fees",
            "requested",
            of_fees=True,
            if_nonzero=True,
        ),
    )


def test_a_share_is_exact_and_none_where_there_is_no_whole() -> None:
    assert Count(members=3, late_fees=10).late_fees_share == Fraction(1, 3)
    assert Count(members=0).late_fees_share is None


def test_a_share_of_what_is_not_a_figure_is_refused() -> None:
    with pytest.raises(KeyError, match="yes"):
        type("Wrong", (FigureTable,), {"yes_share": Share("yes", "members", "Yes")})


def test_every_share_of_a_tally_says_of_what() -> None:
    units = {name.unit for name in Tally.figures if name.whole}
    assert units == {
        "share of all members",
        "share of the members that have answered",
        "share of all inhabitants",
        "share of the requested amount",
    }
    assert all(name.name.endswith("_share") == bool(name.whole) for name in Tally.figures)
    assert all(name.definition and name.unit for name in Tally.figures)
