"""What each member pays, given the members that have joined if the price depends on them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TypeAlias

import pandas as pd

from helpers.model.funding_round import Round
from helpers.model.settings.round_prices import compute_prices
from helpers.pricing import Prices

# From the codes of the members that have joined to what each member pays.
PricesIfJoined: TypeAlias = Callable[[Collection[str]], Prices]


def make_prices_if_joined(
    round_: Round, members: pd.DataFrame, outside: Collection[str] = ()
) -> PricesIfJoined:
    """Return a function from the codes that have joined to the prices; its results are cached.

    `outside` as in round_prices.compute_prices. Where the price does not depend on who joins, that
    is once for all.
    """
    return _CachedPrices(round_, members, frozenset(outside))


@dataclass(eq=False)
class _CachedPrices:
    """The prices of each set of members that has joined, computed once; it can be pickled."""

    round: Round
    members: pd.DataFrame
    outside: frozenset[str]
    known: dict[frozenset[str], Prices] = field(default_factory=dict)

    def __call__(self, joined: Collection[str]) -> Prices:
        key = frozenset(joined) if self.round.pricing.depends_on_joined else frozenset()
        if key not in self.known:
            self.known[key] = compute_prices(self.round, self.members, key, self.outside)
        return self.known[key]


def with_requested_amount(round_: Round, shares: Prices) -> Round:
    """Return the round with the requested amount, if the pricing rule determines it."""
    return round_.model_copy(update={"requested": shares.requested})
