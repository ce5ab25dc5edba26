"""Sets what was published beside what is computed, line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from helpers.errors import ReportError
from helpers.funding.tally import Tally
from helpers.pricing import Prices
from helpers.rounding import half_up
from helpers.rounds import Published

PERCENT = Fraction(1, 100)


@dataclass(frozen=True)
class Line:
    """One published figure and what this report computes for the same day.

    `computed` is in the unit that was published (whole percent for shares), `difference` is
    computed − published in that unit, `relative` is published / computed − 1. `fits_totals` is,
    for a rounded fee, the least and the largest unrounded total that it would be a share of.
    """

    published: Published
    computed: int
    difference: int
    relative: Fraction | None
    agrees: bool
    fits_totals: tuple[int, int] | None


def reconcile(
    published: list[Published],
    shares: Prices,
    requested: int,
    tally_on: Callable[[date], Tally],
) -> list[Line]:
    """Reconcile each published figure with the count of its own day (`tally_on`)."""
    return [_line(entry, shares, requested, tally_on(entry.state_on)) for entry in published]


def _line(entry: Published, shares: Prices, requested: int, tally: Tally) -> Line:
    computed = _computed(entry, shares, tally)
    difference = computed - entry.value
    return Line(
        entry,
        computed,
        difference,
        Fraction(-difference, computed) if computed else None,
        _agrees(entry, computed),
        _fits_totals(entry, shares, requested),
    )


def _computed(entry: Published, shares: Prices, tally: Tally) -> int:
    code = _fee_code(entry)
    if code is not None:
        if code not in shares.fees:
            raise ReportError(
                f"published.toml: {entry.figure!r} names no member of the round. Correct the code."
            )
        return shares.fees[code]
    value = getattr(tally, entry.figure, None)
    if not isinstance(value, int | Fraction):
        raise ReportError(
            f"published.toml: there is no figure {entry.figure!r}. Name a key of figures.json."
        )
    return half_up(value, PERCENT) if entry.kind == "percent" else int(value)


def _agrees(entry: Published, computed: int) -> bool:
    if entry.kind == "over" and entry.below is not None:
        return entry.value < computed < entry.below
    if entry.kind == "rounded" and entry.rounded_to is not None:
        return half_up(computed, entry.rounded_to) * entry.rounded_to == entry.value
    return computed == entry.value


def _fits_totals(entry: Published, shares: Prices, requested: int) -> tuple[int, int] | None:
    """The whole totals of which the published fee, before rounding, can be the member's share."""
    code = _fee_code(entry)
    if code is None or entry.rounded_to is None:
        return None
    share = shares.exact[code] / requested
    half = Fraction(entry.rounded_to, 2)
    return ceil((entry.value - half) / share), ceil((entry.value + half) / share) - 1


def _fee_code(entry: Published) -> str | None:
    return entry.figure.removeprefix("fee:") if entry.figure.startswith("fee:") else None
