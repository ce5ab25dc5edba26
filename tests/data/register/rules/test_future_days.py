from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from helpers.data.register.rules.future_days import find_future_days, refuse_future_days
from helpers.errors import DataError
from helpers.model.funding_round import Round
from support.loaded_register import load_register

TODAY = date(2016, 10, 3)
TODAYS = "1480,2016-10-03,2016-10-03,2016-10-03,yes"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("0180,2016-09-01,2016-10-04,,yes", [("received_on", "2016-10-04")]),
        ("0180,2106-09-01,2106-09-05,,yes",
         [("decided_on", "2106-09-01"), ("received_on", "2106-09-05")]),
        ("0180,2016-09-01,2016-09-05,2061-09-06,no", [("registered_on", "2061-09-06")]),
        ("0180,2016-09-01,2016-10-03,,no", []),
    ],
)  # fmt: skip
def test_a_day_after_today_is_named_once(
    tmp_path: Path,
    shipped_members: pd.DataFrame,
    shipped_round: Round,
    row: str,
    found: list[tuple[str, str]],
) -> None:
    path = tmp_path / "decisions.csv"
    heading = "code,decided_on,received_on,registered_on,decision"
    path.write_text("\n".join([heading, TODAYS, row]) + "\n", "utf-8")
    register = load_register(path, shipped_members, shipped_round)
    problems = find_future_days(register, TODAY)
    assert [(one.column, one.value) for one in problems] == found
    assert all(one.row == 3 and one.severity == "error" for one in problems)
    if found:
        with pytest.raises(DataError, match="is after today, 2016-10-03"):
            refuse_future_days(register, TODAY)
    else:
        refuse_future_days(register, TODAY)
