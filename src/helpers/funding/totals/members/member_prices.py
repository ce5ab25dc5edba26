"""What each member pays, given the members that have joined if the price depends on them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
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

    @cache
    def cached_prices(joined: frozenset[str]) -> Prices:
        return compute_prices(round_, members, joined, outside)

    if round_.pricing.depends_on_joined:
        return lambda joined: cached_prices(frozenset(joined))
    return lambda _: cached_prices(frozenset())


def with_requested_amount(round_: Round, shares: Prices) -> Round:
    """Return the round with the requested amount, if the pricing rule determines it."""
    return round_.model_copy(update={"requested": shares.requested})
