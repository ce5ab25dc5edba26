"""The figures of a tally: which are written, and in what order."""

from __future__ import annotations

from helpers.funding.figures_json.json_values import json_number
from helpers.funding.totals.tally import Tally

COUNT_FIGURES = (
    "members", "answered", "yes", "no", "conditional", "unanswered", "outside",
    "answered_share", "yes_share", "no_share", "conditional_share", "unanswered_share",
    "yes_of_answered_share", "no_of_answered_share",
    "population", "yes_population", "no_population", "conditional_population",
    "unanswered_population", "yes_population_share", "no_population_share",
    "conditional_population_share", "unanswered_population_share",
)  # fmt: skip


AMOUNT_FIGURES = (
    "requested", "funded", "gap", "declined", "possible",
    "unanswered_fees", "conditional_fees", "uncovered",
    "funded_share", "declined_share", "possible_share",
    "unanswered_fees_share", "conditional_fees_share", "uncovered_share",
    "mean_fee_yes", "mean_fee_others", "per_inhabitant",
    "funded_if_all_unanswered_yes", "funded_if_all_unanswered_yes_share",
)  # fmt: skip


def tally_figures(count: Tally) -> dict[str, int | float | None]:
    """The figures of one tally by name; an exact share becomes the nearest JSON number."""
    return {name: json_number(getattr(count, name)) for name in COUNT_FIGURES + AMOUNT_FIGURES}


def tally_count_figures(count: Tally) -> dict[str, int | float | None]:
    """A part of a shared cost: what others pay depends on who joins, so there is no sum to take."""
    counted = {name: json_number(getattr(count, name)) for name in COUNT_FIGURES}
    return {**counted, "funded": count.funded}
