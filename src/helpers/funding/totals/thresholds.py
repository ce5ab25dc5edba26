"""Whether the thresholds that a round must reach to go ahead are reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from helpers.funding.totals.shares import Share
from helpers.funding.totals.tally import Tally
from helpers.model.settings.threshold_settings import Threshold
from helpers.pricing.decimals import ExactNumber


class TargetProgress:
    """What is needed, reached, and possible without a changed answer, in one unit."""

    needed: ExactNumber
    reached: ExactNumber
    possible: ExactNumber

    @property
    def met(self) -> bool:
        """Whether the target is already reached."""
        return self.reached >= self.needed

    @property
    def attainable(self) -> bool:
        """Whether it is reached, or can be if members without an answer say yes."""
        return self.possible >= self.needed


@dataclass(frozen=True)
class ThresholdOutcome(TargetProgress):
    """One threshold and how far it is reached, in units a year, members or inhabitants.

    `needed` is the smallest whole number that meets it, or an exact one if weights have decimals.
    `possible` is the most that can be reached without a changed answer; `possible_on_conditions` is
    what conditional answers add if their conditions are met. With `amounts_unknown`, members have
    not answered that state their own amounts, so that more than `possible` can be reached. `year`
    is the year of the numbers; None if those of every year are the same.
    """

    threshold: Threshold
    needed: ExactNumber
    reached: ExactNumber
    whole: ExactNumber
    possible: ExactNumber
    possible_on_conditions: ExactNumber = 0
    amounts_unknown: bool = False
    year: int | None = None

    @property
    def attainable(self) -> bool:
        """Whether it is reached, or can be if members without an answer say yes."""
        return self.amounts_unknown or super().attainable

    @property
    def attainable_on_conditions(self) -> bool:
        """Whether it can be reached without a changed answer, if conditions are met."""
        most = self.possible + self.possible_on_conditions
        return self.attainable or most >= self.needed

    @property
    def shortfall(self) -> ExactNumber:
        """What is missing; 0 if it is reached."""
        return max(0, self.needed - self.reached)

    reached_share = Share("reached", "whole", "How much of the whole is reached")
    needed_share = Share("needed", "whole", "How much of the whole is needed")


def outcome_in_every_year(
    threshold: Threshold,
    by_year: Mapping[int, Tally],
    *,
    takes_pledges: bool = False,
    reserves: Mapping[int, int] | None = None,
) -> ThresholdOutcome:
    """Return the outcome in the year that is furthest from the threshold; it is met if all are.

    That is the year that lacks most (the first of equal years), but a year in which the threshold
    cannot be reached, if there is any. `reserves` are the reserve of each year, if there is one.
    """
    found = {
        year: threshold_outcome(
            threshold, tally, takes_pledges=takes_pledges, reserve=(reserves or {}).get(year, 0)
        )
        for year, tally in by_year.items()
    }
    furthest = max(found, key=lambda year: (*_distance(found[year]), -year))
    alike = all(outcome == found[furthest] for outcome in found.values())
    return replace(found[furthest], year=None if alike else furthest)


def _distance(outcome: ThresholdOutcome) -> tuple[bool, bool, ExactNumber]:
    reachable = (outcome.attainable_on_conditions, outcome.attainable)
    return not reachable[0], not reachable[1], outcome.needed - outcome.reached


def threshold_outcome(
    threshold: Threshold, total: Tally, *, takes_pledges: bool = False, reserve: int = 0
) -> ThresholdOutcome:
    """Return what is needed, reached and possible in one count: of all members, or of a county.

    `reserve` is what the requested amount has besides the planned costs.
    """
    planned = total.requested - reserve
    further_fees = total.funded_if_all_unanswered_yes - total.funded
    on_condition_fees = min(total.conditional_fees, total.gap - further_fees)
    unknown = takes_pledges and threshold.is_of_money
    if unknown:  # nobody has a fee: more comes from what is pledged and not secured
        further_fees, on_condition_fees = total.unconfirmed, total.conditional_fees
    reached, whole, further, on_conditions = {
        "amount": (total.funded, total.requested, further_fees, on_condition_fees),
        "planned-costs": (min(total.funded, planned), planned, further_fees, on_condition_fees),
        "members": (total.yes, total.members, total.unanswered, total.conditional),
        "inhabitants": (
            total.yes_population,
            total.population,
            total.unanswered_population,
            total.conditional_population,
        ),
    }[threshold.measure]
    needed: ExactNumber
    if threshold.at_least is not None:
        needed = threshold.at_least
    else:
        exact = Fraction(threshold.percent or 0) * whole / 100
        parts = (reached, whole, further, on_conditions)
        needed = ceil(exact) if all(isinstance(part, int) for part in parts) else exact
    return ThresholdOutcome(
        threshold,
        needed,
        reached,
        whole,
        reached + further,
        on_conditions,
        amounts_unknown=unknown and total.unanswered > 0,
    )
