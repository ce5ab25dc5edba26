"""What one more member would pay of an amount that others share, without sharing it all again.

A letter states that fee for its member. With 30,000 members, `apportion` takes 0.3 s for each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from helpers.pricing.block_rounding import choose_blocks
from helpers.pricing.decimals import ExactNumber

_FIRST_NEAR = 64  # blocks that are tried first; then four times as many, and so on
_LARGEST = 2**62  # of a product in an array of int64

# Whole numbers: of int64, or Python's own where a product may be larger.
_Whole = npt.NDArray[Any]


@dataclass(frozen=True)
class OneMoreShare:
    """An amount of at least one unit that the members `sharing` share by weight.

    `weights` has the weight of each member by code, above zero for each that shares or might.
    """

    amount: int
    weights: Mapping[str, ExactNumber]
    sharing: frozenset[str]

    def fee_of(self, code: str) -> int:
        """Return what a member that does not share yet would pay if it did, in whole units.

        It is the fee that `apportion` gives it among `sharing` and itself, ties included. Every
        other share changes with it, so all are computed, but as arrays.
        """
        own, weights, sizes = self._blocks_with(code)
        total = self._total + self._whole_weights[code]
        floors, remainders = self.amount * weights // total, self.amount * weights % total
        leftover = self.amount - int((floors * sizes).sum())
        taken = _blocks_rounded_up(sizes, remainders, leftover)
        if taken is not None:
            return int(floors[own]) + bool(taken[own])
        tied = weights[remainders == remainders[own]].tolist()
        before = int(sizes[remainders > remainders[own]].sum())
        before += sum(bisect_left(self._blocks.get(weight, []), code) for weight in tied)
        return int(floors[own]) + (before < leftover)

    def _blocks_with(self, code: str) -> tuple[int, _Whole, _Whole]:
        """The position of a member's block, and the weights and sizes of all blocks with it."""
        weight = self._whole_weights[code]
        equals = self._blocks.get(weight, [])
        weights, sizes = self._block_weights, self._block_sizes
        if equals:
            old = bisect_left(self._first_codes, equals[0])
            weights, sizes = np.delete(weights, old), np.delete(sizes, old)
        own = bisect_left(self._first_codes, min([code, *equals[:1]]))
        return own, np.insert(weights, own, weight), np.insert(sizes, own, len(equals) + 1)

    @cached_property
    def _whole_weights(self) -> dict[str, int]:
        """The weights as whole numbers of their common unit."""
        unit = lcm(*(weight.denominator for weight in self.weights.values()))
        return {
            code: weight.numerator * (unit // weight.denominator)
            for code, weight in self.weights.items()
        }

    @cached_property
    def _total(self) -> int:
        return sum(self._whole_weights[code] for code in self.sharing)

    @cached_property
    def _blocks(self) -> dict[int, list[str]]:
        """The codes of the members that share, by weight, in the order of the lowest codes."""
        blocks: dict[int, list[str]] = {}
        for code in sorted(self.sharing):
            blocks.setdefault(self._whole_weights[code], []).append(code)
        return blocks

    @cached_property
    def _first_codes(self) -> list[str]:
        return [codes[0] for codes in self._blocks.values()]

    @cached_property
    def _block_sizes(self) -> _Whole:
        return np.array([len(codes) for codes in self._blocks.values()], np.int64)

    @cached_property
    def _block_weights(self) -> _Whole:
        largest = max(self._whole_weights.values())
        members = len(self.sharing) + 1
        # The products are amount × weight, and members × a remainder, which is below the total.
        products = self.amount * largest, members * (self._total + largest)
        return np.array([*self._blocks], np.int64 if max(products) < _LARGEST else object)


def _blocks_rounded_up(sizes: _Whole, remainders: _Whole, leftover: int) -> _Whole | None:
    """Which blocks `choose_blocks` takes; None if no choice of blocks fits.

    As block_rounding explains, a choice that loses at most `most` changes no block that loses more
    by itself. So the best choice among the blocks within `most` is the best of all, and wins every
    tie, if it loses no more than that.
    """
    order = np.argsort(-remainders, kind="stable")
    count = int(np.searchsorted(np.cumsum(sizes[order]), leftover, side="right"))
    taken = np.zeros(len(sizes), dtype=bool)
    taken[order[:count]] = True
    missing = leftover - int(sizes[taken].sum())
    if missing == 0:
        return taken
    losses = sizes * abs(remainders - remainders[order[count]])
    tried = _FIRST_NEAR
    while True:
        most = np.partition(losses, min(tried, len(losses)) - 1)[min(tried, len(losses)) - 1]
        near = np.flatnonzero(losses <= most)
        room = missing + int(sizes[near][taken[near]].sum())
        found = choose_blocks(sizes[near].tolist(), remainders[near].tolist(), room)
        if found is not None:
            changed = taken.copy()
            changed[near] = False
            changed[near[found]] = True
            if losses[changed != taken].sum() <= most or len(near) == len(losses):
                return changed
        elif len(near) == len(losses):
            return None
        tried *= 4
