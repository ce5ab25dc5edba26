"""The model of a forecast: how answers arrive over time, and how likely an answer is a yes.

It has two posterior distributions. Both are drawn from uniform numbers that the caller passes, so
that the same input gives the same draws on every machine.

Answering is a hazard (Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data,
2002, ch. 2), accumulated as size × shape(x) with x in reply periods. Before the last reply date the
shape is a power of x plus a rush just before the date; after it, a decaying exponential. Sizes and
shapes are weighted on a grid by a weak prior and by the answers so far. What has not been observed
yet (the rush before the date, and the time after it) comes from the prior alone.

Yes or no is a logistic regression with partial pooling (Gelman and Hill, Data Analysis Using
Regression and Multilevel/Hierarchical Models, 2007, ch. 14): an overall level, a deviation per
group, a slope for the size of the fee and one for how late the answer came. It uses the normal
approximation at the mode; the spread between groups is weighted on a grid by Laplace's
approximation.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from helpers.funding.forecast.forecast_priors import Priors

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.intp]
_SIZE_STEPS = np.linspace(-2.5, 2.5, 41)  # standard deviations of the size, on its log scale


class ShapesBeforeReplyDate:
    """Shapes of the time before the last reply date: a power of x and a rush just before it."""

    def __init__(self, bends: FloatArray, crowds: FloatArray, crowd_bend: float) -> None:
        self.bends, self.crowds, self.crowd_bend = bends, crowds, crowd_bend

    def __getitem__(self, indices: IndexArray) -> ShapesBeforeReplyDate:
        return ShapesBeforeReplyDate(self.bends[indices], self.crowds[indices], self.crowd_bend)

    def accumulated(self, x: FloatArray | float) -> FloatArray:
        """Return the accumulated hazard: 0 at the beginning, 1 after one reply period."""
        found: FloatArray = (1 - self.crowds) * np.power(x, self.bends)
        return found + self.crowds * np.power(x, self.crowd_bend)

    def log_rate(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the hazard, for x above 0."""
        found: FloatArray = (1 - self.crowds) * self.bends * np.power(x, self.bends - 1)
        return np.log(found + self.crowds * self.crowd_bend * np.power(x, self.crowd_bend - 1))


class ShapesAfterReplyDate:
    """Shapes of the time after the last reply date: the hazard decays."""

    def __init__(self, tails: FloatArray) -> None:
        self.tails = tails

    def __getitem__(self, indices: IndexArray) -> ShapesAfterReplyDate:
        return ShapesAfterReplyDate(self.tails[indices])

    def accumulated(self, x: FloatArray | float) -> FloatArray:
        """Return the accumulated hazard: 0 at the beginning, 1 after one reply period."""
        found: FloatArray = np.expm1(-x / self.tails) / np.expm1(-1 / self.tails)
        return found

    def log_rate(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the hazard."""
        found: FloatArray = -x / self.tails - np.log(-self.tails * np.expm1(-1 / self.tails))
        return found


@dataclass(frozen=True)
class AnswerCurves:
    """Possible answer curves of one phase, each a size and a shape, with their weights."""

    sizes: FloatArray
    shapes: ShapesBeforeReplyDate | ShapesAfterReplyDate
    weights: FloatArray

    def drawn(self, uniforms: FloatArray, start: float, end: float) -> FloatArray:
        """Return the accumulated hazard from start to end (reply periods) by uniform number."""
        indices = pick_by_weight(self.weights, uniforms)
        shapes = self.shapes[indices]
        return self.sizes[indices] * (shapes.accumulated(end) - shapes.accumulated(start))


def fit_answer_curves(
    times: FloatArray, unanswered: int, now: float, after: bool, priors: Priors
) -> AnswerCurves:
    """Weight the possible curves by the answers of one phase.

    `times` are the times of the phase's answers and `now` is the end of the observation, both in
    reply periods from the phase's beginning. `silent` members had not answered by then.
    """
    median, spread = priors.after_size if after else priors.before_size
    shapes, steps = _shape_and_size_grid(after, priors)
    sizes = median * np.exp(spread * steps)
    times_seen = times[:, None]
    exposed = shapes.accumulated(times_seen).sum(axis=0) + unanswered * shapes.accumulated(now)
    log_hazard = (np.log(sizes) + shapes.log_rate(times_seen)).sum(axis=0)
    log_weight = priors.weight * (log_hazard - sizes * exposed) - steps**2 / 2
    return AnswerCurves(sizes, shapes, np.exp(log_weight - log_weight.max()))


def _shape_and_size_grid(
    after: bool, priors: Priors
) -> tuple[ShapesBeforeReplyDate | ShapesAfterReplyDate, FloatArray]:
    """Return every combination of a phase's shapes with the sizes.

    A size is in standard deviations from its median.
    """
    if after:
        return ShapesAfterReplyDate(np.repeat(priors.decay_times, len(_SIZE_STEPS))), np.tile(
            _SIZE_STEPS, len(priors.decay_times)
        )
    bends = np.repeat(priors.powers, len(priors.rush_shares) * len(_SIZE_STEPS))
    crowds = np.tile(np.repeat(priors.rush_shares, len(_SIZE_STEPS)), len(priors.powers))
    steps = np.tile(_SIZE_STEPS, len(priors.powers) * len(priors.rush_shares))
    return ShapesBeforeReplyDate(bends, crowds, priors.rush_power), steps


def pick_by_weight(weights: FloatArray, uniforms: FloatArray) -> IndexArray:
    """Return an index for each uniform number, with probability proportional to its weight."""
    indices = np.searchsorted(np.cumsum(weights), uniforms * weights.sum())
    found: IndexArray = np.minimum(indices, len(weights) - 1)
    return found


@dataclass(frozen=True)
class AnsweredMembers:
    """The members that have answered: whether yes (0 or 1), group, standardised fee, lateness.

    `groups` are numbered from 0 to `group_count` − 1. `late` is 0 for the first of all members to
    answer and 1 for the last.
    """

    yes: FloatArray
    groups: IndexArray
    fee: FloatArray
    late: FloatArray
    group_count: int


@dataclass(frozen=True)
class YesCoefficients:
    """Draws of the coefficients of a yes, one row per draw.

    The columns are level, fee, lateness, and then each group.
    """

    draws: FloatArray

    def chance(self, groups: IndexArray, fee: FloatArray, late: FloatArray) -> FloatArray:
        """Return the probability of a yes, given an answer (draws × members).

        `late` has one number per draw.
        """
        level, by_fee, by_late = self.draws[:, 0], self.draws[:, 1], self.draws[:, 2]
        logit = self.draws[:, 3 + groups] + by_fee[:, None] * fee[None, :]
        logit = logit + (level + by_late * (late - 0.5))[:, None]
        found: FloatArray = 1 / (1 + np.exp(-logit))
        return found


def fit_yes_coefficients(
    answered: AnsweredMembers, uniforms: FloatArray, priors: Priors
) -> YesCoefficients:
    """Fit the probability of a yes and draw its coefficients.

    `uniforms` has one row per draw: one number that selects the spread between groups, then one for
    each coefficient (see YesCoefficients).
    """
    design = _design_matrix(answered)
    fits = [_posterior_mode(design, answered, spread, priors) for spread in priors.group_spreads]
    evidence = np.array([fit.evidence for fit in fits])
    weights = np.exp(evidence - evidence.max())
    indices = pick_by_weight(weights, uniforms[:, 0])
    to_normal = np.vectorize(NormalDist().inv_cdf, otypes=[float])
    normal = to_normal(np.clip(uniforms[:, 1:], 1e-12, 1 - 1e-12))
    draws = np.empty_like(normal)
    for index, fit in enumerate(fits):
        picked_rows = indices == index
        # With precision L Lᵀ, the solution of Lᵀ x = z has the inverse as its covariance.
        draws[picked_rows] = fit.mode + np.linalg.solve(fit.root.T, normal[picked_rows].T).T
    return YesCoefficients(draws)


def coefficient_count(group_count: int) -> int:
    """Return the number of coefficients of a yes: level, fee, lateness and each group."""
    return 3 + group_count


@dataclass(frozen=True)
class _PosteriorMode:
    """The most likely coefficients, a square root of the precision there, and the log evidence."""

    mode: FloatArray
    root: FloatArray
    evidence: float


def _design_matrix(answered: AnsweredMembers) -> FloatArray:
    member = np.arange(len(answered.yes))
    design = np.zeros((len(member), coefficient_count(answered.group_count)))
    design[:, 0] = 1
    design[:, 1] = answered.fee
    design[:, 2] = answered.late - 0.5
    design[member, 3 + answered.groups] = 1
    return design


def _posterior_mode(
    design: FloatArray, answered: AnsweredMembers, spread: float, priors: Priors
) -> _PosteriorMode:
    """Find the mode by Newton's method; the target is strictly concave, so 25 steps are enough."""
    spreads = np.array([priors.level, priors.fee, priors.late, *[spread] * answered.group_count])
    penalty: FloatArray = np.diag(spreads**-2.0)
    coefficients_now = np.zeros(design.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-design @ coefficients_now))
        slope = design.T @ (answered.yes - chance) - penalty @ coefficients_now
        precision = design.T @ (design * (chance * (1 - chance))[:, None]) + penalty
        coefficients_now = coefficients_now + np.linalg.solve(precision, slope)
    logit: Any = design @ coefficients_now
    fit = float((answered.yes * logit - np.logaddexp(0, logit)).sum())
    root: FloatArray = np.linalg.cholesky(precision).astype(np.float64)
    loss = float(coefficients_now @ penalty @ coefficients_now) / 2 + float(
        np.log(spreads).sum() + np.log(root.diagonal()).sum()
    )
    return _PosteriorMode(coefficients_now, root, fit - loss)
