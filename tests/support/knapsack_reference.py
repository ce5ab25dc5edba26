"""The knapsack as a table, a cell for each block and number of members: slow, and plainly right."""

from __future__ import annotations

from collections.abc import Sequence

_UNREACHABLE = -1  # no choice of blocks has this number of members


def choose_blocks_by_table(
    sizes: Sequence[int], remainders: Sequence[int], room: int
) -> list[int] | None:
    """As helpers.pricing.block_rounding.choose_blocks, in time and memory members squared.

    best[i][n] is the largest Σ size × remainder of blocks i… with n members, below zero if there is
    none. The blocks are taken from the first on, whenever that keeps the largest sum.
    """
    items = [(size, size * remainder) for size, remainder in zip(sizes, remainders, strict=True)]
    best = [[0] + [_UNREACHABLE] * room]
    for size, value in reversed(items):
        best.append(_best_values_with_block(size, value, best[-1]))
    best.reverse()
    if best[0][room] < 0:
        return None
    chosen: list[int] = []
    for block, ((size, value), best_here, best_after) in enumerate(
        zip(items, best, best[1:], strict=False)
    ):
        if (
            size <= room
            and best_after[room - size] >= 0
            and best_after[room - size] + value == best_here[room]
        ):
            chosen.append(block)
            room -= size
    return chosen


def _best_values_with_block(size: int, value: int, best_after: list[int]) -> list[int]:
    """The largest sum for each number of members, with or without this block."""
    taken = [_UNREACHABLE] * size + [
        rest + value if rest >= 0 else _UNREACHABLE for rest in best_after
    ]
    return [max(pair) for pair in zip(taken, best_after, strict=False)]
