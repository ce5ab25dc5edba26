"""[[thresholds]] of round.toml: what the round needs to go ahead, in all or in every county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, PositiveInt, model_validator

from helpers.base_model import StrictModel
from helpers.pricing import Pricing

Grouping = Literal["county", "group"]  # columns of the members' file that divide the members


class Threshold(StrictModel):
    """The least that the round needs to go ahead: an amount, members or inhabitants.

    "planned-costs" are the requested amount without the reserve of [contingency].

    `at_least` is a whole number (units of currency a year, members that say yes, their
    inhabitants), `percent` a share of the requested amount, of all members or of all inhabitants.
    With `in_every`, each county (or group) needs so much: `percent` is then a share of the fees,
    members or inhabitants of that county. If a round has several thresholds, all must be met.
    """

    measure: Literal["amount", "planned-costs", "members", "inhabitants"]
    known_from: date
    at_least: PositiveInt | None = None
    percent: Annotated[int, Field(gt=0, le=100)] | None = None
    in_every: Grouping | None = None
    source: str = ""

    @model_validator(mode="after")
    def _one_of_two(self) -> Threshold:
        if (self.at_least is None) == (self.percent is None):
            raise ValueError("give either at_least or percent")
        return self

    @property
    def is_of_money(self) -> bool:
        """Whether it is an amount, of the requested one or of the planned costs."""
        return self.measure in ("amount", "planned-costs")


def reject_thresholds(
    thresholds: Sequence[Threshold], pricing: Pricing, *, has_contingency: bool
) -> None:
    """Raise ValueError for a threshold that the pricing rule cannot measure, or a doubled one."""
    for threshold in thresholds:
        problem = _unfit_planned_costs(threshold, has_contingency=has_contingency)
        problem = problem or _unmeasurable(threshold, pricing)
        if problem:
            raise ValueError(problem)
    stated = Counter((t.measure, t.at_least, t.percent, t.in_every) for t in thresholds)
    for (measure, *_), times in stated.items():
        if times > 1:
            raise ValueError(f'the same threshold in "{measure}" is stated twice: keep one')


def _unfit_planned_costs(threshold: Threshold, *, has_contingency: bool) -> str:
    """The same for the planned costs, which are known of a round with a reserve, for all."""
    if threshold.measure != "planned-costs":
        return ""
    if not has_contingency:
        return (
            'a threshold of the measure "planned-costs" needs the reserve that the requested '
            'amount contains: write [contingency], or the measure "amount"'
        )
    if threshold.in_every or threshold.percent is None:
        return (
            'a threshold of the measure "planned-costs" is a percentage of those of all members '
            'together: write percent, without in_every, or the measure "amount"'
        )
    return ""


def _unmeasurable(threshold: Threshold, pricing: Pricing) -> str:
    """Why a threshold cannot be measured by a pricing rule, and what to do; '' if it can."""
    if threshold.measure == "inhabitants" and not pricing.has_units:
        return (
            f'a threshold of the measure "inhabitants" does not fit the rule "{pricing.rule}", '
            'which counts none: write it in "amount" or "members"'
        )
    if threshold.measure != "amount":
        return ""
    if pricing.depends_on_joined:  # no number of answers secures the fees of a shared cost
        return (
            f'a threshold of the measure "amount" does not fit the rule "{pricing.rule}": '
            'write it in "inhabitants", as the cost is shared by them'
        )
    return _unmeasurable_part(threshold, pricing) if threshold.in_every else ""


def _unmeasurable_part(threshold: Threshold, pricing: Pricing) -> str:
    """The same for an amount in every county or group."""
    if pricing.collection_ceiling is not None:
        return (
            f'a threshold of the measure "amount" with in_every does not fit the rule '
            f'"{pricing.rule}", whose ceiling is for all together, so that what one part secures '
            'depends on the others: write it in "members" or "inhabitants"'
        )
    if pricing.takes_pledges and threshold.percent is not None:
        return (
            'a percentage of the amount with in_every does not fit the rule "pledges", as nobody '
            'has a fee to take it of: write at_least, or the measure "members"'
        )
    return ""
