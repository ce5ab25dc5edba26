"""How a member's fee was computed, step by step, and the effect of rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.shared_price import joined_codes
from helpers.pricing import Prices, Pricing, SharedCost
from helpers.pricing.base import LimitReason
from helpers.pricing.decimals import ExactNumber, whole_or_fraction
from helpers.pricing.kinds.capped_rate import RateWithCeiling
from helpers.pricing.kinds.fixed_total import Annex, FixedTotal, MembershipFee

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
    keys = statement.on_day.keys
    own = _own_prices(statement, code)
    weights, unit = _weights_and_unit(pricing, keys)
    is_shared_cost = isinstance(pricing, SharedCost)
    joined_members = joined_codes(statement.answers) if is_shared_cost else frozenset()
    sharing = set(statement.answers["code"]) - set(prices.limited)
    sharing_codes = joined_members | {code} if is_shared_cost else sharing
    weight = Fraction(weights[code]) / unit
    per_inhabitant = prices.highest_rate is not None
    return FeeBreakdown(
        method=_fee_method(pricing, own, code, keys[code]),
        population_year=pricing.population_year_or_none,
        key=keys[code],
        rebate=keys[code] - weight,
        weight=weight,
        total_weight=Fraction(sum(weights[other] for other in sharing_codes)) / unit,
        amount_shared=_amount_shared(
            prices, joined_members, code, round_each=getattr(pricing, "rounding", "") == "each"
        ),
        exact=own.exact[code],
        fee=own.fees[code],
        rate=own.exact[code] / keys[code] if per_inhabitant else None,
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


def _weights_and_unit(
    pricing: Pricing, keys: dict[str, ExactNumber]
) -> tuple[Mapping[str, ExactNumber], int]:
    """Return the weights, and the number of their units per unit of the key.

    The weights of a membership fee are in hundredths of an inhabitant.
    """
    unit = 100 if isinstance(pricing, MembershipFee) else 1
    return (pricing.weights(keys) if isinstance(pricing, FixedTotal) else keys), unit


def _amount_shared(
    prices: Prices, joined_members: frozenset[str], code: str, *, round_each: bool
) -> ExactNumber:
    """Return what is shared pro rata: the requested amount less the fees that limits determine.

    `joined_members` have joined a shared cost; it is empty under other rules. They share what they
    pay together: the cost or, close to the highest rate, a little less. A member that has not
    joined would share the cost.
    """
    if code in joined_members:
        return sum(prices.fees[other] for other in joined_members)
    settled = prices.exact if round_each else prices.fees
    amount = prices.requested - prices.rounding_difference
    return whole_or_fraction(amount - Fraction(sum(settled[other] for other in prices.limited)))


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
