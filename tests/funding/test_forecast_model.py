from __future__ import annotations

import numpy as np
import pytest

from helpers.funding.forecast_model import (
    PRIORS,
    After,
    Answered,
    Before,
    coefficients,
    fitted_leaning,
)


def test_shapes_worked_out_by_hand():
    before = Before(np.array([2.0]), np.array([0.5]), 20.0)
    assert before.accumulated(0.5) == pytest.approx(0.5 * 0.25 + 0.5 * 0.5**20)
    assert before.log_rate(np.array([1.0])) == pytest.approx(np.log(0.5 * 2 + 0.5 * 20))
    after = After(np.array([0.5]))
    assert after.accumulated(1.0) == pytest.approx(1)
    assert after.accumulated(0.5) == pytest.approx((1 - np.exp(-1)) / (1 - np.exp(-2)))
    assert after.log_rate(np.array([0.0])) == pytest.approx(np.log(2 / (1 - np.exp(-2))))


def test_of_no_answers_the_leaning_is_its_prior():
    # All at their middle, the coefficients are 0 and a yes has the chance 1/2, whoever is asked.
    nobody = Answered(*(np.array([], dtype=kind) for kind in (float, int, float, float)), 2)
    middle = fitted_leaning(nobody, np.full((1, 1 + coefficients(2)), 0.5), PRIORS)
    chance = middle.chance(np.array([0, 1]), np.array([3.0, -3.0]), np.array([0.9]))
    assert chance.tolist() == [[0.5, 0.5]]
