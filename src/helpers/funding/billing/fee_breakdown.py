"""How a member's fee was computed, step by step, and the effect of rounding."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from helpers.funding.statement.round_statement import Statement
from helpers.pricing import Prices, Pricing, SharedCost
from helpers.pricing.base import LimitReason
from helpers.pricing.decimals import ExactNumber
from helpers.pricing.kinds.capped_rate import RateWithCeiling
from helpers.pricing.kinds.fixed_total import Annex, FixedTotal

FeeMethod = Literal["share", "rate", "limit", "listed", "own", "pledged"]


@dataclass(frozen=True)
class FeeBreakdown:
    """The steps from a member's inhabitants (or other key) to its fee, all exact.

    `method` is how the fee was computed: a `share` of an amount by weight, a `rate` times the
    inhabitants, a `limit` of the round, `listed` by the organiser, by the round's `own` rule, of
    which only the result is known, or `pledged` by the member itself.

    `key` is the member's inhabitants on 31 December of `population_year` (None for a rule by tax
    base or weight, whose key that is); `rebate` is what the key is lowered by, `weight` what is
    left of it. `amount_shared` units of currency a year are shared by the weights that add up to
    `total_weight`: of all members without a limit, or of all members that have joined. `exact` is
    the fee before rounding, `fee` after it, units a year. `rate` is the price per inhabitant,
    `highest_rate` the most that it may be, where the rule has one. `limited_group` is the group
    whose highest fee it is, if it is not that of all. `joined_later` is of a member
    that joined after the base day, whose fee is outside the shared amount.
    """

    method: FeeMethod
    population_year: int | None
    key: ExactNumber
    rebate: Fraction
    weight: Fraction
    total_weight: Fraction
    amount_shared: ExactNumber
    exact: Fraction
    fee: int
    rate: Fraction | None = None
    highest_rate: Fraction | None = None
    limited: LimitReason | None = None
    limited_group: str = ""
    joined_later: bool = False

    @property
    def share(self) -> Fraction:
        """The member's share of the sum of the weights."""
        return self.weight / self.total_weight

    @property
    def rounding(self) -> Fraction:
        """What rounding to whole units added to the fee; negative if it lowered the fee."""
        return self.fee - self.exact


def break_down_fee(statement: Statement, code: str) -> FeeBreakdown:
    """Return the steps of one member's fee by the round's pricing rule."""
    prices, pricing = statement.prices, statement.round.pricing
    if pricing.takes_pledges:
        return _pledged(int(statement.rows_by_code[code]["pledged"]))
    own, sharing = _own_prices(statement, code), statement.fee_sharing
    key, weight = statement.on_day.keys[code], sharing.weight_of(code)
    per_inhabitant = prices.highest_rate is not None
    return FeeBreakdown(
        method=_fee_method(pricing, own, code, key),
        population_year=pricing.population_year_or_none,
        key=key,
        rebate=key - weight,
        weight=weight,
        total_weight=sharing.weight_shared_with(code),
        amount_shared=sharing.amount_shared_with(code),
        exact=own.exact[code],
        fee=own.fees[code],
        rate=own.exact[code] / key if per_inhabitant else None,
        highest_rate=prices.highest_rate,
        limited=own.limited.get(code),
        limited_group=own.capped_groups.get(code, ""),
        joined_later=own is not prices,
    )


def _pledged(amount: int) -> FeeBreakdown:
    """An amount that needs no steps."""
    none, whole = Fraction(), Fraction(amount)
    return FeeBreakdown("pledged", None, 0, none, none, Fraction(1), 0, whole, amount)


def _own_prices(statement: Statement, code: str) -> Prices:
    """Return the prices that have the member's fee: its own if it joined after the base day."""
    joiners = statement.on_day.joiner_prices
    return joiners if code in joiners.fees else statement.prices


def _fee_method(pricing: Pricing, prices: Prices, code: str, key: ExactNumber) -> FeeMethod:
    if code in prices.limited:
        return "limit"
    if isinstance(pricing, FixedTotal):
        return "share"
    if isinstance(pricing, Annex):
        return "listed"
    if isinstance(pricing, RateWithCeiling | SharedCost):
        # At the highest rate members pay the rate; otherwise they share an amount by inhabitants.
        return "rate" if prices.exact[code] == key * (prices.highest_rate or 0) else "share"
    return "own"
