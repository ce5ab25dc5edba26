"""Format a rate, and a difference between groups."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from helpers.funding.comparisons.groups import (
    DECLINED_MEASURE,
    UNANSWERED_MEASURE,
    ClassComparison,
    MemberClass,
)
from helpers.funding.comparisons.proportions import Proportion
from helpers.i18n.localizer import Localizer
from helpers.rounding import round_half_up
from helpers.sections.components.tables.table_fields import FieldMaker, Record, TableField


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


def measure_fields(
    measure: str, heading: str, difference: str, make: FieldMaker
) -> list[TableField]:
    """The share of a class, and how it differs from all others, in the words of the table."""
    share = make.share(f"{measure}_share", heading, "the members of the class")
    points = make.share(f"{measure}_difference", difference, "difference of the two shares")
    bounds = [
        make.share(f"{measure}_{end}", difference, "difference of the two shares").not_shown()
        for end in ("low", "high")
    ]
    return [
        share.shown_as(lambda row: row[f"{measure}_share_text"]),
        points.shown_as(lambda row: row[f"{measure}_difference_text"]),
        *bounds,
    ]


def comparison_record(member_class: MemberClass, name: str, loc: Localizer) -> Record:
    """The shares of a class and how they differ from all others, exact and in words."""
    compared = {comparison.measure: comparison for comparison in member_class.comparisons}
    record: dict[str, Any] = {"class": name, "members": member_class.members}
    for column, measure, rate in (
        ("unanswered", UNANSWERED_MEASURE, member_class.unanswered_proportion),
        ("declined", DECLINED_MEASURE, member_class.declined_proportion),
    ):
        comparison = compared.get(measure)
        record |= {
            f"{column}_share": rate.share,
            f"{column}_share_text": format_rate(rate, loc),
            f"{column}_difference": comparison and comparison.difference,
            f"{column}_low": comparison and comparison.interval.low,
            f"{column}_high": comparison and comparison.interval.high,
            f"{column}_difference_text": format_difference(comparison, loc),
        }
    return record
