"""The count of a set of members in members, inhabitants and currency units.

Each key figure is defined once, here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from helpers.funding.totals.pledge_tally import PledgeTally
from helpers.funding.totals.shares import Share, share
from helpers.funding.totals.tally_figures import (
    AMOUNT,
    AMOUNT_PER_INHABITANT,
    INHABITANTS,
    MEMBERS,
    figure,
    figure_if_any,
    measured_in,
)
from helpers.pricing.decimals import ExactNumber, whole_or_fraction


@dataclass(frozen=True, kw_only=True)
class Tally(PledgeTally):
    """The count of a set of members: their number, their inhabitants, and their amounts.

    The lines are in the order of figures.json, whose keys, units and definitions they are: a new
    line is a new key. Amounts are whole units of currency a year. Shares are exact fractions, or
    None where there is nothing to take a share of. requested = funded + unanswered, conditional,
    uncovered, unconfirmed, declined and lost fees − over_ceiling − above_requested. The members of
    the day are counted: not members that have left, whose yes is in `funded` all the same, but
    members that have joined since the base day, with money outside the requested amount.
    """

    members: int = field(metadata=figure(MEMBERS, "Members that are asked"))

    @property
    @measured_in(MEMBERS)
    def answered(self) -> int:
        """Members that have said yes, with or without a condition, or no."""
        return self.yes + self.no + self.conditional

    yes: int = field(metadata=figure(MEMBERS, "Members whose answer is yes"))
    no: int = field(metadata=figure(MEMBERS, "Members whose answer is no"))
    conditional: int = field(
        default=0,
        metadata=figure(
            MEMBERS, "Members that have said yes on a condition, if those are counted separately"
        ),
    )

    @property
    @measured_in(MEMBERS)
    def unanswered(self) -> int:
        """Members that have not answered; never counted as a no."""
        return self.members - self.answered

    @property
    @measured_in(MEMBERS)
    def outside(self) -> int:
        """Members that have said no, have not answered, or have said yes on a condition."""
        return self.members - self.yes

    answered_share = Share("answered", "members", "Members that have answered")
    yes_share = Share("yes", "members", "Members that have said yes")
    no_share = Share("no", "members", "Members that have said no")
    conditional_share = Share("conditional", "members", "Members that have said yes on a condition")
    unanswered_share = Share("unanswered", "members", "Members that have not answered")
    yes_of_answered_share = Share("yes", "answered", "Members that have said yes")
    no_of_answered_share = Share("no", "answered", "Members that have said no")

    population: ExactNumber = field(metadata=figure(INHABITANTS, "Inhabitants of all members"))
    yes_population: ExactNumber = field(
        metadata=figure(INHABITANTS, "Inhabitants of the members that have said yes")
    )
    no_population: ExactNumber = field(
        metadata=figure(INHABITANTS, "Inhabitants of the members that have said no")
    )
    conditional_population: ExactNumber = field(
        default=0,
        metadata=figure(INHABITANTS, "Inhabitants of the members whose yes has a condition"),
    )

    @property
    @measured_in(INHABITANTS)
    def unanswered_population(self) -> ExactNumber:
        """Inhabitants of the members that have not answered."""
        answered = self.yes_population + self.no_population + self.conditional_population
        return whole_or_fraction(Fraction(self.population - answered))

    yes_population_share = Share(
        "yes_population", "population", "Inhabitants where the answer is yes"
    )
    no_population_share = Share("no_population", "population", "Inhabitants where the answer is no")
    conditional_population_share = Share(
        "conditional_population", "population", "Inhabitants where the yes has a condition"
    )
    unanswered_population_share = Share(
        "unanswered_population", "population", "Inhabitants where there is no answer"
    )

    requested: int = field(
        metadata=figure(AMOUNT, "The amount requested from all members together")
    )
    funded: int = field(
        metadata=figure(
            AMOUNT,
            "The fees of the members whose answer is yes; "
            "with answers for single years, the smallest year",
        )
    )

    @property
    @measured_in(AMOUNT)
    def gap(self) -> int:
        """The missing amount: requested − funded, at least 0."""
        return max(self.requested - self.funded, 0)

    declined: int = field(metadata=figure(AMOUNT, "The fees of the members whose answer is no"))

    @property
    @measured_in(AMOUNT)
    def possible(self) -> int:
        """The amount that may still come: neither funded nor declined."""
        return min(self.gap, self._undecided_fees())

    def _undecided_fees(self) -> int:
        fees = self.requested + self.over_ceiling + self.above_requested
        return fees - self.funded - self.declined - self.lost

    @property
    @measured_in(AMOUNT)
    def unanswered_fees(self) -> int:
        """The fees of the members that have not answered."""
        undecided = self._undecided_fees() - self.conditional_fees
        return undecided - self.uncovered - self.unconfirmed

    conditional_fees: int = field(
        default=0, metadata=figure(AMOUNT, "The fees of the members whose yes has a condition")
    )
    uncovered: int = field(
        default=0,
        metadata=figure(
            AMOUNT, "What a yes for some of the years, or to a part of the fee, does not cover"
        ),
    )

    funded_share = Share("funded", "requested", "Funded")
    declined_share = Share("declined", "requested", "The fees of the members that said no")
    possible_share = Share("possible", "requested", "The amount that may still come")
    unanswered_fees_share = Share(
        "unanswered_fees", "requested", "The fees of the members that have not answered"
    )
    conditional_fees_share = Share(
        "conditional_fees", "requested", "The fees of the members with a condition"
    )
    uncovered_share = Share(
        "uncovered", "requested", "What a yes for some of the years does not cover"
    )

    @property
    @measured_in(AMOUNT)
    def mean_fee_yes(self) -> Fraction | None:
        """The mean fee of the members that have said yes."""
        own = self.funded - self.left_funded + self.uncovered - self.conditional_uncovered
        return share(own, self.yes - self.joined_yes)

    @property
    @measured_in(AMOUNT)
    def mean_fee_others(self) -> Fraction | None:
        """The mean fee of the members that have not said yes."""
        own = self.gap + self.over_ceiling + self.conditional_uncovered
        return share(
            own - self.uncovered - self.lost, self.outside - (self.joined - self.joined_yes)
        )

    @property
    @measured_in(AMOUNT_PER_INHABITANT)
    def per_inhabitant(self) -> Fraction | None:
        """The requested amount per inhabitant of all members."""
        sharing = self.population + self.left_population - self.joined_population
        return share(self.requested, sharing)

    @property
    @measured_in(AMOUNT)
    def funded_if_all_unanswered_yes(self) -> int:
        """The most that can be funded without anyone changing an answer."""
        return self.funded + min(self.gap, self.unanswered_fees)

    funded_if_all_unanswered_yes_share = Share(
        "funded_if_all_unanswered_yes", "requested", "The most that can be funded"
    )

    over_ceiling: int = figure_if_any(
        AMOUNT, "What a ceiling on what is collected takes off the fees that are not secured"
    )

    over_ceiling_share = Share(
        "over_ceiling", "requested", "What a ceiling on what is collected takes off"
    )

    lost: int = figure_if_any(AMOUNT, "The fees that are lost with members that leave")

    lost_share = Share("lost", "requested", "What is lost with members that leave")

    left: int = figure_if_any(MEMBERS, "Members that have left since the base day")
    left_population: int = figure_if_any(INHABITANTS, "Inhabitants of the members that have left")
    left_funded: int = figure_if_any(
        AMOUNT, "The part of the funded amount from members that have left"
    )
    joined: int = figure_if_any(
        MEMBERS, "Members that have joined since the base day, among all members"
    )
    joined_yes: int = figure_if_any(MEMBERS, "Members that have joined and said yes")
    joined_population: int = figure_if_any(INHABITANTS, "Inhabitants of the joined members")
    joined_funded: int = figure_if_any(
        AMOUNT,
        "The fees of the members that have joined and said yes, outside the requested amount",
    )
