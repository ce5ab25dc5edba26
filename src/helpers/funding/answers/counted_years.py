"""Which year the figures a year are of: the only place that decides it."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.model.funding_round import Round


def years_to_count(round_: Round) -> list[int]:
    """The years of which the least counts: all, or the year that the round counts already."""
    return [round_.counted_year] if round_.counted_year else round_.years


def counted_year(round_: Round, secured: Mapping[int, int]) -> int:
    """The year with the least secured; of equal ones the first.

    Source: docs/explanation/counting.md, "Years".
    """
    return min(years_to_count(round_), key=lambda year: (secured[year], year))
