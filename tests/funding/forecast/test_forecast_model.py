from __future__ import annotations

from dataclasses import replace
from math import e, exp, log, sqrt

import numpy as np
import pytest

from helpers.funding.forecast.forecast_model import (
    AnswerCurves,
    AnsweredMembers,
    ShapesAfterReplyDate,
    ShapesBeforeReplyDate,
    YesCoefficients,
    coefficient_count,
    fit_answer_curves,
    fit_yes_coefficients,
    pick_by_weight,
)
from helpers.funding.forecast.forecast_priors import PRIORS, Priors

ONE_DEVIATION = 0.8413447460685429  # the normal distribution's share below one standard deviation
NONE = np.array([])
PINNED = 1e-6  # a spread that holds a coefficient at 0


def test_the_priors_are_those_that_the_interval_was_measured_with() -> None:
    # funding_forecast.MEASURED_CALIBRATION holds of these alone: whoever changes one measures anew
    # (make bench).
    measured = Priors(
        before_size=(1.0, 0.7),
        powers=(1.0, 2.0, 4.0),
        rush_shares=(0.0, 0.25, 0.5, 0.75),
        rush_power=20.0,
        after_size=(0.6, 0.8),
        decay_times=(0.1, 0.25, 0.6, 1.5),
        weight=0.4,
        pace_change=0.4,
        level=1.5,
        late=0.5,
        fee=0.4,
        group_spreads=(0.1, 0.3, 0.6, 1.0, 1.5),
    )
    assert measured == PRIORS


def test_shapes_worked_out_by_hand() -> None:
    before = ShapesBeforeReplyDate(np.array([2.0]), np.array([0.5]), 20.0)
    assert before.accumulated(0.5) == pytest.approx(0.5 * 0.25 + 0.5 * 0.5**20)
    assert before.log_rate(np.array([1.0])) == pytest.approx(np.log(0.5 * 2 + 0.5 * 20))
    # At half of the period with a crowd of x³: 0.5 × 2 × 0.5 + 0.5 × 3 × 0.25 = 0.875.
    steep = ShapesBeforeReplyDate(np.array([2.0]), np.array([0.5]), 3.0)
    assert steep.log_rate(np.array([0.5])) == pytest.approx(np.log(0.875))
    after = ShapesAfterReplyDate(np.array([0.5]))
    assert after.accumulated(1.0) == pytest.approx(1)
    assert after.accumulated(0.5) == pytest.approx((1 - np.exp(-1)) / (1 - np.exp(-2)))
    assert after.log_rate(np.array([0.0])) == pytest.approx(np.log(2 / (1 - np.exp(-2))))


def test_of_no_answers_the_leaning_is_its_prior() -> None:
    # All at their middle, the coefficients are 0 and a yes has the chance 1/2, whoever is asked.
    nobody = AnsweredMembers(NONE, NONE.astype(int), NONE, NONE, 2)
    middle = fit_yes_coefficients(nobody, np.full((1, 1 + coefficient_count(2)), 0.5), PRIORS)
    chance = middle.chance(np.array([0, 1]), np.array([3.0, -3.0]), np.array([0.9]))
    assert chance.tolist() == [[0.5, 0.5]]


def test_a_place_is_picked_in_proportion_to_its_weight() -> None:
    # Of 1, 2 and 1 the first has the first quarter, the second the half from there.
    uniforms = np.array([0.0, 0.25, 0.26, 0.75, 0.76, 1.0])
    assert pick_by_weight(np.array([1.0, 2.0, 1.0]), uniforms).tolist() == [0, 0, 1, 1, 2, 2]
    # Ten times 0.1 is a little less than 1 when it is added up: past the end is the last place.
    assert pick_by_weight(np.full(10, 0.1), np.array([np.nextafter(1.0, 2.0)])).tolist() == [9]


def test_a_curve_is_drawn_as_its_size_times_what_accumulates_in_between() -> None:
    # Sizes 2 and 3, shapes x and x²: from 0.5 to 1 it is 2 × 0.5 and 3 × 0.75.
    shapes = ShapesBeforeReplyDate(np.array([1.0, 2.0]), np.zeros(2), 20.0)
    curve = AnswerCurves(np.array([2.0, 3.0]), shapes, np.ones(2))
    assert curve.drawn(np.array([0.2, 0.8]), 0.5, 1.0).tolist() == [1.0, 2.25]


def test_a_size_is_weighted_by_its_prior_and_the_answers() -> None:
    # A straight line: one answer after 0.5, three silent until 1: 0.5 + 3 × 1 = 3.5 were exposed.
    # At the median, 1, the log likelihood is ln 1 − 3.5; 2.5 deviations of 0.4 up, the size is e
    # and it is ln e − 3.5 e. Half of it counts, and the prior takes 2.5² / 2 = 3.125.
    priors = replace(PRIORS, before_size=(1.0, 0.4), powers=(1.0,), rush_shares=(0.0,), weight=0.5)
    curve = fit_answer_curves(np.array([0.5]), 3, 1.0, False, priors)
    assert len(curve.sizes) == 41
    assert (curve.sizes[20], curve.sizes[40]) == pytest.approx((1, e))
    found = curve.weights[40] / curve.weights[20]
    assert found == pytest.approx(exp(0.5 * (1 - 3.5 * e + 3.5) - 3.125))
    assert curve.weights.max() == 1


def test_after_the_date_the_rate_falls_and_the_size_is_its_own() -> None:
    # With tail 1, half a period accumulates (1 − e^−0.5) / (1 − e^−1) of what a whole one does.
    priors = replace(PRIORS, after_size=(2.0, 0.4), decay_times=(1.0,), weight=1.0)
    curve = fit_answer_curves(np.array([0.5]), 3, 1.0, True, priors)
    assert (curve.sizes[20], curve.sizes[40]) == pytest.approx((2, 2 * e))
    exposed = (1 - exp(-0.5)) / (1 - exp(-1)) + 3
    found = curve.weights[40] / curve.weights[20]
    # The rate's shape is the same for both sizes and falls out of the ratio.
    assert found == pytest.approx(exp(1 - (2 * e - 2) * exposed - 3.125))


def test_every_shape_meets_every_size() -> None:
    nothing = np.array([])
    before = fit_answer_curves(nothing, 0, 0.0, False, PRIORS)
    assert isinstance(before.shapes, ShapesBeforeReplyDate)
    found = set(zip(before.shapes.bends, before.shapes.crowds, before.sizes, strict=True))
    assert len(found) == len(before.weights) == 3 * 4 * 41
    assert before.shapes.crowd_bend == 20
    after = fit_answer_curves(nothing, 0, 0.0, True, PRIORS)
    assert isinstance(after.shapes, ShapesAfterReplyDate)
    assert len(set(zip(after.shapes.tails, after.sizes, strict=True))) == len(after.weights) == 164


def test_the_chance_of_a_yes_by_hand() -> None:
    # Level 0.5, fee 0.2, lateness 0.4, groups 0.1 and −0.3; all at the last place, 0.5 past the
    # middle: 0.5 + 0.2 + 0.2 + 0.1 = 1, and 0.5 − 0.4 + 0.2 − 0.3 = 0.
    leaning = YesCoefficients(np.array([[0.5, 0.2, 0.4, 0.1, -0.3]]))
    chance = leaning.chance(np.array([0, 1]), np.array([1.0, -2.0]), np.array([1.0]))
    assert chance[0].tolist() == pytest.approx([1 / (1 + exp(-1)), 0.5])


FOUR_YES = AnsweredMembers(np.ones(4), np.zeros(4, dtype=int), np.zeros(4), np.full(4, 0.5), 1)


def test_four_yes_lean_as_far_as_the_prior_lets_them() -> None:
    # At level ln 3 a yes has the chance 3/4, and the four pull by 4 × 1/4 = 1; a prior with the
    # variance ln 3 pulls back by ln 3 / ln 3 = 1. There the precision is 4 × 3/4 × 1/4 + 1 / ln 3.
    priors = replace(PRIORS, level=sqrt(log(3)), fee=PINNED, late=PINNED, group_spreads=(PINNED,))
    uniforms = np.array([[0.5] * 5, [0.5, ONE_DEVIATION, 0.5, 0.5, 0.5]])
    drawn = fit_yes_coefficients(FOUR_YES, uniforms, priors).draws
    level = [log(3), log(3) + 1 / sqrt(0.75 + 1 / log(3))]
    assert drawn[:, 0].tolist() == pytest.approx(level)
    assert drawn[:, 1:] == pytest.approx(np.zeros((2, 3)), abs=1e-4)


def test_without_answers_every_group_spread_is_equally_likely() -> None:
    nobody = AnsweredMembers(NONE, NONE.astype(int), NONE, NONE, 1)
    priors = replace(PRIORS, level=1.5, fee=0.4, late=0.5, group_spreads=(0.25, 2.0))
    uniforms = np.full((2, 5), ONE_DEVIATION)
    uniforms[:, 0] = 0.49, 0.51
    drawn = fit_yes_coefficients(nobody, uniforms, priors).draws
    assert drawn.tolist() == [
        pytest.approx([1.5, 0.4, 0.5, 0.25]),
        pytest.approx([1.5, 0.4, 0.5, 2.0]),
    ]


def test_the_group_spread_is_weighted_by_its_evidence() -> None:
    # Now the group takes what the level took above. Laplace's log evidence is 4 ln 3/4 − ln 3 / 2
    # − ln ln 3 / 2 − ln(0.75 + 1 / ln 3) / 2 = −2.0005 for a variance of ln 3, and 4 ln 1/2 =
    # −2.7726 for none: e^0.7720 = 2.164 to 1, so the first has 2.164 / 3.164 = 0.684.
    spreads = (sqrt(log(3)), PINNED)
    priors = replace(PRIORS, level=PINNED, fee=PINNED, late=PINNED, group_spreads=spreads)
    uniforms = np.array([[0.683, *[0.5] * 4], [0.685, *[0.5] * 4]])
    drawn = fit_yes_coefficients(FOUR_YES, uniforms, priors).draws
    assert drawn[:, 3].tolist() == pytest.approx([log(3), 0], abs=1e-4)


def test_a_slope_for_the_fee_and_one_for_lateness_are_fitted() -> None:
    # Of eight, the four with a fee one deviation up say yes, the others no: as above the slope is
    # where 8 × 1/4 is slope / variance, for ln 3 a variance of ln 3 / 2. Lateness likewise, at half
    # a step from the middle: 8 × 1/4 × 1/2 = 1.
    yes, sides = np.repeat([1.0, 0.0], 4), np.repeat([1.0, -1.0], 4)
    middle, nobody = np.full(8, 0.5), np.zeros(8)
    pinned = replace(PRIORS, level=PINNED, fee=PINNED, late=PINNED, group_spreads=(PINNED,))
    of_fee = AnsweredMembers(yes, np.zeros(8, dtype=int), sides, middle, 1)
    fee = fit_yes_coefficients(of_fee, np.full((1, 5), 0.5), replace(pinned, fee=sqrt(log(3) / 2)))
    assert fee.draws[0].tolist() == pytest.approx([0, log(3), 0, 0], abs=1e-4)
    # 2 ln 3 at half a step is ln 3; the prior pulls by 2 ln 3 / variance = 1.
    of_late = AnsweredMembers(yes, np.zeros(8, dtype=int), nobody, 0.5 + sides / 2, 1)
    late = fit_yes_coefficients(
        of_late, np.full((1, 5), 0.5), replace(pinned, late=sqrt(2 * log(3)))
    )
    assert late.draws[0].tolist() == pytest.approx([0, 0, 2 * log(3), 0], abs=1e-4)


def test_a_number_at_either_end_is_drawn_seven_deviations_out() -> None:
    # Chance gives 0 once in 2^53 numbers, and a normal draw of it would lie infinitely far away. A
    # part in 10^12 lies 7.0345 standard deviations below the mean; the level's is 1.5.
    nobody = AnsweredMembers(NONE, NONE.astype(int), NONE, NONE, 1)
    uniforms = np.array([[0.5, 0.0, *[0.5] * 3], [0.5, 1.0, *[0.5] * 3]])
    drawn = fit_yes_coefficients(nobody, uniforms, replace(PRIORS, level=1.5)).draws
    assert drawn[:, 0].tolist() == pytest.approx([-1.5 * 7.0345, 1.5 * 7.0345], abs=1e-3)


def test_each_group_leans_by_its_own_answers() -> None:
    # Four yes in the first group and four no in the second: each is fitted as one alone was.
    yes, groups = np.repeat([1.0, 0.0], 4), np.repeat([0, 1], 4)
    seen = AnsweredMembers(yes, groups, np.zeros(8), np.full(8, 0.5), 2)
    priors = replace(PRIORS, level=PINNED, fee=PINNED, late=PINNED, group_spreads=(sqrt(log(3)),))
    drawn = fit_yes_coefficients(seen, np.full((1, 6), 0.5), priors).draws
    assert drawn[0].tolist() == pytest.approx([0, 0, 0, log(3), -log(3)], abs=1e-4)
