"""The rules by which a round is priced: each a class, and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, Union

from pydantic import Field

from helpers.pricing import fixed, rate, shared
from helpers.pricing.base import Amounts, Prices, Pricing
from helpers.pricing.shared import SharedCost

# A new rule is a class with a `rule` of its own (see base.Pricing), and one line here.
RULES: tuple[type[Pricing], ...] = (
    fixed.MembershipFee,
    fixed.Inhabitants,
    fixed.TaxBase,
    fixed.ByWeight,
    fixed.Annex,
    rate.RateWithCeiling,
    shared.SharedCost,
)


def any_of(rules: tuple[type[Pricing], ...]) -> Any:
    """The type of a field that holds any of these rules, told apart by `rule`."""
    return Annotated[Union[rules], Field(discriminator="rule")]  # noqa: UP007


# The checks of types need no list: whoever holds a rule uses what all of them have in common.
if TYPE_CHECKING:
    AnyPricing: TypeAlias = Pricing
else:
    AnyPricing = any_of(RULES)

__all__ = ["RULES", "Amounts", "AnyPricing", "Prices", "Pricing", "SharedCost", "any_of"]
