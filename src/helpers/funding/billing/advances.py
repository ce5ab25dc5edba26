"""Overpayments kept as an advance: what later years use of them, member by member."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from helpers.funding.billing.receivables import Receivable


def apply_advances(positions: Sequence[Receivable]) -> list[Receivable]:
    """The positions with `advance_in` and `advance_out` filled in; their order is kept.

    An overpayment pays what the same member still owes for later years, the earliest first, and
    the oldest overpayment is used first. Nothing is used for a year that no yes covers.
    """
    applied = list(positions)
    by_member: defaultdict[str, list[int]] = defaultdict(list)
    for index in sorted(range(len(applied)), key=lambda i: applied[i].year):
        if applied[index].has_yes:
            by_member[applied[index].code].append(index)
    for indices in by_member.values():
        _apply_to_member(applied, indices)
    return applied


def _apply_to_member(positions: list[Receivable], indices: list[int]) -> None:
    """Fill in one member's advances; `indices` are its years in order."""
    for place, index in enumerate(indices):
        for source in indices[:place]:
            needed = positions[index].outstanding + positions[index].not_invoiced
            used = min(positions[source].overpaid, needed)
            if used > 0:
                spent, filled = positions[source], positions[index]
                positions[source] = replace(spent, advance_out=spent.advance_out + used)
                positions[index] = replace(filled, advance_in=filled.advance_in + used)
