"""The keys `thresholds`, `group_thresholds` and `contingency` of figures.json."""

from __future__ import annotations

from typing import Any

from helpers.funding.figures_json.json_values import json_number
from helpers.funding.scenarios.contingency_cover import (
    ContingencyCover,
    cover_by_year,
    cover_of_all,
)
from helpers.funding.statement.group_thresholds import GroupProgress, GroupThresholdOutcome
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.thresholds import ThresholdOutcome


def outcome_figures(outcome: ThresholdOutcome) -> dict[str, Any]:
    """Return one threshold with what is needed, reached and missing of the whole."""
    return {
        "measure": outcome.threshold.measure,
        "needed": json_number(outcome.needed),
        "needed_share": json_number(outcome.needed_share),
        "reached": json_number(outcome.reached),
        "reached_share": json_number(outcome.reached_share),
        "short": json_number(outcome.shortfall),
        "possible": None if outcome.amounts_unknown else json_number(outcome.possible),
        "met": outcome.met,
        "year": outcome.year,
    }


def group_threshold_figures(outcome: GroupThresholdOutcome) -> dict[str, Any]:
    """Return one threshold of every county or group, with each of them in order of its name."""
    return {
        "measure": outcome.threshold.measure,
        "in_every": outcome.in_every,
        "met": outcome.met,
        "below": [group.name for group in outcome.below],
        "groups": {group.name: _progress_figures(group) for group in outcome.groups},
    }


def _progress_figures(group: GroupProgress) -> dict[str, Any]:
    """Return the same keys as for all members; what is not known of pledges is null."""
    known, figures = group.smallest_set, outcome_figures(group.outcome)
    del figures["measure"]
    if known is None:
        figures |= {"needed_share": None, "reached_share": None, "possible": None}
    codes = [reply.code for reply in known.replies] if known else []
    return {**figures, "codes": codes}


def contingency_figures(statement: Statement) -> dict[str, Any]:
    """Return `contingency`: what is covered of each year and of all; {} without a reserve."""
    by_year = cover_by_year(statement.round, statement.by_year)
    if not by_year:
        return {}
    years = {str(year): _cover_figures(cover) for year, cover in by_year.items()}
    return {"contingency": {"all_years": _cover_figures(cover_of_all(by_year)), "by_year": years}}


def _cover_figures(cover: ContingencyCover) -> dict[str, int]:
    return {
        "planned_costs": cover.planned,
        "planned_costs_covered": cover.planned_covered,
        "planned_costs_missing": cover.planned_missing,
        "reserve": cover.reserve,
        "reserve_covered": cover.reserve_covered,
    }
