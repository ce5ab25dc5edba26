"""What the fees of all members have in common: the weights, and the amount shared by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import pandas as pd

from helpers.funding.answers.answer_states import YES
from helpers.funding.totals.members.member_table import (
    amounts_by_code,
    promised_by_year,
    secured_by_year,
)
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

    def fees_under_ceiling(self, code: str, ceiling: int) -> dict[int, int]:
        """Return what a member pays in each year of the round if it says yes to all of them.

        `ceiling` is the most that is collected in a year. Where the yes takes the fees above it,
        all are shared again, unless that yes is counted already.
        """
        found, shared_again = {}, None
        for year, fees in self._promised_if_all_say_yes.items():
            fee, now = fees[code], self._promised[year][code]
            if self._promised_sums[year] - now + fee <= ceiling:
                found[year] = fee
            elif now == fee:
                found[year] = self._secured[year][code]
            else:
                shared_again = shared_again or secured_by_year(self.round, self._joined_by(code))
                at = self._positions[code]
                found[year] = int(shared_again[year].iloc[at])
        return found

    def _joined_by(self, *codes: str) -> pd.DataFrame:
        """The answers if the members with these codes said yes to all years; all without a code."""
        answers = self.on_day.answers
        joins = answers["code"].isin(codes) if codes else answers["code"].notna()
        said = [name for name in ("decision", "said", "years") if name in answers]
        values = {"decision": YES, "said": YES, "years": ""}
        return answers.assign(**{name: answers[name].mask(joins, values[name]) for name in said})

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {code: at for at, code in enumerate(self.on_day.answers["code"].tolist())}

    @cached_property
    def _promised(self) -> dict[int, dict[str, int]]:
        answers = self.on_day.answers
        return amounts_by_code((answers, promised_by_year(self.round, answers)))

    @cached_property
    def _promised_sums(self) -> dict[int, int]:
        return {year: sum(fees.values()) for year, fees in self._promised.items()}

    @cached_property
    def _promised_if_all_say_yes(self) -> dict[int, dict[str, int]]:
        answers = self._joined_by()
        return amounts_by_code((answers, promised_by_year(self.round, answers)))

    @cached_property
    def _secured(self) -> dict[int, dict[str, int]]:
        answers = self.on_day.answers
        return amounts_by_code((answers, secured_by_year(self.round, answers)))

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
