"""What the five members of conftest.py have answered, for what is worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from helpers.model.funding_round import Round

DAY = date(2016, 7, 31)
# Fees by five_round; 1 900 in all.
FEES = {"0001": 100, "0002": 200, "0003": 300, "0004": 400, "0005": 900}

# Alm and Ek yes (500), Berg no (200), Dal and Fors silent (1 200).
HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes",
    "0002,2016-06-15,2016-06-25,,no",
    "0004,2016-07-05,2016-07-10,,yes",
]
FORS_JOINS = "0005,2016-07-15,2016-07-20,,yes"

# The same on the last day, come to by another way.
CHANGING = [
    "0001,2016-06-15,2016-06-20,,yes",
    "0002,2016-06-16,2016-06-20,,yes",
    "0002,2016-07-01,2016-07-05,,no",  # Berg changes its answer
    "0004,2016-06-25,2016-07-10,,yes",
    "0004,2016-06-20,2016-07-20,,no",  # received late, decided earlier: changes nothing
]

# 20 000 kr a year, at most 2 kr per inhabitant: covered by 10 000 of the 20 000 inhabitants. Alm
# (1 000) and Ek (4 000) have joined; Berg (2 000) has declined; Dal (3 000) and Fors (10 000) are
# silent.
SHARED_COST = {"rule": "shared-cost", "population_year": 2015, "cost": 20_000, "highest_rate": "2"}


def whole_fees(fees: Mapping[str, int], round_: Round) -> pd.DataFrame:
    """The fees of members that do not leave, as answers_over_time takes them."""
    due = pd.DataFrame({"fee": pd.Series(dict(fees), dtype="int64")})
    due = due.assign(**{str(year): due["fee"] for year in round_.years})
    never = pd.Series(pd.NaT, index=due.index, dtype="datetime64[s]")
    return due.assign(first_day=never, last_day=never)
