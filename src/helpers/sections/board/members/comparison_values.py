"""Format a rate, and a difference between groups."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.comparisons.groups import ClassComparison
from helpers.funding.comparisons.proportions import Proportion
from helpers.i18n.localizer import Localizer
from helpers.rounding import round_half_up


def format_rate(rate: Proportion, loc: Localizer) -> str:
    """Format a count and its percentage; a dash if the whole is 0."""
    if rate.share is None:
        return "–"
    return loc(
        "{count}\u00a0av\u00a0{of} ({share})",
        count=loc.count(rate.count),
        of=loc.count(rate.of),
        share=loc.percent(rate.share),
    )


def format_difference(comparison: ClassComparison | None, loc: Localizer) -> str:
    """Format a difference in percentage points with its interval; a dash if there is none."""
    if comparison is None:
        return "–"
    interval = comparison.interval
    text = loc(
        "{difference} ({low}\u00a0till\u00a0{high})",
        difference=_format_points(comparison.difference, loc),
        low=_format_points(Fraction(interval.low), loc),
        high=_format_points(Fraction(interval.high), loc),
    )
    return loc("{difference}, tydlig", difference=text) if comparison.clear else text


def _format_points(difference: Fraction, loc: Localizer) -> str:
    """Format whole percentage points with a sign, +19; small ones with a decimal."""
    points = 100 * difference
    digits = 1 if points and not round_half_up(points) else 0
    sign = "+" if round_half_up(points, Fraction(1, 10**digits)) > 0 else ""
    return sign + loc.decimals(points, digits)
