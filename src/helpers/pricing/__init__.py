"""The pricing rules: each is a class, and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, Union

from pydantic import Field

from helpers.pricing.base import MemberColumns, Prices, Pricing
from helpers.pricing.kinds import capped_rate, fixed_total, pledges, shared_cost
from helpers.pricing.kinds.pledges import Pledges
from helpers.pricing.kinds.shared_cost import SharedCost

# A new rule is a class with its own `rule` (see base.Pricing), and one line here.
PRICING_RULES: tuple[type[Pricing], ...] = (
    fixed_total.MembershipFee,
    fixed_total.Inhabitants,
    fixed_total.TaxBase,
    fixed_total.ByWeight,
    fixed_total.Annex,
    capped_rate.RateWithCeiling,
    shared_cost.SharedCost,
    pledges.Pledges,
)


def discriminated_union(rules: tuple[type[Pricing], ...]) -> Any:
    """The type of a field for any of these rules; `rule` states which one it is."""
    return Annotated[Union[rules], Field(discriminator="rule")]  # noqa: UP007


# Type checks need no list: code that gets a rule uses what all rules have in common.
if TYPE_CHECKING:
    AnyPricing: TypeAlias = Pricing
else:
    AnyPricing = discriminated_union(PRICING_RULES)

__all__ = [
    "PRICING_RULES",
    "AnyPricing",
    "MemberColumns",
    "Pledges",
    "Prices",
    "Pricing",
    "SharedCost",
    "discriminated_union",
]
