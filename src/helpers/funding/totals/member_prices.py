"""What each member pays, given who has joined where the price depends on it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import TypeAlias

import pandas as pd

from helpers.model.funding_round import Round
from helpers.pricing import Prices

# What each member pays when those with the given codes have joined.
PricesIfJoined: TypeAlias = Callable[[Collection[str]], Prices]


def make_prices_if_joined(round_: Round, members: pd.DataFrame) -> PricesIfJoined:
    """What members pay, by who has joined; each answer is computed once.

    Where the price does not depend on who joins, that is once for all.
    """

    @cache
    def cached_prices(joined: frozenset[str]) -> Prices:
        return compute_prices(round_, members, joined)

    if round_.pricing.depends_on_joined:
        return lambda joined: cached_prices(frozenset(joined))
    return lambda _: cached_prices(frozenset())


def compute_prices(round_: Round, members: pd.DataFrame, joined: Collection[str] = ()) -> Prices:
    """The fees of all members by the round's pricing rule; `members` as load_members has them.

    `joined` are the codes of the members that have joined, where the price depends on it. Raises
    ReportError where members and rule do not fit.
    """
    pricing = round_.pricing
    key, *others = pricing.columns()
    columns = {key: "population", **{name: name for name in others}}
    amounts = {
        name: dict(zip(members["code"], members[column].tolist(), strict=True))
        for name, column in columns.items()
    }
    return pricing.prices(round_.requested or None, amounts, joined)


def with_requested_amount(round_: Round, shares: Prices) -> Round:
    """The round with what is requested filled in, where the rule says it and not round.toml."""
    return round_.model_copy(update={"requested": shares.requested})
