"""Forecast what will be funded when a round is over: computed ("beräknat"), never observed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pandas as pd

from helpers.funding.answers.answer_states import LEFT, UNANSWERED
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
        """The share of the forecasts whose interval contained the result."""
        return Fraction(self.held, self.forecasts)


# Measured by benchmarks/calibration.py on simulated rounds that the model was not tuned on; `make
# bench` measures it again and compares. Each round is forecast on five days, except days with too
# few answers. No real round has been measured.
MEASURED_CALIBRATION = ForecastCalibration(rounds=400, forecasts=1_955, held=1_580)


@dataclass(frozen=True)
class ForecastModel:
    """The basis of a forecast, for a text to state.

    `phase` is "before" or "after" the last reply date, or "over" if no more answers are expected.
    `answering` is the mean probability that a member without an answer answers before the horizon;
    `yes_of_further` is the share of those answers that is expected to be a yes, None if no answer
    is expected. `assumptions` names what the model takes as certain, so that the interval does not
    cover it:

    - answers_stand: a yes stays a yes and a no a no; a condition stays one, and is not funded
    - all_years: a further yes is for all years and without a condition
    - reply_date_stands: the reply date is not postponed
    - like_the_answered: a member without an answer resembles those of its group, fee and lateness
      that
    answered
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
    """The final funded amount in whole units a year: median, and an interval from low to high.

    Final means at the end of `horizon`; the interval contains it with probability `level`. It is
    between what is funded now and what is funded if all remaining members say yes (`ceiling`).
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
    """The reason for not giving a forecast.

    `reason` is too_few_answers (fewer than `needed`); no_reply_date, because answers follow the
    reply date and without one nothing reliable is known of their timing; or
    price_depends_on_who_joins, because a fee of today is not what the member would finally pay.
    """

    day: date
    answered: int
    reason: str
    needed: int = MIN_ANSWERS


def default_horizon(day: date, began_on: date, reply_by: date) -> date:
    """Return the day on which a round is assumed to be over, if none is stated.

    It is as long after the last reply date as the members had until it, and at least four weeks
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
    """Forecast the final funded amount from the answers so far; the order of rows does not matter.

    `answers` has one row a member, as Statement.answers on that day: code, fee, group, decision,
    first_received_on (NaT where unanswered) and secured. `reply_by` is the last reply date known,
    None if there is none. If nobody is silent, or the horizon has passed, low, median and high are
    what is funded now. Members that have left count as what they secure. `ceiling` as in
    bounds.bounds_now.

    Raises ValueError for a day before the round began, or a reply date that is not after that.
    """
    if day < began_on or (reply_by is not None and reply_by <= began_on):
        raise ValueError(f"{day} and {reply_by} must come after the beginning, {began_on}")
    rows = answers.sort_values("code", ignore_index=True)
    unanswered = int((rows["decision"] == UNANSWERED).sum())
    if not unanswered or (horizon is not None and horizon <= day):
        nothing = np.zeros((DRAWS, 3), dtype="int64")
        return _forecast_from_draws(rows, (day, horizon or day), nothing, "over", priors, ceiling)
    members = rows[rows["decision"] != LEFT].reset_index(drop=True)
    answered = len(members) - unanswered
    if reply_by is None:
        return NoForecast(day, answered, NO_REPLY_DATE)
    if answered < MIN_ANSWERS:
        return NoForecast(day, answered, TOO_FEW_ANSWERS)
    ends = horizon or default_horizon(day, began_on, reply_by)
    hazard = RoundTimeline(day, began_on, reply_by, ends).hazards(members, priors)
    phase = "before" if day <= reply_by else "after"
    return _forecast_from_draws(
        rows, (day, ends), simulate_further_answers(members, hazard, priors), phase, priors, ceiling
    )


def _forecast_from_draws(
    rows: pd.DataFrame,
    days: tuple[date, date],
    drawn: DrawCounts,
    phase: str,
    priors: Priors,
    ceiling: int | None,
) -> Forecast:
    """Return the forecast of the draws; `days` are the day of the forecast and the horizon."""
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
