from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.rounding import round_half_up

PERCENT = Fraction(1, 100)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (Fraction(5, 2), 3),
        (Fraction(3, 2), 2),
        (Fraction(1, 2), 1),
        (Fraction(0), 0),
        # Away from minus infinity: −0.5 is 0, −1.5 is −1, −2.5 is −2.
        (Fraction(-1, 2), 0),
        (Fraction(-3, 2), -1),
        (Fraction(-5, 2), -2),
        (Fraction(-251, 100), -3),
        (Fraction(249, 100), 2),
        (7, 7),
        (-7, -7),
    ],
)
def test_a_half_goes_up(value: Fraction | int, rounded: int) -> None:
    assert round_half_up(value) == rounded


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        # 24.496 % is below 24.5; by way of 24.50 it would have become 25.
        (Fraction(24_496, 100_000), 24),
        (Fraction(245, 1000), 25),
        # 14.5 %, which the nearest float puts a little below.
        (Fraction(29, 200), 15),
        (Fraction(1), 100),
        # Never clipped: 11/10 is 110 %.
        (Fraction(11, 10), 110),
    ],
)
def test_whole_percent(share: Fraction, percent: int) -> None:
    assert round_half_up(share, PERCENT) == percent


def test_what_no_float_can_tell_from_a_half() -> None:
    just_below = Fraction(1, 2) - Fraction(1, 10**40)
    assert round_half_up(just_below) == 0
    assert round_half_up(just_below + Fraction(1, 10**40)) == 1


@pytest.mark.parametrize(
    ("amount", "hundreds"), [(292_828, 2_928), (293_149, 2_931), (293_150, 2_932), (50, 1), (49, 0)]
)
def test_the_outcome_is_a_number_of_steps(amount: int, hundreds: int) -> None:
    assert round_half_up(amount, 100) == hundreds


def test_the_outcome_is_an_int() -> None:
    assert type(round_half_up(Fraction(4, 2))) is int


@given(st.fractions(), st.fractions(min_value=Fraction(1, 1000), max_value=1000))
def test_the_outcome_is_at_most_half_a_step_away_and_a_half_goes_up(
    value: Fraction, step: Fraction
) -> None:
    distance = round_half_up(value, step) * step - value
    assert -step / 2 < distance <= step / 2
