"""Part pledges: a yes of another amount than the fee, in a round whose round.toml allows it.

In each year that the yes covers, it counts as the smaller of its amount and what the member owes
for the year. What is above the whole fee of the year is a gift, which is reported and invoiced with
the fee, and is outside the requested amount. Source: docs/explanation/money.md, "Part pledges".
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.funding.answers.answer_states import NO
from helpers.model.funding_round import Round
from helpers.rounding import round_half_up

# What a yes states in place of its fee: whole units of currency a year; 0 for the whole fee.
OFFERED = "offered"

Amounts: TypeAlias = npt.NDArray[Any]  # of whole units, as int64


def with_offers(round_: Round, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the answers with `offered` (int); unchanged in a round without part pledges.

    `rows` has decision, and the register's amount (str), which is rounded half up once.
    """
    if not round_.part_pledges:
        return rows
    stated = rows["amount"].where(rows["decision"] != NO, "")
    offered = [round_half_up(Fraction(text or 0)) for text in stated]
    return rows.assign(**{OFFERED: pd.Series(offered, rows.index, dtype="int64")})


def limited_to_offers(due: pd.Series[int], rows: pd.DataFrame) -> pd.Series[int]:
    """What of each fee that is due the answer is of: all of it, or the amount that it states."""
    if OFFERED not in rows:
        return due
    limited = at_most_offered(due.to_numpy(), rows[OFFERED].to_numpy())
    return pd.Series(limited, due.index, dtype="int64")


def at_most_offered(due: Amounts, offered: Amounts) -> Amounts:
    """Each amount that is due, at most what is offered; all of it where that is 0."""
    return np.where(offered > 0, np.minimum(due, offered), due)


def gifts_above(fees: pd.Series[int], due: pd.Series[int], rows: pd.DataFrame) -> pd.Series[int]:
    """What each answer states above the whole fee of a year; 0 where nothing is due for it.

    `rows` has `offered`.
    """
    return (rows[OFFERED] - fees).clip(lower=0).where(due > 0, 0)
