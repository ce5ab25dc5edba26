"""A cost shared by the members that join: the count, and the price now and as more join."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from helpers.funding.answers.answer_states import CONDITIONAL, LEFT, UNANSWERED, YES
from helpers.funding.totals.members.member_count import count_members, count_pledges, unanswered_by
from helpers.funding.totals.members.member_prices import PricesIfJoined
from helpers.funding.totals.shares import share
from helpers.funding.totals.tally import Tally
from helpers.model.funding_round import Round
from helpers.pricing import SharedCost

JOINERS_LISTED = 10  # a price for each of the first ten further members
JOINER_COUNTS = (
    *range(1, JOINERS_LISTED + 1),
    20,
)  # further members; the number of all remaining members follows


@dataclass(frozen=True)
class PriceStep:
    """The price if `joining` more members have joined (if negative: if that many have left).

    `members` and `inhabitants` are of joined members, `population` of all members. `rate` is in
    currency units per inhabitant and year, exact; `funded` is what all joined members pay, in units
    a year.
    """

    joining: int
    members: int
    inhabitants: int
    population: int
    rate: Fraction
    funded: int

    @property
    def share(self) -> Fraction | None:
        """The share of the inhabitants that have joined."""
        return share(self.inhabitants, self.population)


@dataclass(frozen=True)
class SharedPrice:
    """The price per inhabitant of a shared cost, now and as more members join.

    `steps` are after the largest members without an answer have joined (1 to 10, 20, all of them);
    `if_all_join` is after all members have. `largest` has the inhabitants of the ten largest
    members by code, the largest first; `if_one_leaves` has the price if one of them that has joined
    leaves. `break_even_inhabitants` is the smallest number of inhabitants at which the highest rate
    no longer applies; `rate_curve` has the rate by the inhabitants that have joined. `estimated` is
    true if the cost is not the organiser's own number.
    """

    cost: int
    estimated: bool
    highest_rate: Fraction
    population: int
    break_even_inhabitants: int
    now: PriceStep
    steps: tuple[PriceStep, ...]
    if_all_join: PriceStep
    largest: dict[str, int]
    if_one_leaves: dict[str, PriceStep]
    rate_curve: tuple[tuple[int, Fraction], ...]

    @property
    def highest_rate_binds(self) -> bool:
        """Whether the highest rate is the price: the cost is not covered."""
        return self.now.inhabitants < self.break_even_inhabitants

    @property
    def break_even_share(self) -> Fraction | None:
        """The share of all members' inhabitants that covers the cost."""
        return share(self.break_even_inhabitants, self.population)

    def population_share(self, *codes: str) -> Fraction | None:
        """Return the share of some of the largest members in all inhabitants."""
        return share(sum(self.largest[code] for code in codes), self.population)

    @property
    def if_all_unanswered_join(self) -> PriceStep:
        """The price if all members without an answer join; the present one if there are none."""
        return self.steps[-1] if self.steps else self.now


def compute_shared_price(
    round_: Round, answers: pd.DataFrame, prices_if_joined: PricesIfJoined
) -> SharedPrice | None:
    """Return the price and its changes; None for a rule whose price does not depend on who joins.

    `answers` is the frame of member_table.add_secured; members that have left do not count.
    """
    pricing = round_.pricing
    if not isinstance(pricing, SharedCost):
        return None
    answers = answers[answers["decision"] != LEFT]
    inside = joined_codes(answers)
    people = dict(zip(answers["code"], answers["population"].tolist(), strict=True))
    population = sum(people.values())
    unanswered = unanswered_by_population(answers)

    def step(joining: Collection[str], leaving: Collection[str] = ()) -> PriceStep:
        codes = (inside | set(joining)) - set(leaving)
        inhabitants = sum(people[code] for code in codes)
        rate, funded = pricing.rate_at(inhabitants), sum_paid_if_joined(prices_if_joined, codes)
        return PriceStep(
            len(codes) - len(inside), len(codes), inhabitants, population, rate, funded
        )

    by_size = answers.sort_values(["population", "code"], ascending=[False, True])
    largest = {code: people[code] for code in by_size["code"].head(JOINERS_LISTED)}
    return SharedPrice(
        cost=round_.requested,
        estimated=pricing.estimated,
        highest_rate=pricing.highest_rate,
        population=population,
        break_even_inhabitants=pricing.break_even_inhabitants(),
        now=step([]),
        steps=tuple(step(unanswered[:count]) for count in _joiner_counts(len(unanswered))),
        if_all_join=step(set(people) - inside),
        largest=largest,
        if_one_leaves={code: step([], [code]) for code in largest if code in inside},
        rate_curve=tuple(pricing.rate_curve(population)),
    )


def _joiner_counts(unanswered: int) -> list[int]:
    return sorted({count for count in (*JOINER_COUNTS, unanswered) if 1 <= count <= unanswered})


def count_all_members(
    round_: Round, answers: pd.DataFrame, prices_if_joined: PricesIfJoined
) -> Tally:
    """Count all members by the round's rule; `answers` as from member_table.add_secured."""
    if round_.pricing.depends_on_joined:
        return count_sharing_members(round_, answers, prices_if_joined)
    if round_.pricing.takes_pledges:
        return count_pledges(round_, answers)
    own = count_members(answers)
    over = own.requested - (round_.pricing.collection_ceiling or own.requested)
    return replace(own, requested=own.requested - over, over_ceiling=over) if over > 0 else own


def count_sharing_members(
    round_: Round, answers: pd.DataFrame, prices_if_joined: PricesIfJoined
) -> Tally:
    """Count all members of a shared cost.

    The fees of all members do not add up to the cost, so that what may still come is computed: the
    sum that joined members would pay if all members without an answer or with a condition also
    joined, less what is paid now. `declined` is what is then still missing. Members with a yes that
    pay nothing in the year that is counted do not share it; members that have left share what their
    yes secures.
    """
    pays = answers["fee"] > 0
    left = frozenset(answers.loc[pays & (answers["decision"] == LEFT), "code"])
    inside = joined_codes(answers[pays]) | left
    unanswered = inside | _codes_with_decision(answers, UNANSWERED)
    willing = unanswered | _codes_with_decision(answers, CONDITIONAL)
    paid_if_willing_join = sum_paid_if_joined(prices_if_joined, willing)
    own = count_members(answers)
    return replace(
        own,
        requested=round_.requested,
        declined=round_.requested - paid_if_willing_join,
        conditional_fees=paid_if_willing_join - sum_paid_if_joined(prices_if_joined, unanswered),
    )


def joined_codes(answers: pd.DataFrame) -> frozenset[str]:
    """Return the codes of the members whose answer is yes."""
    return _codes_with_decision(answers, YES)


def sum_paid_if_joined(prices_if_joined: PricesIfJoined, codes: Collection[str]) -> int:
    """Return what members pay together if exactly these have joined, in units a year."""
    fees = prices_if_joined(codes).fees
    return sum(fees[code] for code in codes)


def unanswered_by_population(answers: pd.DataFrame) -> list[str]:
    """Return the codes of the members without an answer, the most inhabitants first."""
    return list(unanswered_by(answers, "population")["code"])


def _codes_with_decision(answers: pd.DataFrame, decision: str) -> frozenset[str]:
    return frozenset(answers.loc[answers["decision"] == decision, "code"])
