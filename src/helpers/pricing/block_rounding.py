"""Which blocks of equal members are rounded up: an exact knapsack, solved near its break.

A knapsack that must be filled exactly: choose blocks with `room` members in all whose Σ size ×
remainder is largest. The usual table has a cell for each block and each number of members, so it
grows with the square of the members: 30,000 of them took 8.6 GB.

Here the blocks are first taken by remainder until one does not fit. Let λ be that block's
remainder. A choice that takes a block below λ, or leaves one above it, loses size × |remainder − λ|
for it, compared with taking a part of the block at the break. So a choice that loses at most L
changes no block whose own loss is above L. Only the blocks within a small L are tried, exactly, and
L grows until a choice is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

_FIRST_TRIED = 16  # blocks on the first attempt; each that follows allows twice the loss


# A way to change sides for blocks of one size: the change in members, what it loses, and the change
# of the choice's bits.
_Way = tuple[int, int, int]


def choose_blocks(sizes: Sequence[int], remainders: Sequence[int], room: int) -> list[int] | None:
    """The positions of the blocks to take, whose sizes add up to exactly `room`; None if none do.

    Σ size × remainder is the largest possible. `remainders` are whole numbers of any unit. Of
    equal choices, it is the choice with the first block that another leaves out.
    """
    order = sorted(range(len(sizes)), key=lambda block: (-remainders[block], block))
    filled = list(accumulate((sizes[block] for block in order), initial=0))
    taken = next(n for n in range(len(order), -1, -1) if filled[n] <= room)
    missing = room - filled[taken]
    if missing == 0:
        return sorted(order[:taken])
    if not _can_be_filled(sizes, room):
        return None
    at_break = remainders[order[taken]]
    losses = [size * abs(r - at_break) for size, r in zip(sizes, remainders, strict=True)]
    chosen = set(order[:taken])
    most = sorted(losses)[: _FIRST_TRIED + 1][-1]
    while True:
        near = [block for block in range(len(sizes)) if losses[block] <= most]
        changed = _solve(near, sizes, losses, chosen, missing, most)
        if changed is not None:
            return sorted((chosen - set(near)) | changed)
        most = 2 * most or min(loss for loss in losses if loss)


def _can_be_filled(sizes: Sequence[int], room: int) -> bool:
    """Whether some blocks have exactly `room` members; bit n of `reached` is a sum of n members."""
    reached, mask = 1, (1 << room + 1) - 1
    for size, count in Counter(sizes).items():
        left, step = count, 1
        while left:
            step = min(step, left)
            reached |= reached << size * step & mask
            left, step = left - step, step * 2
    return bool(reached >> room & 1)


def _solve(
    near: Sequence[int],
    sizes: Sequence[int],
    losses: Sequence[int],
    chosen: set[int],
    missing: int,
    most: int,
) -> set[int] | None:
    """The best choice among the blocks `near`, if one loses at most `most`.

    `found` is, by the number of members more than chosen now, the least loss and the choice's bits,
    the first block's the highest: of two choices that lose the same, the larger number takes the
    first block that the other leaves. It is kept negative, so that the smallest pair is the best.
    """
    bit = {block: 1 << len(near) - 1 - place for place, block in enumerate(near)}
    found = {0: (0, -sum(bit[block] for block in near if block in chosen))}
    for ways in _ways_by_size(near, sizes, losses, chosen, bit):
        reached: dict[int, tuple[int, int]] = {}
        for more, (lost, bits) in found.items():
            for change, loss, changed_bits in ways:
                if lost + loss > most:
                    continue
                candidate = (lost + loss, bits - changed_bits)
                best = reached.get(more + change)
                if best is None or candidate < best:
                    reached[more + change] = candidate
        found = reached
    if missing not in found:
        return None
    bits = -found[missing][1]
    return {block for block in near if bits & bit[block]}


def _ways_by_size(
    near: Sequence[int],
    sizes: Sequence[int],
    losses: Sequence[int],
    chosen: set[int],
    bit: dict[int, int],
) -> Iterator[list[_Way]]:
    """For each size the ways to change the blocks of that size.

    Of blocks of one size, those with the largest remainders are chosen, and of equal ones those
    with the lowest codes; so n blocks have n + 1 ways, not 2ⁿ.
    """
    for size in sorted({sizes[block] for block in near}):
        blocks = [block for block in near if sizes[block] == size]
        ways = [(0, 0, 0)]
        # From the break outwards: the next to take has the lowest loss and then the lowest code,
        # the next to leave the lowest loss and then the highest code.
        to_take = sorted((losses[b], b) for b in blocks if b not in chosen)
        to_leave = sorted((losses[b], -b) for b in blocks if b in chosen)
        for sign, side in ((1, to_take), (-1, to_leave)):
            change, loss, bits = 0, 0, 0
            for more_loss, block in side:
                change, loss = change + sign * size, loss + more_loss
                bits += sign * bit[abs(block)]
                ways.append((change, loss, bits))
        yield ways
