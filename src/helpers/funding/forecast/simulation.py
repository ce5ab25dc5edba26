"""The draws of a forecast: which members answer before the horizon, and which of them say yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.funding.answers.answer_states import UNANSWERED, YES
from helpers.funding.forecast.forecast_model import (
    AnswerCurves,
    AnsweredMembers,
    FloatArray,
    coefficient_count,
    fit_answer_curves,
    fit_yes_coefficients,
)
from helpers.funding.forecast.forecast_priors import Priors
from helpers.funding.totals.members.member_count import further_fees

DRAWS = 2001  # so that 10, 50 and 90 % are single draws: numbers 200, 1 000 and 1 800 from 0
FORECAST_SEED = 1
_STANDARD_NORMAL = NormalDist()

DrawCounts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class RoundTimeline:
    """The days of a round, and its time in reply periods."""

    day: date
    began_on: date
    reply_by: date
    horizon: date

    @property
    def period(self) -> int:
        """The number of days from the first to the last reply date, both included."""
        return (self.reply_by - self.began_on).days + 1

    def since(self, day: date, origin: date) -> float:
        """Return the reply periods from the end of one day to the end of another."""
        return (day - origin).days / self.period

    def hazards(self, rows: pd.DataFrame, priors: Priors) -> FloatArray:
        """Return each draw's accumulated hazard of a member without an answer, from day to horizon.

        `rows` is as in forecast_funded. The future pace is the pace so far times a random factor.
        For the time after a reply date that has not passed, only the prior is used.
        """
        first, second, third = _uniform_numbers(_random_generator(FORECAST_SEED), 3, DRAWS)
        pace_change = np.exp(
            priors.pace_change * np.array([_STANDARD_NORMAL.inv_cdf(u) for u in third.tolist()])
        )
        eve = self.began_on - timedelta(days=1)
        if self.day > self.reply_by:
            curve = self._curve(rows, self.reply_by, True, priors)
            start, end = (self.since(day, self.reply_by) for day in (self.day, self.horizon))
            return pace_change * curve.drawn(first, start, end)
        curve = self._curve(rows, eve, False, priors)
        end = self.since(min(self.horizon, self.reply_by), eve)
        later = fit_answer_curves(np.array([]), 0, 0.0, True, priors)
        left = max(0.0, self.since(self.horizon, self.reply_by))
        until = pace_change * curve.drawn(first, self.since(self.day, eve), end)
        return until + later.drawn(second, 0.0, left)

    def _curve(self, rows: pd.DataFrame, origin: date, after: bool, priors: Priors) -> AnswerCurves:
        """Return the curve of the phase that began at the end of `origin`."""
        first = rows["first_received_on"].dropna()
        first = first[first > pd.Timestamp(origin)] if after else first
        # An answer counts as received in the middle of its day; an earlier one on the first day.
        days = (first - pd.Timestamp(origin)).dt.days.to_numpy(dtype="float64")
        times = (np.maximum(days, 1) - 0.5) / self.period
        unanswered = int((rows["decision"] == UNANSWERED).sum())
        return fit_answer_curves(times, unanswered, self.since(self.day, origin), after, priors)


def simulate_further_answers(rows: pd.DataFrame, hazard: FloatArray, priors: Priors) -> DrawCounts:
    """Return what each draw adds (draws × 3): whole units funded, answers, and yes answers.

    `rows` is as in forecast_funded, sorted by code; `hazard` has one number per draw (see
    RoundTimeline.hazards).
    """
    unanswered = (rows["decision"] == UNANSWERED).to_numpy()
    groups, names = pd.factorize(rows["group"], sort=True)
    fee, late = _standardised_log_fees(rows["fee"]), _lateness(rows)
    yes = np.asarray(rows["decision"] == YES, dtype=np.float64)[~unanswered]
    answered = AnsweredMembers(
        yes, groups[~unanswered], fee[~unanswered], late[~unanswered], len(names)
    )
    random = _random_generator(FORECAST_SEED + 1)
    leaning = fit_yes_coefficients(
        answered, _uniform_numbers(random, DRAWS, 1 + coefficient_count(len(names))), priors
    )
    answering = 1 - np.exp(-hazard)
    # On average, further answers get the rank in the middle of the ranks that they will fill.
    next_late = (len(yes) + answering * unanswered.sum() / 2) / len(rows)
    chance = leaning.chance(groups[unanswered], fee[unanswered], next_late)
    uniforms = _uniform_numbers(random, *chance.shape)
    answers, funds = uniforms < answering[:, None], uniforms < answering[:, None] * chance
    amounts = funds @ further_fees(rows[unanswered]).to_numpy(dtype="int64")
    return np.column_stack([amounts, answers.sum(axis=1), funds.sum(axis=1)])


def _random_generator(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - not for secrets


def _uniform_numbers(random: Random, rows: int, columns: int) -> FloatArray:
    """Return numbers from 0 to 1 by random() alone, which is the same in every Python version."""
    return np.array([random.random() for _ in range(rows * columns)]).reshape(rows, columns)


def _standardised_log_fees(fees: pd.Series[int]) -> FloatArray:
    """Return the logarithms of the fees with mean 0 and, if they differ, standard deviation 1."""
    logs = np.log(np.maximum(fees.to_numpy(dtype="float64"), 1))
    spread = float(logs.std())
    found: FloatArray = (logs - logs.mean()) / (spread or 1.0)
    return found


def _lateness(rows: pd.DataFrame) -> FloatArray:
    """Return each member's rank in the order of answers, of all members.

    Answers of the same day share a rank.
    """
    found: FloatArray = rows["first_received_on"].rank().to_numpy(dtype="float64") / len(rows)
    return found
