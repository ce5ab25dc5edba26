"""Half-up rounding, once, from the exact value."""

from __future__ import annotations

from fractions import Fraction


def round_half_up(value: Fraction | int, step: Fraction | int = 1) -> int:
    """The whole number of `step` nearest to an exact value; a half goes up, away from −∞.

    24.496 % with a step of one percent is 24, not 25 by way of 24.5. Source:
    docs/explanation/money.md, "Half up, once, from the exact value".
    """
    above = int(value.numerator) * int(step.denominator)
    below = int(value.denominator) * int(step.numerator)
    return (2 * above + below) // (2 * below)  # whole numbers alone: a third of a Fraction's time
