"""What every pricing rule is: it names the columns it needs and says what each member pays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, Literal, TypeAlias

from helpers.base_model import StrictModel
from helpers.errors import ReportError

# The columns of the members' file that a rule asked for: by name, then by member code.
MemberColumns: TypeAlias = Mapping[str, Mapping[str, int]]

BindingLimit = Literal["", "ceiling", "maximum-rate"]
LimitReason = Literal["fixed", "highest", "lowest"]

_MAX_CODES_SHOWN = 10  # codes in one message


@dataclass(frozen=True)
class FeeBounds:
    """What the rule allows a fee to become if it is raised: units of currency a year.

    `at_most` has the highest fee of each member that the rule limits, by code: its fixed share, its
    cap, or the stated rate times its units. Every fee is a multiple of `step`.
    """

    at_most: Mapping[str, int] = field(default_factory=dict)
    step: int = 1


NO_FEE_BOUNDS = FeeBounds()


@dataclass(frozen=True)
class Prices:
    """What the members pay: whole units of currency a year, by code.

    `fees` covers every member: what it pays, or would pay if it joined. `exact` is the same before
    rounding. `requested` is the sum asked for; where the price does not depend on who joins, the
    fees add up to it, or to more where a ceiling is on what is collected. `rate` is the price per
    inhabitant and `highest_rate` the most that it may be, both exact, None for a rule without a
    price per inhabitant. `binding` says what decides the rate: a ceiling on the total, the highest
    rate, or nothing. `limited` says which members pay a fixed share, the highest or the lowest fee.
    `equal_members_differ` as in apportion. `weights` are what `requested` is shared by, without the
    limits' effect; empty for a rule without weights. `bounds` are what a scenario must keep to when
    it raises fees.
    """

    requested: int
    fees: dict[str, int]
    exact: dict[str, Fraction]
    equal_members_differ: bool = False
    rate: Fraction | None = None
    highest_rate: Fraction | None = None
    binding: BindingLimit = ""
    limited: dict[str, LimitReason] = field(default_factory=dict)
    weights: Mapping[str, int | Fraction] = field(default_factory=dict)
    bounds: FeeBounds = NO_FEE_BOUNDS

    @property
    def sharing_weights(self) -> Mapping[str, int | Fraction]:
        """What a further amount is shared by: the rule's weights, else the exact fees."""
        return self.weights or self.exact


class Pricing(StrictModel, ABC):
    """A pricing rule, as [pricing] in round.toml states it; a kind of rule narrows `rule`.

    `needs_requested`: whether round.toml has to state the total. `depends_on_joined`: whether a
    member's price changes with who else joins, so that it has to be asked for again for every date;
    such a rule is a kind of SharedCost, whose price per inhabitant the report shows.
    """

    rule: str
    needs_requested: ClassVar[bool] = False
    depends_on_joined: ClassVar[bool] = False

    @property
    def year_of_inhabitants(self) -> int | None:
        """On whose last day inhabitants are counted; None where the rule counts something else."""
        return getattr(self, "population_year", None)

    @property
    def collection_ceiling(self) -> int | None:
        """The most that is collected in a year from all together; None without such a ceiling."""
        return None

    @abstractmethod
    def columns(self) -> list[str]:
        """The columns of whole numbers that the rule needs of the members' file."""

    @abstractmethod
    def prices(
        self, requested: int | None, amounts: MemberColumns, joined: Collection[str]
    ) -> Prices:
        """What each member pays, or would pay if it joined.

        `requested` is the amount a year that round.toml states, None where it leaves it to the
        rule; `amounts` holds the columns asked for; `joined` the codes of those that have joined.
        Raises ReportError where they do not fit the rule.
        """


def population_column(year: int) -> str:
    """The column of the members' file with the inhabitants on 31 December of a year."""
    return f"population_{year}"


def required_column(amounts: MemberColumns, name: str, least: int = 1) -> Mapping[str, int]:
    """One column by code; ReportError where it is missing or empty, or a value is below `least`."""
    if name not in amounts:
        raise ReportError(
            f"The members' file has no column {name}, which the pricing rule needs. Add it, or "
            "choose another rule in round.toml."
        )
    values = amounts[name]
    if not values:
        raise ReportError("There is no member to share the amount. List at least one member.")
    wrong = [code for code, value in values.items() if value < least]
    if wrong:
        raise ReportError(
            f"The members' file, column {name}: below {least} for {list_codes(wrong)}. Correct the "
            "values, or leave the members out of the round."
        )
    return values


def resolve_requested(requested: int | None, own: int, what: str) -> int:
    """What the rule itself says is requested; ReportError where round.toml states another sum."""
    if requested not in (None, own):
        raise ReportError(
            f"round.toml: requested is {requested}, but {what} is {own}. Correct one of them, or "
            "leave requested out."
        )
    return own


def list_codes(codes: Collection[str]) -> str:
    """Member codes for a message, in order; of many, the first and how many more."""
    more = len(codes) - _MAX_CODES_SHOWN
    shown = ", ".join(sorted(codes)[:_MAX_CODES_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown
