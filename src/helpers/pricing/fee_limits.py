"""Limits to the fee of one member in a fixed total: highest, lowest and fixed shares."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from pydantic import Field, PositiveInt, model_validator

from helpers.base_model import StrictModel
from helpers.errors import ReportError
from helpers.pricing.base import list_codes
from helpers.pricing.decimals import Percent, decimal_text

NO_GROUPS: Mapping[str, str] = {}


class FeeLimits(StrictModel):
    """[pricing.limits] in round.toml; a key that is left out sets no limit.

    `highest` and `lowest` are fees in whole units a year; `highest_percent` and `lowest_percent`
    the same in percent of the requested amount, as decimal text. The stricter applies.
    `group_highest` and `group_highest_percent` are the same for the members of a group, by the
    group in the members' file. `fixed_percent` is the fixed share of a member, by code, in percent
    of the requested amount.
    """

    highest: PositiveInt | None = None
    lowest: PositiveInt | None = None
    highest_percent: Percent | None = None
    lowest_percent: Percent | None = None
    group_highest: dict[str, PositiveInt] = Field(default_factory=dict)
    group_highest_percent: dict[str, Percent] = Field(default_factory=dict)
    fixed_percent: dict[str, Percent] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _leave_room(self) -> FeeLimits:
        fixed = sum(self.fixed_percent.values(), Fraction(0))
        if fixed >= 100:
            raise ValueError(
                f"fixed_percent adds up to {decimal_text(fixed)}: keep it below 100, so that "
                "the others "
                'have something to share, or list all fees by the rule "annex"'
            )
        return self

    def step_bounds(self, requested: int, step: int) -> tuple[int, int]:
        """The least and the most steps that a member may pay: whole steps, so rounding keeps them.

        A limit between two steps moves inwards. Without limits, the least is 0 and the most is
        above every possible fee. Raises ReportError if the least is above the most.
        """
        at_least = [Fraction(self.lowest or 0), _percent_of(self.lowest_percent or 0, requested)]
        lowest = max(ceil(limit / step) for limit in at_least)
        at_most = [] if self.highest is None else [Fraction(self.highest)]
        if self.highest_percent is not None:
            at_most.append(_percent_of(self.highest_percent, requested))
        out_of_reach = max(lowest, requested // step) + 1
        highest = min((floor(limit / step) for limit in at_most), default=out_of_reach)
        if lowest > highest:
            raise limits_error(
                f"at {self.describe('lowest')} a member pays at least {lowest * step}, at "
                f"{self.describe('highest')} at most {highest * step}",
                "Raise the highest or lower the lowest.",
            )
        return lowest, highest

    def group_highest_steps(self, requested: int, step: int, lowest: int) -> dict[str, int]:
        """The most steps that a member of each group with a cap may pay, by group.

        Raises ReportError for a cap below the least, `lowest` steps.
        """
        most = {group: Fraction(amount) for group, amount in self.group_highest.items()}
        for group, percent in self.group_highest_percent.items():
            limit = _percent_of(percent, requested)
            most[group] = min(most.get(group, limit), limit)
        steps = {group: floor(limit / step) for group, limit in most.items()}
        for group, highest in steps.items():
            if lowest > highest:
                raise limits_error(
                    f"at {self.describe('lowest')} a member pays at least {lowest * step}, at "
                    f"{self.describe_group(group)} at most {highest * step}",
                    "Raise the highest or lower the lowest.",
                )
        return steps

    def describe_all(self, name: str) -> str:
        """The limits of one kind, with those of groups, as round.toml states them."""
        groups = dict.fromkeys([*self.group_highest, *self.group_highest_percent])
        of_groups = map(self.describe_group, groups if name == "highest" else ())
        return " and ".join(filter(None, [self.describe(name), *of_groups]))

    def describe_group(self, group: str) -> str:
        """The caps of one group as round.toml states them."""
        parts = []
        if group in self.group_highest:
            parts.append(f"group_highest.{group} = {self.group_highest[group]}")
        if group in self.group_highest_percent:
            percent = decimal_text(self.group_highest_percent[group])
            parts.append(f'group_highest_percent.{group} = "{percent}"')
        return " and ".join(parts)

    def describe(self, name: str) -> str:
        """The limits of one kind, "highest" or "lowest", as round.toml states them."""
        amount: int | None = getattr(self, name)
        percent: Fraction | None = getattr(self, f"{name}_percent")
        parts = [] if amount is None else [f"{name} = {amount}"]
        parts += [] if percent is None else [f'{name}_percent = "{decimal_text(percent)}"']
        return " and ".join(parts)


@dataclass(frozen=True)
class StepLimits:
    """The least and, by code, the most steps of a member; a fixed share may not go past them.

    `of_group` has the group whose cap is a member's highest fee, by code.
    """

    lowest: int
    highest: dict[str, int]
    of_group: dict[str, str]


def step_limits(
    requested: int,
    step: int,
    members: Collection[str],
    limits: FeeLimits,
    groups: Mapping[str, str],
) -> StepLimits:
    """The limits of every member in steps: that of its group where it is below that of all."""
    lowest, highest = limits.step_bounds(requested, step)
    of_groups = limits.group_highest_steps(requested, step, lowest)
    unknown = sorted(set(of_groups) - set(groups.values()))
    if unknown:
        raise limits_error(
            f"no member is in the group {list_codes(unknown)}",
            "Write the groups as the column group of the members' file has them.",
        )
    of_group = {
        code: groups[code]
        for code in members
        if of_groups.get(groups.get(code, ""), highest) < highest
    }
    return StepLimits(
        lowest,
        {code: of_groups[of_group[code]] if code in of_group else highest for code in members},
        of_group,
    )


def limits_error(what: str, remedy: str) -> ReportError:
    """The error that no fees fulfil the limits: which limits, and what to do."""
    return ReportError(f"round.toml, [pricing.limits]: {what}. {remedy}")


def _percent_of(percent: Fraction | int, requested: int) -> Fraction:
    return Fraction(requested * percent, 100)
