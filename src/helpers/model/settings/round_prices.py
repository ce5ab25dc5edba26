"""What each member pays by a round's rule, from the columns of the members' file."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from helpers.model.funding_round import Round
from helpers.pricing import MemberColumns, Prices, Pricing


def compute_prices(
    round_: Round,
    members: pd.DataFrame,
    joined: Collection[str] = (),
    outside: Collection[str] = (),
) -> Prices:
    """The fees of all members by the round's pricing rule; `members` as load_members has them.

    `joined` are the codes of the members that have joined, where the price depends on it;
    `outside` those of members of the file that do not share the requested amount. Raises
    ReportError where members and rule do not fit.
    """
    pricing = _with_groups(round_.pricing.without_members(outside), members)
    return pricing.prices(round_.requested or None, _member_columns(round_, members), joined)


def compute_joiner_prices(round_: Round, prices: Prices, joiners: pd.DataFrame) -> Prices:
    """The fees of members that joined after the base day; `prices` are those of all others."""
    pricing = _with_groups(round_.pricing, joiners)
    return pricing.joiner_prices(prices, _member_columns(round_, joiners))


def _with_groups(pricing: Pricing, members: pd.DataFrame) -> Pricing:
    if "group" not in members:
        return pricing
    return pricing.for_groups(dict(zip(members["code"], members["group"], strict=True)))


def _member_columns(round_: Round, members: pd.DataFrame) -> MemberColumns:
    names = round_.pricing.columns()
    if not names:  # a rule without numbers still has to know the members
        return {"code": dict.fromkeys(members["code"], 0)}
    key, *others = names
    columns = {key: "population", **{name: name for name in others}}
    return {
        name: dict(zip(members["code"], members[column].tolist(), strict=True))
        for name, column in columns.items()
    }
