"""A forecast of what will be funded when a round is over: computed ("beräknat"), never observed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pandas as pd

from helpers.funding.answers.answer_states import UNANSWERED
from helpers.funding.forecast.forecast_priors import PRIORS, Priors
from helpers.funding.forecast.simulation import (
    DRAWS,
    FORECAST_SEED,
    DrawCounts,
    RoundTimeline,
    simulate_further_answers,
)
from helpers.funding.scenarios.bounds import bounds_now
from helpers.funding.totals.shares import Share, share

FORECAST_LEVEL = Fraction(4, 5)
MIN_ANSWERS = 10
MIN_DAYS_AHEAD = timedelta(days=28)
TOO_FEW_ANSWERS, NO_REPLY_DATE = "too_few_answers", "no_reply_date"
PRICE_DEPENDS_ON_JOINED = "price_depends_on_who_joins"


@dataclass(frozen=True)
class ForecastCalibration:
    """How often the interval contained a known result: in `held` of `forecasts` forecasts."""

    rounds: int
    forecasts: int
    held: int

    @property
    def held_share(self) -> Fraction:
        """The share of the forecasts whose interval held what came."""
        return Fraction(self.held, self.forecasts)


# Measured by benchmarks/calibration.py on simulated rounds that the model was not tuned on; `make
# bench` measures it again and compares. Each round is asked on five days, less those on which too
# few had answered. No real round has been tried.
MEASURED_CALIBRATION = ForecastCalibration(rounds=400, forecasts=1_955, held=1_580)


@dataclass(frozen=True)
class ForecastModel:
    """What the forecast rests on, for a text to state.

    `phase` is "before" or "after" the last reply date, or "over" where no answer is awaited.
    `answering` is the mean chance that a silent member answers before the horizon, `yes_of_further`
    the share of those answers that is expected to be a yes; None where none is expected.
    `assumptions` names what the model does not doubt, so that the interval does not cover it
    either:

    - answers_stand: a yes stays a yes and a no a no; a condition stays one, and is not funded
    - all_years: a further yes is for all years and without a condition
    - reply_date_stands: the reply date is not put off
    - like_the_answered: a silent member is like those of its group, fee and lateness that answered
    """

    phase: str
    answering: Fraction | None
    yes_of_further: Fraction | None
    priors: Priors = PRIORS
    name: str = "answer_curve_and_yes_by_group"
    mark: str = "beräknat"
    draws: int = DRAWS
    seed: int = FORECAST_SEED
    assumed: tuple[str, ...] = (
        "answers_stand",
        "all_years",
        "reply_date_stands",
        "like_the_answered",
    )


@dataclass(frozen=True)
class Forecast:
    """The final funded amount, whole units a year: in the middle, and from low to high.

    Final is at the end of `horizon`; the interval holds it with probability `level`. It lies
    between what is funded now and what all silent members' yes would make it (`ceiling`).
    """

    day: date
    horizon: date
    requested: int
    funded: int
    ceiling: int
    low: int
    median: int
    high: int
    unanswered: int
    further_answers: Fraction
    model: ForecastModel
    level: Fraction = field(default=FORECAST_LEVEL)

    low_share = Share("low", "requested", "The low end")
    median_share = Share("median", "requested", "The median")
    high_share = Share("high", "requested", "The high end")


@dataclass(frozen=True)
class NoForecast:
    """No forecast, and why.

    `reason` is too_few_answers (fewer than `needed`), or no_reply_date: answers follow the reply
    date, and of when they come without one nothing is known that could be relied on. It is
    price_depends_on_who_joins where a fee of today is not what the member would pay in the end.
    """

    day: date
    answered: int
    reason: str
    needed: int = MIN_ANSWERS


def default_horizon(day: date, began_on: date, reply_by: date) -> date:
    """When a round is taken to be over, where nobody has said.

    As long after the last reply date as the members had until it, and never less than four weeks
    ahead.
    """
    return max(reply_by + (reply_by - began_on), day + MIN_DAYS_AHEAD)


def forecast_funded(
    answers: pd.DataFrame,
    day: date,
    began_on: date,
    reply_by: date | None,
    horizon: date | None = None,
    priors: Priors = PRIORS,
    ceiling: int | None = None,
) -> Forecast | NoForecast:
    """Forecast the final funded amount from the answers so far; the order of the rows is free.

    `answers` has one row a member, as Statement.answers on that day: code, fee, group, decision,
    first_received_on (NaT where unanswered) and secured. `reply_by` is the last reply date known,
    None if there is none. If nobody is silent, or the horizon has passed, low, median and high are
    what is funded now. `ceiling` as in bounds.bounds_now.

    Raises ValueError for a day before the round began, or a reply date not after that.
    """
    if day < began_on or (reply_by is not None and reply_by <= began_on):
        raise ValueError(f"{day} and {reply_by} must come after the beginning, {began_on}")
    rows = answers.sort_values("code", ignore_index=True)
    unanswered = int((rows["decision"] == UNANSWERED).sum())
    if not unanswered or (horizon is not None and horizon <= day):
        nothing = np.zeros((DRAWS, 3), dtype="int64")
        return _forecast_from_draws(rows, (day, horizon or day), nothing, "over", priors, ceiling)
    if reply_by is None:
        return NoForecast(day, len(rows) - unanswered, NO_REPLY_DATE)
    if len(rows) - unanswered < MIN_ANSWERS:
        return NoForecast(day, len(rows) - unanswered, TOO_FEW_ANSWERS)
    ends = horizon or default_horizon(day, began_on, reply_by)
    hazard = RoundTimeline(day, began_on, reply_by, ends).hazards(rows, priors)
    phase = "before" if day <= reply_by else "after"
    return _forecast_from_draws(
        rows, (day, ends), simulate_further_answers(rows, hazard, priors), phase, priors, ceiling
    )


def _forecast_from_draws(
    rows: pd.DataFrame,
    days: tuple[date, date],
    drawn: DrawCounts,
    phase: str,
    priors: Priors,
    ceiling: int | None,
) -> Forecast:
    """The draws as a forecast; `days` are the day of the forecast and the horizon."""
    whole = bounds_now(rows, ceiling)
    unanswered = rows["decision"] == UNANSWERED
    ordered = np.sort(drawn[:, 0])
    low, median, high = (
        min(whole.low + int(ordered[at]), whole.high) for at in (200, 1_000, 1_800)
    )
    count, yes = (int(column.sum()) for column in (drawn[:, 1], drawn[:, 2]))
    return Forecast(
        day=days[0],
        horizon=days[1],
        requested=whole.requested,
        funded=whole.low,
        ceiling=whole.high,
        low=low,
        median=median,
        high=high,
        unanswered=int(unanswered.sum()),
        further_answers=Fraction(count, DRAWS),
        model=ForecastModel(
            phase, share(count, DRAWS * int(unanswered.sum())), share(yes, count), priors
        ),
    )
