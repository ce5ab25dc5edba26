"""Ten members of 100 kr each, as one tally: what a test writes about by hand."""

from __future__ import annotations

from helpers.funding.totals.tally import Tally


def ten_members(**changes: int) -> Tally:
    """Two have said yes, one no; the others have not answered."""
    values = {
        "members": 10, "yes": 2, "no": 1, "population": 10_000, "yes_population": 2_000,
        "no_population": 1_000, "requested": 1_000, "funded": 200, "declined": 100,
    }  # fmt: skip
    return Tally(**(values | changes))
