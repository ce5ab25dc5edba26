"""What the fees of all members have in common: the weights, and the amount shared by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from helpers.funding.statement.fees_under_ceiling import FeesUnderCeiling
from helpers.funding.totals.members.members_on_day import MembersOnDay
from helpers.funding.totals.shared_price import joined_codes
from helpers.model.funding_round import Round
from helpers.pricing import Prices, SharedCost
from helpers.pricing.decimals import ExactNumber, whole_or_fraction
from helpers.pricing.kinds.fixed_total import FixedTotal, MembershipFee

_HUNDREDTHS = 100


@dataclass(frozen=True)
class FeeSharing:
    """The weights of a round's members on a day, and what is shared by them.

    Each sum is computed once for a statement: a letter that added up all weights by itself would
    cost more in a larger round.
    """

    round: Round
    prices: Prices
    on_day: MembersOnDay

    @cached_property
    def unit(self) -> int:
        """The units of a weight per unit of the key; a membership fee's are hundredths."""
        return _HUNDREDTHS if isinstance(self.round.pricing, MembershipFee) else 1

    @cached_property
    def weights(self) -> Mapping[str, ExactNumber]:
        """The weight of each member, by code: the key itself under a rule without weights."""
        pricing, keys = self.round.pricing, self.on_day.keys
        return pricing.weights(keys) if isinstance(pricing, FixedTotal) else keys

    def weight_of(self, code: str) -> Fraction:
        """Return a member's weight, in units of the key."""
        return Fraction(self.weights[code]) / self.unit

    def weight_shared_with(self, code: str) -> Fraction:
        """Return the sum of the weights that share the amount of a member, in units of the key.

        They are those of all members without a limit; of a shared cost, those of the members that
        have joined, and of this one.
        """
        own = self.weights[code] if self._is_shared_cost and code not in self._joined else 0
        return Fraction(self._weight_shared + own) / self.unit

    def amount_shared_with(self, code: str) -> ExactNumber:
        """Return what is shared pro rata: the requested amount less the fees that limits determine.

        The members that have joined a shared cost share what they pay together: the cost or, close
        to the highest rate, a little less. A member that has not joined would share the cost.
        """
        return self._paid_by_joined if code in self._joined else self._left_by_limits

    @cached_property
    def under_ceiling(self) -> FeesUnderCeiling | None:
        """What a yes would cost under a ceiling on what is collected; None without a ceiling."""
        ceiling = self.round.pricing.collection_ceiling
        if ceiling is None:
            return None
        return FeesUnderCeiling(self.round, self.on_day.answers, ceiling)

    @cached_property
    def _is_shared_cost(self) -> bool:
        return isinstance(self.round.pricing, SharedCost)

    @cached_property
    def _joined(self) -> frozenset[str]:
        """The members that have joined a shared cost; nobody under other rules."""
        return joined_codes(self.on_day.answers) if self._is_shared_cost else frozenset()

    @cached_property
    def _weight_shared(self) -> ExactNumber:
        if self._is_shared_cost:
            sharing = self._joined
        else:
            sharing = frozenset(self.on_day.answers["code"]).difference(self.prices.limited)
        return sum(self.weights[code] for code in sharing)

    @cached_property
    def _paid_by_joined(self) -> int:
        return sum(self.prices.fees[code] for code in self._joined)

    @cached_property
    def _left_by_limits(self) -> ExactNumber:
        round_each = getattr(self.round.pricing, "rounding", "") == "each"
        settled = self.prices.exact if round_each else self.prices.fees
        amount = self.prices.requested - self.prices.rounding_difference
        limited = Fraction(sum(settled[code] for code in self.prices.limited))
        return whole_or_fraction(amount - limited)
