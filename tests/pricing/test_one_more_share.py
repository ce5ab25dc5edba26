"""What one more member would pay is what it pays when all share the amount again, to the unit."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.pricing.apportionment import apportion
from helpers.pricing.decimals import ExactNumber
from helpers.pricing.one_more_share import OneMoreShare

CODES = st.lists(st.sampled_from("ABCDEFGHIJKLMNOPQRST"), min_size=1, max_size=20, unique=True)
# Few weights, so that most members have equals and most choices are tied; parts of years; and
# weights so large that their products are not numbers of 64 bits.
FEW, ANY = st.integers(1, 4), st.integers(1, 10**7)
PARTS = st.builds(Fraction, st.integers(1, 2_000), st.sampled_from([1, 12, 365, 366]))
LARGE = st.integers(2**61, 2**61 + 3)
WEIGHTS: list[st.SearchStrategy[Any]] = [FEW, FEW, ANY, PARTS, LARGE]


def check(amount: int, weights: Mapping[str, ExactNumber], sharing: Collection[str]) -> None:
    """Each member that does not share pays what it pays among those that do."""
    share = OneMoreShare(amount, weights, frozenset(sharing))
    for code in weights.keys() - set(sharing):
        together = {one: weights[one] for one in (*sharing, code)}
        assert share.fee_of(code) == apportion(amount, together).fees[code]


@settings(max_examples=600)
@given(data=st.data(), codes=CODES, amount=st.one_of(st.integers(1, 60), st.integers(1, 10**9)))
def test_the_fee_is_that_of_sharing_again(
    data: st.DataObject, codes: list[str], amount: int
) -> None:
    of_weight = data.draw(st.sampled_from(WEIGHTS))
    weights: dict[str, ExactNumber] = {code: data.draw(of_weight) for code in codes}
    check(amount, weights, data.draw(st.sets(st.sampled_from(codes))))


def check_each(amount: int, weights: Mapping[str, ExactNumber], codes: Iterable[str]) -> None:
    """Each of these members pays as the last to join what it pays among all."""
    fees = apportion(amount, weights).fees
    for code in codes:
        assert OneMoreShare(amount, weights, frozenset(weights) - {code}).fee_of(code) == fees[code]


@pytest.mark.parametrize("sizes", [(1,), (1, 2), (2,), (2, 2, 2, 2, 2, 3), (5, 7), range(1, 9)])
def test_among_hundreds_of_blocks_it_is_that_too(sizes: Sequence[int]) -> None:
    chance = random.Random(sum(sizes))
    for _ in range(12):
        drawn = chance.sample(range(1, 100_000), 200)
        equal = [weight for weight in drawn for _ in range(chance.choice(sizes))]
        chance.shuffle(equal)
        weights = {f"{at:04}": weight for at, weight in enumerate(equal)}
        check_each(chance.randint(1, 10**6), weights, chance.sample([*weights], 10))


@pytest.mark.parametrize("amount", [1_777, 1_784, 1_791, 1_798, 1_805])
def test_the_best_choice_may_be_far_from_the_break(amount: int) -> None:
    # Shares close to a half, in the order of the weights: blocks of seven, at every sixtieth three
    # of five, and one member alone at each end. To round up one member more takes the three of
    # five and leaves two of seven, which loses more than to take the one alone, farther away.
    sizes = [1, *(5 if at % 60 < 3 else 7 for at in range(600)), 1]
    equal = [10**6 + 10 * at for at, size in enumerate(sizes) for _ in range(size)]
    weights = {f"{at:04}": weight for at, weight in enumerate(equal)}
    check_each(amount, weights, [*weights][::50])


@pytest.mark.parametrize(("code", "fee"), [("A", 3), ("B", 3), ("C", 7), ("D", 7)])
def test_a_tie_goes_to_the_lowest_code(code: str, fee: int) -> None:
    # docs/explanation/money.md: A and B pay 2.5 and are rounded up, C and D pay 7.5.
    weights = {"A": 25, "B": 25, "C": 75, "D": 75}
    assert OneMoreShare(20, weights, frozenset(weights) - {code}).fee_of(code) == fee
    # With the codes the other way round, the two that pay 7.5 have the lowest code.
    swapped = {"D": 25, "C": 25, "B": 75, "A": 75}
    other = {"A": "D", "B": "C", "C": "B", "D": "A"}[code]
    share = OneMoreShare(20, swapped, frozenset(swapped) - {other})
    assert share.fee_of(other) == {3: 2, 7: 8}[fee]


@pytest.mark.parametrize(("code", "fee"), [("A", 34), ("B", 33), ("C", 33)])
def test_where_no_choice_fits_the_lowest_code_has_the_unit(code: str, fee: int) -> None:
    # 100 by three equal weights is 33.33 each.
    weights = {"A": 1, "B": 1, "C": 1}
    assert OneMoreShare(100, weights, frozenset(weights) - {code}).fee_of(code) == fee


def test_the_first_member_pays_the_whole_amount() -> None:
    assert OneMoreShare(7_000, {"A": 3, "B": 9}, frozenset()).fee_of("A") == 7_000
