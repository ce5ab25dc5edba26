"""A fixed total, shared by inhabitants, tax base or weight; or fees listed in an annex."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, PositiveInt, PrivateAttr

from helpers.errors import ReportError
from helpers.pricing.apportionment import membership_fee_weights
from helpers.pricing.base import (
    MemberColumns,
    Prices,
    Pricing,
    population_column,
    required_column,
    resolve_requested,
)
from helpers.pricing.bounded_shares import share_within_limits
from helpers.pricing.decimals import ExactNumber, whole_or_fraction
from helpers.pricing.fee_limits import NO_GROUPS, FeeLimits
from helpers.pricing.joiner_shares import joiner_shares
from helpers.rounding import round_half_up


def _whole_step(value: object) -> object:
    """A whole number that is written with decimals, 50.00, as an integer; ValueError for others."""
    if not isinstance(value, Decimal):
        return value
    if not value.is_finite() or value != value.to_integral_value():
        raise ValueError("fees are whole units of the currency: write a whole number")
    return int(value)


Step = Annotated[PositiveInt, BeforeValidator(_whole_step)]


class FixedTotal(Pricing):
    """A total that round.toml states, shared by weight within limits (see bounded_shares).

    Every fee is a multiple of `step` units, and so must `requested` be. With `rounding` = `each`
    every fee is rounded half up by itself, and the requested amount is their sum, which may differ
    from the stated one.
    """

    needs_requested: ClassVar[bool] = True

    step: Step = 1
    rounding: Literal["adds-up", "each"] = "adds-up"
    limits: FeeLimits = FeeLimits()
    _groups: Mapping[str, str] = PrivateAttr(default=NO_GROUPS)

    def for_groups(self, groups: Mapping[str, str]) -> Pricing:
        """The rule with the group of each member, by code, which caps of groups need."""
        if not (self.limits.group_highest or self.limits.group_highest_percent):
            return self
        rule = self.model_copy()
        rule._groups = groups
        return rule

    def members_without_key(self) -> Collection[str]:
        """The members with a fixed share, which need no weight."""
        return self.limits.fixed_percent

    @abstractmethod
    def weight_column(self) -> str:
        """The column that the total is shared by."""

    def weights(self, values: Mapping[str, ExactNumber]) -> Mapping[str, ExactNumber]:
        """The members' weights, from the column; they are the column itself if nothing else."""
        return values

    def columns(self) -> list[str]:
        """The column of weights alone."""
        return [self.weight_column()]

    def prices(
        self, requested: int | None, amounts: MemberColumns, joined: Collection[str]
    ) -> Prices:
        """Fees that add up to `requested`, whichever members have joined.

        Raises ReportError without `requested`, or if no fees fulfil the steps and limits.
        """
        if requested is None:
            raise ReportError(
                f'round.toml: the pricing rule "{self.rule}" shares a total, and none is given. '
                "Write requested = the amount a year."
            )
        column = required_column(
            amounts, self.weight_column(), zero_allowed=self.members_without_key()
        )
        return share_within_limits(
            requested,
            self.weights(column),
            self.limits,
            self.step,
            self._groups,
            round_each=self.rounding == "each",
        )

    def without_members(self, codes: Collection[str]) -> FixedTotal:
        """The rule without the fixed shares of the members with these codes."""
        fixed = {c: p for c, p in self.limits.fixed_percent.items() if c not in codes}
        limits = self.limits.model_copy(update={"fixed_percent": fixed})
        return self.model_copy(update={"limits": limits})

    def joiner_prices(self, prices: Prices, amounts: MemberColumns) -> Prices:
        """Each joiner's weight times the price per unit of weight, within the limits."""
        column = required_column(
            amounts, self.weight_column(), zero_allowed=self.members_without_key()
        )
        return joiner_shares(prices, self.weights(column), self.limits, self.step, self._groups)


class MembershipFee(FixedTotal):
    """SKL's membership-fee principle: by inhabitants, with a rebate for the largest members.

    The rebate is part of the weight: it depends on the inhabitants, never on the fee. Source:
    SKL/SKR, "Förbundsavgift" (2018, 2020, 2024); the year
    of the population is from the memorandum, see the round's README.
    """

    rule: Literal["membership-fee"]
    population_year: int
    rebate_above: PositiveInt
    rebate_percent: Annotated[int, Field(ge=0, lt=100)]

    def weight_column(self) -> str:
        """The inhabitants on 31 December."""
        return population_column(self.population_year)

    def weights(self, values: Mapping[str, ExactNumber]) -> Mapping[str, ExactNumber]:
        """Hundredths of an inhabitant, rebate deducted."""
        return membership_fee_weights(values, self.rebate_above, self.rebate_percent)


class Inhabitants(FixedTotal):
    """By inhabitants, at the same rate for all members."""

    rule: Literal["inhabitants"]
    population_year: int

    def weight_column(self) -> str:
        """The inhabitants on 31 December."""
        return population_column(self.population_year)


class TaxBase(FixedTotal):
    """By the members' tax base, in units of any kind, from the column `tax_base`."""

    rule: Literal["tax-base"]

    def weight_column(self) -> str:
        """The tax base."""
        return "tax_base"

    def decimal_columns(self) -> Collection[str]:
        """The tax base."""
        return self.columns()


class ByWeight(FixedTotal):
    """By a weight that the organiser sets itself, from the column `weight`."""

    rule: Literal["by-weight"]

    def weight_column(self) -> str:
        """The weight."""
        return "weight"

    def decimal_columns(self) -> Collection[str]:
        """The weight."""
        return self.columns()


class Annex(Pricing):
    """By fees that the organiser has listed itself, from the column `fee`.

    A listed fee with decimals is rounded half up to whole units, once.
    """

    has_units: ClassVar[bool] = False

    rule: Literal["annex"]

    def columns(self) -> list[str]:
        """The fees alone."""
        return ["fee"]

    def decimal_columns(self) -> Collection[str]:
        """The fees."""
        return self.columns()

    @property
    def zero_allowed(self) -> bool:
        """A member may be listed with a fee of 0."""
        return True

    def prices(
        self, requested: int | None, amounts: MemberColumns, joined: Collection[str]
    ) -> Prices:
        """The listed fees; the requested amount is their sum.

        Raises ReportError if round.toml states another sum, or for a fee below zero.
        """
        exact = _listed_fees(amounts)
        fees = {code: round_half_up(fee) for code, fee in exact.items()}
        sum_of_fees, sum_listed = sum(fees.values()), sum(exact.values())
        if requested != round_half_up(sum_listed):  # the sum as listed may be stated, too
            resolve_requested(requested, sum_of_fees, "the sum of the column fee")
        return Prices(
            sum_of_fees,
            fees,
            exact,
            rounding_difference=whole_or_fraction(sum_of_fees - sum_listed),
        )

    def joiner_prices(self, prices: Prices, amounts: MemberColumns) -> Prices:
        """The listed fees of the joiners."""
        exact = _listed_fees(amounts)
        fees = {code: round_half_up(fee) for code, fee in exact.items()}
        return Prices(sum(fees.values()), fees, exact)


def _listed_fees(amounts: MemberColumns) -> dict[str, Fraction]:
    listed = required_column(amounts, "fee", zero_allowed=None)
    return {code: Fraction(fee) for code, fee in listed.items()}
