from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import ReportError
from helpers.model.funding_round import Round
from helpers.model.settings.round_prices import compute_prices
from helpers.pricing import Prices
from helpers.pricing.apportionment import apportion, membership_fee_weights

REBATED = {"0180": "Stockholm", "0380": "Uppsala", "1280": "Malmö", "1480": "Göteborg"}

# Requested, weights and the fees that follow, each worked out by hand.
CASES = {
    # 10 × 2/10 = 2, 10 × 3/10 = 3, 10 × 5/10 = 5: nothing to round.
    "whole shares": (10, {"a": 2, "b": 3, "c": 5}, {"a": 2, "b": 3, "c": 5}),
    # 10 × 1/6 = 1.67, 10 × 2/6 = 3.33, 10 × 3/6 = 5: one krona over, to the .67.
    "the largest remainder": (10, {"a": 1, "b": 2, "c": 3}, {"a": 2, "b": 3, "c": 5}),
    # 5 × 7/25 = 1.4 twice and 5 × 11/25 = 2.2: one krona over. The .4 of a pair cannot take it
    # without splitting the pair, so the .2 does. Plain largest remainder: 2, 1, 2.
    "a pair is not split": (5, {"a": 7, "b": 7, "c": 11}, {"a": 1, "b": 1, "c": 3}),
    # 1.6 twice, 1.7 and 1.1: two kronor over. The pair is worth 2 × .6 = 1.2; c and d .7 + .1 = .8.
    # Plain largest remainder would give c and one of the pair.
    "size times remainder": (
        6,
        {"a": 16, "b": 16, "c": 17, "d": 11},
        {"a": 2, "b": 2, "c": 1, "d": 1},
    ),
    # 1.5 twice, 1.7 and 1.3: two kronor over, and 2 × .5 = .7 + .3: a tie.
    "tie, the pair lowest": (
        6,
        {"a": 15, "b": 15, "c": 17, "d": 13},
        {"a": 2, "b": 2, "c": 1, "d": 1},
    ),
    "tie, the pair not lowest": (
        6,
        {"a": 17, "b": 15, "c": 15, "d": 13},
        {"a": 2, "b": 1, "c": 1, "d": 2},
    ),
    # 4 × 3/8 = 1.5 and 4 × 5/8 = 2.5: one krona over, a tie, whichever way the weights lie.
    "tie, lighter lowest": (4, {"a": 3, "b": 5}, {"a": 2, "b": 2}),
    "tie, heavier lowest": (4, {"a": 5, "b": 3}, {"a": 3, "b": 1}),
    "the lowest code, not the first given": (4, {"b": 3, "a": 5}, {"a": 3, "b": 1}),
    # 3 × ½ / 1½ = 1 and 3 × 1 / 1½ = 2.
    "fractions": (3, {"a": Fraction(1, 2), "b": Fraction(1)}, {"a": 1, "b": 2}),
    "nothing to share": (0, {"a": 1, "b": 2}, {"a": 0, "b": 0}),
    "one pays all": (7, {"a": 3}, {"a": 7}),
}

# The same, where no choice of whole blocks fills what is left over.
UNFILLABLE = {
    # 33.33 three times: one krona over, one block of three.
    "three share 100": (100, {"a": 1, "b": 1, "c": 1}, {"a": 34, "b": 33, "c": 33}),
    # Two kronor over.
    "three share 101": (101, {"a": 1, "b": 1, "c": 1}, {"a": 34, "b": 34, "c": 33}),
    # 7 × 12/70 = 1.2 twice and 7 × 23/70 = 2.3 twice: one krona over, two pairs; to the .3 of c.
    "two pairs": (7, {"a": 12, "b": 12, "c": 23, "d": 23}, {"a": 1, "b": 1, "c": 3, "d": 2}),
    # 1.3, 1.3, 2.2 and 2.2: the largest remainder is not the largest share's.
    "a small share": (7, {"a": 13, "b": 13, "c": 22, "d": 22}, {"a": 2, "b": 1, "c": 2, "d": 2}),
}


@pytest.mark.parametrize(("requested", "weights", "fees"), CASES.values(), ids=CASES)
def test_fees_are_those_worked_out_by_hand(
    requested: int, weights: dict[str, Any], fees: dict[str, int]
) -> None:
    shares = apportion(requested, weights)
    assert shares.fees == fees
    assert sum(shares.fees.values()) == requested
    assert not shares.equal_members_differ


@pytest.mark.parametrize(("requested", "weights", "fees"), UNFILLABLE.values(), ids=UNFILLABLE)
def test_where_no_choice_of_blocks_fits_the_lowest_codes_pay_more(
    requested: int, weights: dict[str, int], fees: dict[str, int]
) -> None:
    shares = apportion(requested, weights)
    assert shares.fees == fees
    assert sum(shares.fees.values()) == requested
    assert shares.equal_members_differ


def test_the_exact_shares_are_kept() -> None:
    assert apportion(10, {"a": 1, "b": 2}).exact == {"a": Fraction(10, 3), "b": Fraction(20, 3)}


@pytest.mark.parametrize(
    ("requested", "weights", "message"),
    [
        (-1, {"a": 1}, "-1"),
        (10, {}, "no member"),
        (10, {"b": 0, "c": 1, "a": -2}, "a, b"),
    ],
)
def test_what_cannot_be_shared_is_refused(
    requested: int, weights: dict[str, int], message: str
) -> None:
    with pytest.raises(ReportError, match=message):
        apportion(requested, weights)


def test_the_rebate_begins_above_the_limit_not_on_it() -> None:
    # Hundredths of an inhabitant: 200 000 × 100 and 200 001 × 90.
    weights = membership_fee_weights({"on": 200_000, "above": 200_001}, 200_000, 10)
    assert weights == {"on": 20_000_000, "above": 18_000_090}


def test_no_rebate_at_nought_percent() -> None:
    assert membership_fee_weights({"a": 300_000}, 200_000, 0) == {"a": 30_000_000}


def test_the_round_of_five_pays_a_tenth_of_its_weights(
    five_round: Round, five_members: pd.DataFrame
) -> None:
    # 1 900 over 1 000 + 2 000 + 3 000 + 4 000 + 9 000 = 19 000: ten öre for each of the weight.
    fees = compute_prices(five_round, five_members).fees
    assert fees == {"0001": 100, "0002": 200, "0003": 300, "0004": 400, "0005": 900}


@pytest.fixture(scope="module")
def shares_2016(shipped_round: Round, shipped_members: pd.DataFrame) -> Prices:
    return compute_prices(shipped_round, shipped_members)


def test_the_2016_fees_add_up_to_3_4_million(shares_2016: Prices) -> None:
    assert sum(shares_2016.fees.values()) == 3_400_000


def test_the_2016_leftover_is_140(shares_2016: Prices) -> None:
    # docs/explanation/decisions.md, Money: the units left over when every share is rounded down.
    assert 3_400_000 - sum(int(share) for share in shares_2016.exact.values()) == 140
    up = [code for code, fee in shares_2016.fees.items() if fee > shares_2016.exact[code]]
    assert len(up) == 140


def test_exactly_the_four_largest_get_the_rebate(
    shares_2016: Prices, shipped_members: pd.DataFrame
) -> None:
    # A full fee is 3 400 000 / 9 650 576.4 an inhabitant, a rebated one 90 % of that.
    full = Fraction(34_000_000, 96_505_764)
    inhabitants = dict(zip(shipped_members["code"], shipped_members["population"], strict=True))
    rates = {code: share / int(inhabitants[code]) for code, share in shares_2016.exact.items()}
    assert {code for code, rate in rates.items() if rate == full * Fraction(9, 10)} == set(REBATED)
    assert sum(rate == full for rate in rates.values()) == 286


def test_the_2016_members_of_equal_size_pay_equal_fees(
    shares_2016: Prices, shipped_members: pd.DataFrame
) -> None:
    # docs/explanation/decisions.md, Money: three pairs of municipalities have the same number of
    # inhabitants.
    shared = shipped_members[shipped_members["population"].duplicated(keep=False)]
    fees = shared.assign(fee=shared["code"].map(shares_2016.fees)).groupby("population")["fee"]
    assert fees.nunique().tolist() == [1, 1, 1]
    assert not shares_2016.equal_members_differ


def best_choice(requested: int, weights: dict[str, int]) -> set[str] | None:
    """Every choice of blocks tried: the most valuable that fits; on a tie, the lowest code."""
    total = sum(weights.values())
    blocks: dict[int, list[str]] = {}
    for code in sorted(weights):
        blocks.setdefault(weights[code], []).append(code)
    leftover = requested - sum(requested * weight // total for weight in weights.values())
    best = None
    for taken in product((False, True), repeat=len(blocks)):
        up = [pair for pair, take in zip(blocks.items(), taken, strict=True) if take]
        if sum(len(codes) for _, codes in up) == leftover:
            value = sum(len(codes) * (requested * weight % total) for weight, codes in up)
            best = max(best or (-1, (), []), (value, taken, up))
    return None if best is None else {code for _, codes in best[2] for code in codes}


small = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 6), min_size=1)


@settings(deadline=None)
@given(st.integers(0, 60), small)
def test_no_other_choice_of_blocks_is_better(requested: int, weights: dict[str, int]) -> None:
    shares = apportion(requested, weights)
    floors = {code: requested * weights[code] // sum(weights.values()) for code in weights}
    best = best_choice(requested, weights)
    assert shares.equal_members_differ == (best is None)
    if best is not None:
        assert {code for code, fee in shares.fees.items() if fee > floors[code]} == best


many = st.dictionaries(st.integers(1, 60).map(str), st.integers(1, 1_000), min_size=1, max_size=30)


@settings(deadline=None)
@given(st.integers(0, 100_000), many)
def test_fees_add_up_near_the_exact_shares_and_alike_for_equal_weights(
    requested: int, weights: dict[str, int]
) -> None:
    shares = apportion(requested, weights)
    assert sum(shares.fees.values()) == requested
    for code, fee in shares.fees.items():
        assert shares.exact[code] == Fraction(requested * weights[code], sum(weights.values()))
        assert abs(fee - shares.exact[code]) <= 1
    paid = {
        weight: {shares.fees[c] for c in weights if weights[c] == weight}
        for weight in weights.values()
    }
    assert shares.equal_members_differ == any(len(fees) > 1 for fees in paid.values())
