from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from helpers.errors import ReportError
from helpers.pricing.bounded_shares import share_within_limits
from helpers.pricing.fee_limits import FeeLimits

# Requested, weights, limits, fees and who is limited; each worked out by hand.
CASES = {
    # 60, 30 and 10 of 100. a stops at 50; 50 × 3/4 = 37.5 and 50 × 1/4 = 12.5: one krona over, a
    # tie, to the lower code.
    "a cap": (
        100, {"a": 60, "b": 30, "c": 10}, {"highest": 50},
        {"a": 50, "b": 38, "c": 12}, {"a": "highest"},
    ),
    # a stops at 40; then b, with 60 × 3/4 = 45, as well; c is left with 20.
    "a cap that makes another reach it": (
        100, {"a": 60, "b": 30, "c": 10}, {"highest": 40},
        {"a": 40, "b": 40, "c": 20}, {"a": "highest", "b": "highest"},
    ),
    # c is lifted from 10 to 20; 80 × 2/3 = 53.33 and 80 × 1/3 = 26.67.
    "a floor": (
        100, {"a": 60, "b": 30, "c": 10}, {"lowest": 20},
        {"a": 53, "b": 27, "c": 20}, {"c": "lowest"},
    ),
    # c is lifted to 28; b, with 72 × 1/3 = 24, as well; a is left with 44.
    "a floor that makes another reach it": (
        100, {"a": 60, "b": 30, "c": 10}, {"lowest": 28},
        {"a": 44, "b": 28, "c": 28}, {"b": "lowest", "c": "lowest"},
    ),
    # 80, 11 and 9: a is 30 above, c is 1 below. Stopping a gives the others 50, so that c is well
    # above the floor: 50 × 11/20 = 27.5 and 50 × 9/20 = 22.5, a tie.
    "a cap that lifts one above the floor": (
        100, {"a": 80, "b": 11, "c": 9}, {"highest": 50, "lowest": 10},
        {"a": 50, "b": 28, "c": 22}, {"a": "highest"},
    ),
    # 55, 44 and 1: c is 19 below, a is 3 above. Lifting c leaves 80 × 55/99 = 44.44 and 35.56.
    "a floor that takes one below the cap": (
        100, {"a": 55, "b": 44, "c": 1}, {"highest": 52, "lowest": 20},
        {"a": 44, "b": 36, "c": 20}, {"c": "lowest"},
    ),
    # 60, 30 and 10: 10 above and 10 below at once.
    "both at once": (
        100, {"a": 60, "b": 30, "c": 10}, {"highest": 50, "lowest": 20},
        {"a": 50, "b": 30, "c": 20}, {"a": "highest", "c": "lowest"},
    ),
    "one that is just at the cap": (
        100, {"a": 60, "b": 40}, {"highest": 60}, {"a": 60, "b": 40}, {"a": "highest"},
    ),
    "one that is just at the floor": (
        100, {"a": 60, "b": 40}, {"lowest": 40}, {"a": 60, "b": 40}, {"b": "lowest"},
    ),
    # Nobody is left to share the rest pro rata.
    "everybody at a limit": (
        100, {"a": 60, "b": 40}, {"highest": 60, "lowest": 40},
        {"a": 60, "b": 40}, {"a": "highest", "b": "lowest"},
    ),
    # 22 % of 1 010 is 222.2, so at most 222; 1 010 − 222 = 788 = 4 × 197.
    "a cap in percent": (
        1_010, {"a": 3, "b": 1, "c": 1, "d": 1, "e": 1}, {"highest_percent": "22"},
        {"a": 222, "b": 197, "c": 197, "d": 197, "e": 197}, {"a": "highest"},
    ),
    # 0.1 % of 1 010 is 1.01, so at least 2.
    "a floor in percent": (
        1_010, {"a": 1_000, "b": 1}, {"lowest_percent": "0.1"},
        {"a": 1_008, "b": 2}, {"b": "lowest"},
    ),
    # 8.65 % of 1 000 is 86.5, half up 87; 913 × 2/3 = 608.67 and 913 × 1/3 = 304.33.
    "a fixed share": (
        1_000, {"a": 5, "b": 2, "c": 1}, {"fixed_percent": {"a": "8.65"}},
        {"a": 87, "b": 609, "c": 304}, {"a": "fixed"},
    ),
    # a has 40; 60 × 50/60 = 50, so b stops at 45; 15 among three equals is 5 each.
    "a fixed share and a cap": (
        100, {"a": 9, "b": 50, "c": 3, "d": 3, "e": 3},
        {"fixed_percent": {"a": "40"}, "highest": 45},
        {"a": 40, "b": 45, "c": 5, "d": 5, "e": 5}, {"a": "fixed", "b": "highest"},
    ),
    # 80 is left: 80 × 1/7 = 11.43, so c is lifted as well.
    "a fixed share just at the floor": (
        100, {"a": 60, "b": 30, "c": 10}, {"fixed_percent": {"b": "20"}, "lowest": 20},
        {"a": 60, "b": 20, "c": 20}, {"b": "fixed", "c": "lowest"},
    ),
    # 40 × 6/7 = 34.29 and 40 × 1/7 = 5.71.
    "a fixed share just at the cap": (
        100, {"a": 60, "b": 30, "c": 10}, {"fixed_percent": {"b": "60"}, "highest": 60},
        {"a": 34, "b": 60, "c": 6}, {"b": "fixed"},
    ),
}  # fmt: skip

# Limits without a solution, and what the message says of it. The members weigh 60, 30 and 10.
CLASHES = {
    "lowest and highest": ({"lowest": 60, "highest": 50}, "at lowest = 60 .* at highest = 50"),
    # 3 × 40 = 120 and 3 × 33 = 99.
    "too high a floor": ({"lowest": 40}, r"at lowest = 40, the 3 .*\(a, b, c\) pay at least 120,"),
    "more than there is": ({"lowest": 200}, "at lowest = 200, .* at least 600, and 100 is left"),
    "too low a cap": ({"highest": 33}, r"at highest = 33, the 3 .* pay at most 99, and 100 is"),
    "a floor and fixed shares": (
        {"lowest": 20, "fixed_percent": {"b": "70"}},
        r"at lowest = 20, the 2 .*\(a, c\) pay at least 40, and 30 is left",
    ),
    "a cap and fixed shares": (
        {"highest_percent": "40", "fixed_percent": {"b": "10"}},
        r'at highest_percent = "40", the 2 .*\(a, c\) pay at most 80, and 90 is left',
    ),
    "a fixed share above the cap": (
        {"highest": 50, "fixed_percent": {"b": "60.5", "c": "20"}},
        'fixed_percent b = "60.5" goes past highest = 50',
    ),
    "a fixed share below the floor": (
        {"lowest": 20, "fixed_percent": {"b": "5", "c": "6"}},
        'fixed_percent b = "5", c = "6" goes past lowest = 20',
    ),
    "a fixed share of nobody": ({"fixed_percent": {"x": 5}}, "fixed_percent names no member: x"),
    "only fixed shares": (
        {"fixed_percent": {"a": 10, "b": 10, "c": 10}},
        "names every member, and does not add up to 100",
    ),
}


@pytest.mark.parametrize(
    ("requested", "weights", "stated", "fees", "limited"), CASES.values(), ids=CASES
)
def test_fees_within_limits_are_those_worked_out_by_hand(
    requested: int,
    weights: dict[str, int],
    stated: dict[str, Any],
    fees: dict[str, int],
    limited: dict[str, str],
) -> None:
    prices = share_within_limits(requested, weights, FeeLimits.model_validate(stated))
    assert prices.fees == fees
    assert prices.limited == limited
    assert prices.requested == sum(fees.values()) == requested
    assert not prices.equal_members_differ


@pytest.mark.parametrize(("stated", "message"), CLASHES.values(), ids=CLASHES)
def test_a_clash_names_the_limits_and_the_members(stated: dict[str, Any], message: str) -> None:
    with pytest.raises(ReportError, match=r"round.toml, \[pricing.limits\]: .*" + message):
        share_within_limits(100, {"a": 60, "b": 30, "c": 10}, FeeLimits.model_validate(stated))


# 17 % of 3 is 0.51, half up 1, so four of them are 4; 99.9 % of 100 is 100 half up.
@pytest.mark.parametrize(
    ("requested", "fixed", "left"),
    [(3, dict.fromkeys("abcd", "17"), -1), (100, {"a": "99.9"}, 0)],
)
def test_fixed_shares_that_rounding_leaves_nothing_beside_are_a_clash(
    requested: int, fixed: dict[str, str], left: int
) -> None:
    limits = FeeLimits.model_validate({"fixed_percent": fixed})
    with pytest.raises(ReportError, match=f"the fixed shares, rounded, leave {left} for"):
        share_within_limits(requested, dict.fromkeys("abcde", 1), limits)


def test_the_exact_shares_are_kept() -> None:
    # As "a fixed share" above: 86.5, 913 × 2/3 and 913 × 1/3.
    stated = FeeLimits.model_validate({"fixed_percent": {"a": "8.65"}})
    prices = share_within_limits(1_000, {"a": 5, "b": 2, "c": 1}, stated)
    assert prices.exact == {"a": Fraction(173, 2), "b": Fraction(1826, 3), "c": Fraction(913, 3)}


def test_equal_members_differ_where_what_is_left_cannot_be_shared_alike() -> None:
    # b stops at 45; 15 among two equals is 7.5 each.
    stated = FeeLimits.model_validate({"fixed_percent": {"a": "40"}, "highest": 45})
    prices = share_within_limits(100, {"a": 9, "b": 50, "c": 5, "d": 5}, stated)
    assert prices.fees == {"a": 40, "b": 45, "c": 8, "d": 7}
    assert prices.equal_members_differ


def test_steps_of_a_hundred() -> None:
    # Ten steps: 1.67, 3.33 and 5; one over, to the .67.
    prices = share_within_limits(1_000, {"a": 1, "b": 2, "c": 3}, FeeLimits(), step=100)
    assert prices.fees == {"a": 200, "b": 300, "c": 500}
    assert prices.exact["a"] == Fraction(1_000, 6)
    # At most 450 is four steps: c stops at them; 6 × 1/3 = 2 and 6 × 2/3 = 4 steps.
    prices = share_within_limits(1_000, {"a": 1, "b": 2, "c": 3}, FeeLimits(highest=450), step=100)
    assert prices.fees == {"a": 200, "b": 400, "c": 400}


def test_a_total_between_two_steps_is_refused() -> None:
    with pytest.raises(ReportError, match=r"requested is 1050, .* not a multiple of step = 100"):
        share_within_limits(1_050, {"a": 1}, FeeLimits(), step=100)
