"""Where a deadline's label stands on the chart over time: not where the curve passes."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from helpers.sections.charts.funding_over_time import curve_avoids_label

# 0 until 11 January, 40 of 100 from then on and 90 from the 21st; day 0 is 1 January 2026.
POINTS = pd.DataFrame(
    {"day": pd.to_datetime(["2026-01-01", "2026-01-11", "2026-01-21"]), "funded": [0, 40, 90]}
)
FIRST = (date(2026, 1, 1) - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("side", "height", "at", "free"),
    [
        ("right", 0.04, 22, True),  # the curve runs at 0.9, the label from 0.04 to 0.22
        ("right", 0.8, 22, False),  # 0.8 to 0.98
        ("right", 0.04, 12, True),  # at 0.4
        ("right", 0.3, 12, False),
        ("right", 0.8, 12, True),  # below it, until the 21st
        ("right", 0.8, 17, False),  # through it on the 21st
        ("left", 0.8, 17, True),  # 0 and 0.4, both below
        ("left", 0.04, 17, True),  # 0.4 all the way from the 12th
        ("left", 0.04, 13, False),  # still 0 on the 8th to the 10th
    ],
)
def test_a_label_five_days_wide(side: str, height: float, at: int, free: Any) -> None:
    assert curve_avoids_label(side, height, FIRST + at - 1, 5, POINTS, 100) is free
