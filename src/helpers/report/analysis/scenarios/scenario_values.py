"""Values of the scenario tables: exact rates, names of size classes, attributes by name."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from helpers.errors import ReportError
from helpers.funding.comparisons.groups import MemberClass


def parse_exact_rate(text: str) -> Fraction:
    """Return a rate exactly as written; raises ReportError if it is not a number."""
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ReportError(f'{text!r} is not a number. Write it as text, as "0.50".') from None


def size_class_label(one: MemberClass) -> str:
    """Return the bounds of a size class, "from 10000 to 20000"; the upper one is excluded."""
    low = [] if one.at_least is None else [f"from {one.at_least}"]
    return " ".join(low + ([] if one.below is None else [f"to {one.below}"]))


def attributes_of(thing: object, *names: str) -> dict[str, Any]:
    """Return the values of attributes by name."""
    return {name: getattr(thing, name) for name in names}
