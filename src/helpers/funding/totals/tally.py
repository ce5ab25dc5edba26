"""The count of a set of members, in members, inhabitants and kronor; each figure defined once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction


@dataclass(frozen=True)
class Tally:
    """The count of a set of members: how many, how many inhabitants, and how many kronor.

    Counts are members, `population` inhabitants, amounts whole units of currency a year. Shares
    are exact fractions, or None where there is nothing to take a share of. `conditional` members
    have said yes on a condition, counted apart; `uncovered` is what is missing of the fees of those
    whose yes is for some of the years only. `over_ceiling` is what a ceiling on what is collected
    takes off the fees that are not secured: requested = funded + unanswered, conditional, uncovered
    and declined fees − over_ceiling.
    """

    members: int
    yes: int
    no: int
    population: int
    yes_population: int
    no_population: int
    requested: int
    funded: int
    declined: int
    conditional: int = 0
    conditional_population: int = 0
    conditional_fees: int = 0
    uncovered: int = 0
    over_ceiling: int = 0

    @property
    def answered(self) -> int:
        """Members that have said yes, with or without a condition, or no."""
        return self.yes + self.no + self.conditional

    @property
    def unanswered(self) -> int:
        """Members that have not answered; silence is never a no."""
        return self.members - self.answered

    @property
    def outside(self) -> int:
        """Members that have not said yes: no, silent, or a yes on a condition."""
        return self.members - self.yes

    @property
    def unanswered_population(self) -> int:
        """Inhabitants of the members that have not answered."""
        answered = self.yes_population + self.no_population + self.conditional_population
        return self.population - answered

    @property
    def gap(self) -> int:
        """What is missing: requested − funded."""
        return self.requested - self.funded

    @property
    def possible(self) -> int:
        """What may still come, at most the gap: all that is neither funded nor declined."""
        return min(self.gap, self._undecided_fees())

    def _undecided_fees(self) -> int:
        return self.requested + self.over_ceiling - self.funded - self.declined

    @property
    def unanswered_fees(self) -> int:
        """The fees of the members that have not answered."""
        return self._undecided_fees() - self.conditional_fees - self.uncovered

    @property
    def funded_if_all_unanswered_yes(self) -> int:
        """The most that can be funded without anyone changing an answer."""
        return self.funded + min(self.gap, self.unanswered_fees)

    @property
    def mean_fee_yes(self) -> Fraction | None:
        """The mean fee of the members that have said yes."""
        return share(self.funded + self.uncovered, self.yes)

    @property
    def mean_fee_others(self) -> Fraction | None:
        """The mean fee of the members that have not said yes."""
        return share(self.gap + self.over_ceiling - self.uncovered, self.outside)

    @property
    def per_inhabitant(self) -> Fraction | None:
        """What is requested per inhabitant of all members."""
        return share(self.requested, self.population)

    @property
    def funded_share(self) -> Fraction | None:
        """Funded, of the requested amount."""
        return share(self.funded, self.requested)

    @property
    def funded_if_all_unanswered_yes_share(self) -> Fraction | None:
        """The most that can be funded, of the requested amount."""
        return share(self.funded_if_all_unanswered_yes, self.requested)

    @property
    def declined_share(self) -> Fraction | None:
        """The fees of the members that said no, of the requested amount."""
        return share(self.declined, self.requested)

    @property
    def possible_share(self) -> Fraction | None:
        """What may still come, of the requested amount."""
        return share(self.possible, self.requested)

    @property
    def unanswered_fees_share(self) -> Fraction | None:
        """The fees of the members that have not answered, of the requested amount."""
        return share(self.unanswered_fees, self.requested)

    @property
    def conditional_fees_share(self) -> Fraction | None:
        """The fees of the members with a condition, of the requested amount."""
        return share(self.conditional_fees, self.requested)

    @property
    def uncovered_share(self) -> Fraction | None:
        """What a yes for some of the years leaves, of the requested amount."""
        return share(self.uncovered, self.requested)

    @property
    def over_ceiling_share(self) -> Fraction | None:
        """What a ceiling takes off the fees that are not secured, of the requested amount."""
        return share(self.over_ceiling, self.requested)

    @property
    def answered_share(self) -> Fraction | None:
        """Members that have answered, of all members."""
        return share(self.answered, self.members)

    @property
    def yes_share(self) -> Fraction | None:
        """Members that have said yes, of all members."""
        return share(self.yes, self.members)

    @property
    def no_share(self) -> Fraction | None:
        """Members that have said no, of all members."""
        return share(self.no, self.members)

    @property
    def conditional_share(self) -> Fraction | None:
        """Members that have said yes on a condition, of all members."""
        return share(self.conditional, self.members)

    @property
    def unanswered_share(self) -> Fraction | None:
        """Members that have not answered, of all members."""
        return share(self.unanswered, self.members)

    @property
    def yes_of_answered_share(self) -> Fraction | None:
        """Members that have said yes, of the members that have answered."""
        return share(self.yes, self.answered)

    @property
    def no_of_answered_share(self) -> Fraction | None:
        """Members that have said no, of the members that have answered."""
        return share(self.no, self.answered)

    @property
    def yes_population_share(self) -> Fraction | None:
        """Inhabitants where the answer is yes, of all members' inhabitants."""
        return share(self.yes_population, self.population)

    @property
    def no_population_share(self) -> Fraction | None:
        """Inhabitants where the answer is no, of all members' inhabitants."""
        return share(self.no_population, self.population)

    @property
    def conditional_population_share(self) -> Fraction | None:
        """Inhabitants where the yes has a condition, of all members' inhabitants."""
        return share(self.conditional_population, self.population)

    @property
    def unanswered_population_share(self) -> Fraction | None:
        """Inhabitants where there is no answer, of all members' inhabitants."""
        return share(self.unanswered_population, self.population)


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
    )


def share(part: int, whole: int) -> Fraction | None:
    """A part of a whole; None, never a division by zero, where there is no whole."""
    return Fraction(part, whole) if whole else None
