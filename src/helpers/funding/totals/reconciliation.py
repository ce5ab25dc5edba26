"""Compare each published figure with the computed one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from helpers.errors import ReportError
from helpers.funding.totals.tally import Tally
from helpers.model.settings.published_figure import PublishedFigure
from helpers.pricing import Prices
from helpers.pricing.decimals import whole_or_fraction
from helpers.rounding import round_half_up

ONE_PERCENT = Fraction(1, 100)


@dataclass(frozen=True)
class ReconciliationLine:
    """One published figure and what this report computes for the same day.

    `computed` is in the published unit (for shares, percent with as many decimals), `difference`
    is computed − published in that unit, and `relative` is published / computed − 1. For a rounded
    fee, `fits_totals` has the smallest and the largest total that round to it.
    """

    published: PublishedFigure
    computed: int | Fraction
    difference: int | Fraction
    relative: Fraction | None
    agrees: bool
    fits_totals: tuple[int, int] | None


def reconcile(
    published: list[PublishedFigure],
    shares: Prices,
    requested: int,
    tally_on: Callable[[date], Tally],
) -> list[ReconciliationLine]:
    """Compare each published figure with the count on its day, which `tally_on` returns.

    Raises ReportError for a figure or a member that does not exist.
    """
    return [
        _reconcile_entry(entry, shares, requested, tally_on(entry.state_on)) for entry in published
    ]


def _reconcile_entry(
    entry: PublishedFigure, shares: Prices, requested: int, tally: Tally
) -> ReconciliationLine:
    computed = _computed_value(entry, shares, tally)
    difference = computed - entry.exact_value
    return ReconciliationLine(
        entry,
        computed,
        difference,
        Fraction(-difference, computed) if computed else None,
        _agrees_as_published(entry, computed),
        _totals_that_fit(entry, shares, requested),
    )


def _computed_value(entry: PublishedFigure, shares: Prices, tally: Tally) -> int | Fraction:
    code = _code_of_fee_entry(entry)
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
    if entry.kind != "percent":
        return whole_or_fraction(value)
    unit = 10**entry.percent_digits
    return whole_or_fraction(Fraction(round_half_up(value, ONE_PERCENT / unit), unit))


def _agrees_as_published(entry: PublishedFigure, computed: int | Fraction) -> bool:
    if entry.kind == "over" and entry.below is not None:
        return entry.value < computed < Fraction(entry.below)
    if entry.kind == "rounded" and entry.rounded_to is not None:
        return round_half_up(computed, entry.rounded_to) * entry.rounded_to == entry.exact_value
    return computed == entry.exact_value


def _totals_that_fit(
    entry: PublishedFigure, shares: Prices, requested: int
) -> tuple[int, int] | None:
    """Return the range of totals of which the published fee can be the member's rounded share."""
    code = _code_of_fee_entry(entry)
    if code is None or entry.rounded_to is None:
        return None
    share = shares.exact[code] / requested
    half = Fraction(entry.rounded_to, 2)
    value = entry.exact_value
    return ceil((value - half) / share), ceil((value + half) / share) - 1


def _code_of_fee_entry(entry: PublishedFigure) -> str | None:
    return entry.figure.removeprefix("fee:") if entry.figure.startswith("fee:") else None
