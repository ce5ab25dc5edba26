"""The choice of blocks near the break is the one that the whole table gives, ties included."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.pricing.block_rounding import choose_blocks
from support.knapsack_reference import choose_blocks_by_table

# Few sizes and few remainders: most choices are then tied with others.
blocks = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 4)), min_size=1, max_size=40)
wide_blocks = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 997)), min_size=1, max_size=60)


def check(blocks: list[tuple[int, int]], room: int) -> None:
    sizes, remainders = [size for size, _ in blocks], [remainder for _, remainder in blocks]
    room = min(room, sum(sizes))
    assert choose_blocks(sizes, remainders, room) == choose_blocks_by_table(sizes, remainders, room)


@settings(max_examples=600)
@given(blocks, st.integers(0, 240))
def test_tied_blocks_are_chosen_as_by_the_table(blocks: list[tuple[int, int]], room: int) -> None:
    check(blocks, room)


@settings(max_examples=300)
@given(wide_blocks, st.integers(0, 2_000))
def test_blocks_of_all_sizes_are_chosen_as_by_the_table(
    blocks: list[tuple[int, int]], room: int
) -> None:
    check(blocks, room)


@pytest.mark.parametrize("largest", [2, 3, 5, 12, 100])
@pytest.mark.parametrize("unit", [1, 2, 1_000])
def test_hundreds_of_blocks_are_chosen_as_by_the_table(largest: int, unit: int) -> None:
    chance = random.Random(largest * unit)
    for _ in range(6):
        count = chance.randint(100, 300)
        sizes = [chance.randint(1, largest) for _ in range(count)]
        remainders = [chance.randrange(unit) for _ in range(count)]
        room = chance.randint(0, min(sum(sizes), 1_000))
        assert choose_blocks(sizes, remainders, room) == choose_blocks_by_table(
            sizes, remainders, room
        )


def test_the_only_odd_block_is_found_far_from_the_break() -> None:
    # 400 pairs, best first, and one member alone with the least remainder: 101 = 50 pairs and it.
    sizes, remainders = [2] * 400 + [1], [*range(1_000, 600, -1), 0]
    assert choose_blocks(sizes, remainders, 101) == [*range(50), 400]


def test_no_choice_of_pairs_has_an_odd_number_of_members() -> None:
    assert choose_blocks([2] * 30, list(range(30)), 31) is None
