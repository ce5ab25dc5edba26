"""The prior distributions of the forecast."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Priors:
    """What the forecast assumes before any answer; calibrated by benchmarks/calibration.py.

    A `_size` is the accumulated hazard over one reply period (1 − exp(−size) is the share that
    answers): its median and its log standard deviation. `powers` and `rush_shares` (the part of the
    hazard that is in the rush, itself a power of x, `rush_power`) shape the time before the reply
    date. `decay_times` (reply periods until the hazard has fallen to 37 %) shape the time after it.
    All values of a tuple are equally likely. `weight` is the weight of an answer's day in the
    curve: less than 1, because answers arrive in patterns that no smooth curve has (board meetings,
    holidays). `pace_change` is the log standard deviation of the future pace relative to the pace
    so far (reminders). The others are standard deviations on the logit scale: of the level of yes,
    of the slopes for lateness (from the first answer to the last) and fee (for one standard
    deviation), and between groups.
    """

    before_size: tuple[float, float] = (1.0, 0.7)
    powers: tuple[float, ...] = (1.0, 2.0, 4.0)
    rush_shares: tuple[float, ...] = (0.0, 0.25, 0.5, 0.75)
    rush_power: float = 20.0
    after_size: tuple[float, float] = (0.6, 0.8)
    decay_times: tuple[float, ...] = (0.1, 0.25, 0.6, 1.5)
    weight: float = 0.4
    pace_change: float = 0.4
    level: float = 1.5
    late: float = 0.5
    fee: float = 0.4
    group_spreads: tuple[float, ...] = (0.1, 0.3, 0.6, 1.0, 1.5)


PRIORS = Priors()
