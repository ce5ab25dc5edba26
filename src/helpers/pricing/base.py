"""The base of all pricing rules: the needed columns, and the fee of each member."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, Literal, TypeAlias

from helpers.base_model import StrictModel
from helpers.errors import ReportError
from helpers.pricing.decimals import ExactNumber

# The columns of the members' file that a rule asked for: by name, then by member code.
MemberColumns: TypeAlias = Mapping[str, Mapping[str, ExactNumber]]

BindingLimit = Literal["", "ceiling", "maximum-rate"]
LimitReason = Literal["fixed", "highest", "lowest"]

_MAX_CODES_SHOWN = 10  # codes in one message


@dataclass(frozen=True)
class RaiseLimits:
    """The highest fees that the rule allows if fees are raised: units of currency a year.

    `at_most` has the highest fee of each member that the rule limits, by code: its fixed share, its
    cap, or the stated rate times its units. Every fee is a multiple of `step`.
    """

    at_most: Mapping[str, int] = field(default_factory=dict)
    step: int = 1


NO_RAISE_LIMITS = RaiseLimits()


@dataclass(frozen=True)
class Prices:
    """The fees of all members: whole units of currency a year, by code.

    `fees` has what each member pays, or would pay if it joined; `exact` is the same before
    rounding. `requested` is the requested amount. If the price does not depend on who joins, the
    fees add up to it, or to more with a ceiling on what is collected. `rate` is the price per
    inhabitant and `highest_rate` the most that it may be, both exact; None for a rule without a
    price per inhabitant. `binding` is the limit that determines the rate, or "". `limited` has the
    members that pay a fixed share, the highest or the lowest fee; `capped_groups` the group whose
    cap is a member's highest fee, by code. `equal_members_differ` is as in apportion.
    `rounding_difference` is what rounding each fee adds to the amount that is shared or listed.
    `weights` are the weights that `requested` is shared by, before limits; empty for a rule without
    weights. `raise_limits` limit fees that a scenario raises.
    """

    requested: int
    fees: dict[str, int]
    exact: dict[str, Fraction]
    equal_members_differ: bool = False
    rate: Fraction | None = None
    highest_rate: Fraction | None = None
    binding: BindingLimit = ""
    limited: dict[str, LimitReason] = field(default_factory=dict)
    capped_groups: dict[str, str] = field(default_factory=dict)
    rounding_difference: ExactNumber = 0
    weights: Mapping[str, int | Fraction] = field(default_factory=dict)
    raise_limits: RaiseLimits = NO_RAISE_LIMITS

    @property
    def sharing_weights(self) -> Mapping[str, int | Fraction]:
        """The weights for a further amount: the rule's weights, else the exact fees."""
        return self.weights or self.exact


class Pricing(StrictModel, ABC):
    """A pricing rule, as [pricing] in round.toml states it; a subclass narrows `rule`.

    `needs_requested`: whether round.toml must state the total. `depends_on_joined`: whether a fee
    depends on which members have joined, so that it is computed again for every date. Such a rule
    must be a SharedCost, because the report shows its price per inhabitant. `has_units`: whether
    members have inhabitants or weights that the report counts; not where the fees are listed.
    `takes_pledges`: whether each member states its own amount, so that nobody has a fee.
    """

    rule: str
    needs_requested: ClassVar[bool] = False
    depends_on_joined: ClassVar[bool] = False
    has_units: ClassVar[bool] = True
    takes_pledges: ClassVar[bool] = False

    def for_groups(self, groups: Mapping[str, str]) -> Pricing:
        """The rule with the group of each member, by code, for a rule whose limits need it."""
        del groups
        return self

    @property
    def population_year_or_none(self) -> int | None:
        """The year on whose last day inhabitants are counted; None for a rule without these."""
        return getattr(self, "population_year", None)

    @property
    def collection_ceiling(self) -> int | None:
        """The most that all members together pay a year; None without such a ceiling."""
        return None

    @property
    def zero_allowed(self) -> bool:
        """Whether a number in the columns may be 0."""
        return False

    @abstractmethod
    def columns(self) -> list[str]:
        """The columns of the members' file, of numbers, that the rule needs."""

    def decimal_columns(self) -> Collection[str]:
        """Those of the columns whose numbers may have decimals."""
        return ()

    def members_without_key(self) -> Collection[str]:
        """The codes of the members that need no number in the columns: those with a fixed share."""
        return ()

    @abstractmethod
    def prices(
        self, requested: int | None, amounts: MemberColumns, joined: Collection[str]
    ) -> Prices:
        """The fee of each member: what it pays, or would pay if it joined.

        `requested` is the amount a year that round.toml states, None if it states none; `amounts`
        has the needed columns; `joined` the codes of the joined members. Raises ReportError if
        these do not fit the rule.
        """

    def without_members(self, codes: Collection[str]) -> Pricing:
        """The rule without what it states of single members that do not share the amount."""
        return self

    def joiner_prices(self, prices: Prices, amounts: MemberColumns) -> Prices:
        """The fees of members that join after the base day, at the price of `prices`.

        `prices` are those of the members that share the requested amount, which joiners do not
        change; `amounts` has the needed columns of the joiners alone. Raises ReportError for a rule
        that has no price for them.
        """
        raise ReportError(
            f'round.toml: the pricing rule "{self.rule}" has no price for a member that joins '
            "after the base day (members_on). Leave the member out of the members' file, or set "
            "members_on to a day on which it is a member."
        )


def population_column(year: int) -> str:
    """The column of the members' file with the inhabitants on 31 December of a year."""
    return f"population_{year}"


def required_column(
    amounts: MemberColumns, name: str, *, zero_allowed: Collection[str] | None = ()
) -> Mapping[str, ExactNumber]:
    """One column by code; ReportError if it is missing or empty, or a value is not above zero.

    `zero_allowed` has the codes whose value may be zero; None allows it for all.
    """
    if name not in amounts:
        raise ReportError(
            f"The members' file has no column {name}, which the pricing rule needs. Add it, or "
            "choose another rule in round.toml."
        )
    values = amounts[name]
    if not values:
        raise ReportError("There is no member to share the amount. List at least one member.")
    wrong = [
        code
        for code, value in values.items()
        if value < 0 or (value == 0 and zero_allowed is not None and code not in zero_allowed)
    ]
    if wrong:
        if zero_allowed is None:
            raise ReportError(
                f"The members' file, column {name}: below 0 for {list_codes(wrong)}. Correct the "
                "values, or leave the members out of the round."
            )
        raise ReportError(
            f"The members' file, column {name}: not above 0 for {list_codes(wrong)}. Correct the "
            "values, or leave the members out of the round."
        )
    return values


def inhabitants_column(amounts: MemberColumns, name: str) -> dict[str, int]:
    """A column of inhabitants by code; errors as in required_column."""
    return {code: int(number) for code, number in required_column(amounts, name).items()}


def resolve_requested(requested: int | None, own: int, what: str) -> int:
    """The requested amount of the rule, `own`; ReportError if round.toml states another sum."""
    if requested not in (None, own):
        raise ReportError(
            f"round.toml: requested is {requested}, but {what} is {own}. Correct one of them, or "
            "leave requested out."
        )
    return own


def list_codes(codes: Collection[str]) -> str:
    """Member codes for a message, in order; of many, the first ten and the number of others."""
    more = len(codes) - _MAX_CODES_SHOWN
    shown = ", ".join(sorted(codes)[:_MAX_CODES_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown
