"""Whether the thresholds that a round must reach to go ahead are reached."""

from __future__ import annotations

from dataclasses import dataclass
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
    what conditional answers add if their conditions are met.
    """

    threshold: Threshold
    needed: ExactNumber
    reached: ExactNumber
    whole: ExactNumber
    possible: ExactNumber
    possible_on_conditions: ExactNumber = 0

    @property
    def attainable_on_conditions(self) -> bool:
        """Whether it can be reached without a changed answer, if conditions are met."""
        return self.possible + self.possible_on_conditions >= self.needed

    @property
    def shortfall(self) -> ExactNumber:
        """What is missing; 0 if it is reached."""
        return max(0, self.needed - self.reached)

    reached_share = Share("reached", "whole", "How much of the whole is reached")
    needed_share = Share("needed", "whole", "How much of the whole is needed")


def threshold_outcomes(thresholds: list[Threshold], total: Tally) -> list[ThresholdOutcome]:
    """Return what is needed, reached and possible for each threshold."""
    return [threshold_outcome(threshold, total) for threshold in thresholds]


def threshold_outcome(threshold: Threshold, total: Tally) -> ThresholdOutcome:
    """Return what is needed, reached and possible in one count: of all members, or of a county."""
    further_fees = total.funded_if_all_unanswered_yes - total.funded
    on_condition_fees = min(total.conditional_fees, total.gap - further_fees)
    reached, whole, further, on_conditions = {
        "amount": (total.funded, total.requested, further_fees, on_condition_fees),
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
    return ThresholdOutcome(threshold, needed, reached, whole, reached + further, on_conditions)
