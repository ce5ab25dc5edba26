"""The profile of the silent and of those that declined, by name, for figures.json."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from helpers.funding.intervals import LEVEL
from helpers.funding.profile import Class, Comparison, Profile


def profile_figures(found: Profile) -> dict[str, Any]:
    """Every class with its comparisons; shares and differences are fractions, not percent."""
    return {
        "level": float(LEVEL),
        "comparisons": found.comparisons,
        "clear": found.clear,
        "expected_by_chance": float(found.expected_by_chance),
        "classes": [_class_figures(one) for one in found.classes],
    }


def _class_figures(one: Class) -> dict[str, Any]:
    plain = (
        "dimension", "name", "at_least", "below", "members", "yes", "no", "conditional",
        "unanswered",
    )  # fmt: skip
    return {
        **{name: getattr(one, name) for name in plain},
        "answered": one.declined.of,
        "silent_share": _number(one.silent.share),
        "declined_share": _number(one.declined.share),
        "comparisons": [_comparison_figures(comparison) for comparison in one.comparisons],
    }


def _comparison_figures(comparison: Comparison) -> dict[str, Any]:
    return {
        "measure": comparison.measure,
        "rest_share": _number(comparison.rest.share),
        "difference": _number(comparison.difference),
        "low": comparison.interval.low,
        "high": comparison.interval.high,
        "clear": comparison.clear,
        "by_chance": _number(comparison.by_chance),
    }


def _number(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
