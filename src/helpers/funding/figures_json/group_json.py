"""The key `profile` of figures.json: members that have not answered or have declined."""

from __future__ import annotations

from typing import Any

from helpers.funding.comparisons.groups import ClassComparison, GroupProfile, MemberClass
from helpers.funding.comparisons.proportions import CONFIDENCE_LEVEL
from helpers.funding.figures_json.json_values import json_number


def profile_figures(found: GroupProfile) -> dict[str, Any]:
    """Return every class with its comparisons.

    Shares and differences are fractions, not percent.
    """
    return {
        "level": float(CONFIDENCE_LEVEL),
        "comparisons": found.comparisons,
        "clear": found.clear,
        "expected_by_chance": float(found.expected_by_chance),
        "classes": [_class_figures(one) for one in found.classes],
    }


def _class_figures(one: MemberClass) -> dict[str, Any]:
    described = ("dimension", "name", "at_least", "below")
    counted = ("members", "yes", "no", "conditional", "unanswered")
    return {
        **{name: getattr(one, name) for name in (*described, *counted)},
        "answered": one.declined_proportion.of,
        "silent_share": json_number(one.unanswered_proportion.share),
        "declined_share": json_number(one.declined_proportion.share),
        "comparisons": [_comparison_figures(comparison) for comparison in one.comparisons],
    }


def _comparison_figures(comparison: ClassComparison) -> dict[str, Any]:
    return {
        "measure": comparison.measure,
        "rest_share": json_number(comparison.rest.share),
        "difference": json_number(comparison.difference),
        "low": comparison.interval.low,
        "high": comparison.interval.high,
        "clear": comparison.clear,
        "by_chance": json_number(comparison.chance_of_clear),
    }
