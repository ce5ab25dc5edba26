"""What a forecast takes for granted: how answers come in, and how likely an answer is a yes.

Two posterior distributions, both drawn from uniform numbers that the caller supplies, so that the
same input gives the same draws everywhere.

Answering is a hazard (Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data,
2002, ch. 2), accumulated as size × shape(x) with x in reply periods. Before the last reply date the
shape is a power of x and a crowd just before the date; after it, an exponential that dies away.
Sizes and shapes are weighed on a grid by a weak prior and the answers so far. What nobody has seen
yet (the crowd before the date has come, the time after the date before it) is the prior's alone.

Yes or not is a logistic regression with partial pooling (Gelman and Hill, Data Analysis Using
Regression and Multilevel/Hierarchical Models, 2007, ch. 14): an overall level, a deviation per
group, a slope for the size of the fee and one for how late the answer came; normal approximation
at the mode, the spread between groups weighed on a grid by Laplace's approximation.
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
    """Shapes of the time before the last reply date: a power of x and a crowd just before it."""

    def __init__(self, bends: FloatArray, crowds: FloatArray, crowd_bend: float) -> None:
        self.bends, self.crowds, self.crowd_bend = bends, crowds, crowd_bend

    def __getitem__(self, indices: IndexArray) -> ShapesBeforeReplyDate:
        return ShapesBeforeReplyDate(self.bends[indices], self.crowds[indices], self.crowd_bend)

    def accumulated(self, x: FloatArray | float) -> FloatArray:
        """The accumulated hazard: 0 at the beginning, 1 after one reply period."""
        found: FloatArray = (1 - self.crowds) * np.power(x, self.bends)
        return found + self.crowds * np.power(x, self.crowd_bend)

    def log_rate(self, x: FloatArray) -> FloatArray:
        """The logarithm of the hazard, for x above 0."""
        found: FloatArray = (1 - self.crowds) * self.bends * np.power(x, self.bends - 1)
        return np.log(found + self.crowds * self.crowd_bend * np.power(x, self.crowd_bend - 1))


class ShapesAfterReplyDate:
    """Shapes of the time after the last reply date: the pace dies away."""

    def __init__(self, tails: FloatArray) -> None:
        self.tails = tails

    def __getitem__(self, indices: IndexArray) -> ShapesAfterReplyDate:
        return ShapesAfterReplyDate(self.tails[indices])

    def accumulated(self, x: FloatArray | float) -> FloatArray:
        """The accumulated hazard: 0 at the beginning, 1 after one reply period."""
        found: FloatArray = np.expm1(-x / self.tails) / np.expm1(-1 / self.tails)
        return found

    def log_rate(self, x: FloatArray) -> FloatArray:
        """The logarithm of the hazard."""
        found: FloatArray = -x / self.tails - np.log(-self.tails * np.expm1(-1 / self.tails))
        return found


@dataclass(frozen=True)
class AnswerCurves:
    """Possible answer curves of one phase with their weights: each a size and a shape."""

    sizes: FloatArray
    shapes: ShapesBeforeReplyDate | ShapesAfterReplyDate
    weights: FloatArray

    def drawn(self, uniforms: FloatArray, start: float, end: float) -> FloatArray:
        """The accumulated hazard from start to end (reply periods), one for each uniform number."""
        indices = pick_by_weight(self.weights, uniforms)
        shapes = self.shapes[indices]
        return self.sizes[indices] * (shapes.accumulated(end) - shapes.accumulated(start))


def fit_answer_curves(
    times: FloatArray, unanswered: int, now: float, after: bool, priors: Priors
) -> AnswerCurves:
    """Weigh the possible curves by the answers of one phase.

    `times` are those of the phase's answers and `now` the end of what is seen, in reply periods
    from the phase's beginning; `silent` members had not answered by then.
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
    """Every shape of a phase with every size, the size in standard deviations from its median."""
    if after:
        return ShapesAfterReplyDate(np.repeat(priors.decay_times, len(_SIZE_STEPS))), np.tile(
            _SIZE_STEPS, len(priors.decay_times)
        )
    bends = np.repeat(priors.powers, len(priors.rush_shares) * len(_SIZE_STEPS))
    crowds = np.tile(np.repeat(priors.rush_shares, len(_SIZE_STEPS)), len(priors.powers))
    steps = np.tile(_SIZE_STEPS, len(priors.powers) * len(priors.rush_shares))
    return ShapesBeforeReplyDate(bends, crowds, priors.rush_power), steps


def pick_by_weight(weights: FloatArray, uniforms: FloatArray) -> IndexArray:
    """A place for each uniform number, each with a probability in proportion to its weight."""
    indices = np.searchsorted(np.cumsum(weights), uniforms * weights.sum())
    found: IndexArray = np.minimum(indices, len(weights) - 1)
    return found


@dataclass(frozen=True)
class AnsweredMembers:
    """The members that have answered: whether yes (0 or 1), group, standardised fee, lateness.

    `groups` are numbered from 0 to `group_count` − 1; `late` runs from 0, the first of all members
    to answer, to 1, the last.
    """

    yes: FloatArray
    groups: IndexArray
    fee: FloatArray
    late: FloatArray
    group_count: int


@dataclass(frozen=True)
class YesCoefficients:
    """Draws of the coefficients of a yes, one row a draw: level, fee, lateness, then each group."""

    draws: FloatArray

    def chance(self, groups: IndexArray, fee: FloatArray, late: FloatArray) -> FloatArray:
        """The chance of a yes, given an answer: draws × members; `late` is one for each draw."""
        level, by_fee, by_late = self.draws[:, 0], self.draws[:, 1], self.draws[:, 2]
        logit = self.draws[:, 3 + groups] + by_fee[:, None] * fee[None, :]
        logit = logit + (level + by_late * (late - 0.5))[:, None]
        found: FloatArray = 1 / (1 + np.exp(-logit))
        return found


def fit_yes_coefficients(
    answered: AnsweredMembers, uniforms: FloatArray, priors: Priors
) -> YesCoefficients:
    """Fit the chance of a yes and draw its coefficients.

    `uniforms` has one row a draw: one number that picks the spread between groups, then one for
    each coefficient (see coefficients).
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
    """How many coefficients a yes has: level, fee, lateness and each group."""
    return 3 + group_count


@dataclass(frozen=True)
class _PosteriorMode:
    """The most likely coefficients, the root of the precision there, the log evidence."""

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
    """Newton's method; the penalty makes the target strictly concave, so 25 steps are plenty."""
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
