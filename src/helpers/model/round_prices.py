"""What each member pays by a round's rule, from the columns of the members' file."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from helpers.model.funding_round import Round
from helpers.pricing import Prices


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
    if "group" in members:
        pricing = pricing.for_groups(dict(zip(members["code"], members["group"], strict=True)))
    return pricing.prices(round_.requested or None, amounts, joined)
