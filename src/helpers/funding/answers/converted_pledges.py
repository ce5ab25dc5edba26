"""What an answer pledges, in whole units of the round's currency."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from helpers.funding.answers.answer_states import NO
from helpers.model.funding_round import Round
from helpers.pricing import Pledges

# The columns that `with_pledges` makes of the register's columns of amounts, and what a member
# without an answer has in them.
BLANK_PLEDGE: Mapping[str, str | int] = {
    "amount": "",
    "currency": "",
    "confirmed_amount": "",
    "pledged": 0,
    "confirmed": 0,
    "secures": 0,
}


def pledges_of(round_: Round) -> Pledges:
    """The rule of a round of pledges; TypeError in a round of fees."""
    if not isinstance(round_.pricing, Pledges):
        raise TypeError(round_.pricing.rule)
    return round_.pricing


def with_pledges(round_: Round, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the answers with what each pledges; unchanged in a round of fees.

    `rows` has decision, and the register's amount, currency and confirmed (str). In the result,
    `amount` and `confirmed_amount` (str) are as stated, in `currency`; `pledged`, `confirmed` and
    `secures` (int) are in whole units of the round's currency a year: what is pledged, what of it
    is confirmed, and which of the two the round counts as secured. Each amount is converted by the
    round's rate and rounded half up, once. A no pledges nothing.
    """
    pricing = round_.pricing
    if not isinstance(pricing, Pledges):
        return rows
    currencies = rows["currency"].where(rows["currency"] != "", round_.currency)
    no = rows["decision"] == NO
    amount, stated = (rows[name].where(~no, "") for name in ("amount", "confirmed"))
    pledged, confirmed = (_converted(pricing, cells, currencies) for cells in (amount, stated))
    return rows.assign(
        amount=amount,
        currency=currencies.where(amount != "", ""),
        confirmed_amount=stated,
        pledged=pledged,
        confirmed=confirmed,
        secures=confirmed if pricing.secured == "confirmed" else pledged,
    )


def _converted(
    pricing: Pledges, amounts: pd.Series[str], currencies: pd.Series[str]
) -> pd.Series[int]:
    pairs = zip(amounts, currencies, strict=True)
    whole = [pricing.converted(Fraction(text or 0), currency) for text, currency in pairs]
    return pd.Series(whole, amounts.index, dtype="int64")
