"""What members owe for their part of each year, against a computation member by member."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.funding.answers.memberships import part_of_year
from helpers.funding.totals.members.member_table import due_by_year
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import PartOfYear
from support.come_and_go import ROUND

ROUND_YEARS = (2025, 2026, 2027)
DAYS = st.none() | st.dates(date(2024, 6, 1), date(2028, 6, 1))


@pytest.mark.parametrize("rule", ["whole", "months", "days"])
@given(members=st.lists(st.tuples(st.integers(0, 10**12), DAYS, DAYS), min_size=1, max_size=12))
def test_each_member_owes_its_fee_times_its_part_rounded_half_up(
    rule: PartOfYear, members: list[tuple[int, date | None, date | None]]
) -> None:
    round_ = Round.model_validate(ROUND | {"part_of_year": rule})
    due = due_by_year(round_, _frame(members))
    assert list(due) == list(ROUND_YEARS)
    for year, amounts in due.items():
        assert amounts.tolist() == [_owed(year, rule, *member) for member in members]


def _frame(members: list[tuple[int, date | None, date | None]]) -> pd.DataFrame:
    fees, first, last = zip(*members, strict=True)
    days = {
        name: pd.Series(list(days), dtype="datetime64[s]")
        for name, days in (("valid_from", first), ("valid_to", last))
    }
    return pd.DataFrame({"fee": pd.Series(fees, dtype="int64"), **days})


def _owed(year: int, rule: PartOfYear, fee: int, first: date | None, last: date | None) -> int:
    part = part_of_year(year, rule, first, last)
    return floor(Fraction(fee) * part + Fraction(1, 2))
