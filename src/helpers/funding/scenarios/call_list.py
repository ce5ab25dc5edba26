"""The members without an answer by the effect of their yes, and whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

import pandas as pd

from helpers.errors import ReportError
from helpers.funding.scenarios.bounds import bounds_now
from helpers.funding.totals.members.member_count import count_members, further_fees, unanswered_by
from helpers.funding.totals.shares import Share
from helpers.funding.totals.thresholds import TargetProgress
from helpers.pricing.decimals import ExactNumber

Measure = Literal["amount", "members", "inhabitants"]

# The columns that rank the members for each measure. For the measure "members" each counts as
# one, so that the largest fees come first: the same number of calls, and the most money.
_RANKING_COLUMN: dict[Measure, str] = {
    "amount": "fee",
    "members": "fee",
    "inhabitants": "population",
}


@dataclass(frozen=True)
class CallListEntry:
    """One member without an answer in a call list; amounts in whole units a year.

    `cumulative` is what its fee and those of all above it in the list add; `funded` what would be
    funded if it and all above it said yes, for all years, out of `requested`. `role` is whom to
    ask for, as the round words it: an office, never a person.
    """

    code: str
    name: str
    county: str
    role: str
    fee: int
    population: ExactNumber
    cumulative: int
    funded: int
    requested: int

    funded_share = Share("funded", "requested", "What would be funded")


@dataclass(frozen=True)
class SmallestSet(TargetProgress):
    """The fewest members without an answer whose yes reaches a threshold.

    Numbers are units a year, members or inhabitants, by `measure`. `reached` is reached now, and
    `possible` is the most that can be reached without a changed answer. `replies` is empty if the
    threshold is already reached, or out of reach of all of them. `others_would_do` is true if
    another set of the same size would reach it as well.
    """

    measure: Measure
    needed: ExactNumber
    reached: ExactNumber
    possible: ExactNumber
    replies: tuple[CallListEntry, ...]
    others_would_do: bool = False

    @property
    def short(self) -> ExactNumber:
        """What is missing even if all remaining members say yes; 0 if that is enough."""
        return max(0, self.needed - self.possible)


def build_call_list(
    answers: pd.DataFrame, role: str = "", ceiling: int | None = None
) -> list[CallListEntry]:
    """Return the members without an answer, the largest fee first; equal fees by code.

    `answers` is the frame of member_table.add_secured; `ceiling` is as in bounds.bounds_now.
    """
    return _call_list_entries(answers, unanswered_by(answers, "fee"), role, ceiling)


def find_smallest_set(
    answers: pd.DataFrame,
    measure: Measure,
    needed: ExactNumber,
    role: str = "",
    ceiling: int | None = None,
) -> SmallestSet:
    """Return the fewest members whose yes, for all years, raises a measure to `needed`.

    No set of k members adds more than the k that add most, so
    the shortest beginning of the list that is enough has the fewest members; equal members are in
    the order of their codes. `answers` as member_table.add_secured has
    them, or with joiners as MembersOnDay.everyone has them; `needed` as
    thresholds.ThresholdOutcome has it.

    Raises ReportError for a measure other than amount, members and inhabitants.
    """
    if measure not in _RANKING_COLUMN:
        known = ", ".join(_RANKING_COLUMN)
        raise ReportError(f"Unknown measure {measure!r}. The measures are: {known}.")
    unanswered = unanswered_by(answers, _RANKING_COLUMN[measure])
    if measure == "amount":
        order = further_fees(unanswered).sort_values(ascending=False, kind="stable").index
        unanswered = unanswered.loc[order]
    reached = _reached_now(answers, measure)
    gains = {
        "amount": further_fees(unanswered).tolist(),
        "members": [1] * len(unanswered),
        "inhabitants": unanswered["population"].tolist(),
    }[measure]
    after = list(accumulate(gains, initial=reached))
    if measure == "amount" and ceiling is not None:
        after = [min(value, ceiling) for value in after]
    size = next((k for k, value in enumerate(after) if value >= needed), 0)
    others = 0 < size < len(gains) and after[size - 1] + gains[size] >= needed
    chosen = tuple(_call_list_entries(answers, unanswered.head(size), role, ceiling))
    return SmallestSet(measure, needed, reached, after[-1], chosen, others)


def _reached_now(answers: pd.DataFrame, measure: Measure) -> ExactNumber:
    """Return what counts now, by the rule of thresholds.threshold_outcomes."""
    total = count_members(answers)
    return {
        "amount": total.funded,
        "members": total.yes,
        "inhabitants": total.yes_population,
    }[measure]


def _call_list_entries(
    answers: pd.DataFrame, ranked: pd.DataFrame, role: str, ceiling: int | None
) -> list[CallListEntry]:
    sharing = answers[~answers["joined"]] if "joined" in answers else answers
    whole = bounds_now(sharing, ceiling)
    funded, requested = whole.low, whole.requested
    sums = list(accumulate(further_fees(ranked).tolist()))
    # astype(object) gives Python's integers; json and Fraction do not accept numpy's.
    rows = ranked[["code", "name", "county", "fee", "population"]].astype(object)
    return [
        CallListEntry(
            **{str(name): value for name, value in row.items()},
            role=role,
            cumulative=cumulative,
            funded=min(funded + cumulative, whole.high),
            requested=requested,
        )
        for row, cumulative in zip(rows.to_dict("records"), sums, strict=True)
    ]
