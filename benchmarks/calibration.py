"""How often the forecast's interval holds the truth, on simulated rounds whose end is known."""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist

import pandas as pd

from helpers.funding.forecast.funding_forecast import Forecast, forecast_funded
from simulated_rounds import BEGAN, HORIZON, PERIOD, REPLY_BY, simulate

DAYS = (0.6, 0.85, 1.0, 1.15, 1.6)  # when the forecast is asked for, in reply periods
TUNING, MEASURING = 10_000, 70_000  # the first seed of each: no round is in both
ROUNDS = 400
LEAST, MOST = 0.75, 0.85  # the limits of the coverage of the 80 % interval
NORMAL = NormalDist()
Interval = tuple[float, float, float]  # low, middle and high, of the requested amount


@dataclass(frozen=True)
class Trial:
    """One forecast against the truth, as shares of the requested amount."""

    at: float
    traits: frozenset[str]
    low: float
    middle: float
    high: float
    truth: float

    @property
    def holds(self) -> bool:
        """Whether the interval holds the truth."""
        return self.low <= self.truth <= self.high

    @property
    def score(self) -> float:
        """The interval score: the width, and ten times what it misses by; lower is better.

        Gneiting and Raftery, Strictly Proper Scoring Rules, Prediction, and Estimation, JASA
        102 (2007), section 6.2, at α = 0.2.
        """
        missed = max(0.0, self.low - self.truth, self.truth - self.high)
        return self.high - self.low + 2 / 0.2 * missed


def modelled(answers: pd.DataFrame, day: date) -> Interval | None:
    """The forecast's interval: low, median and high share; None where it declines."""
    found = forecast_funded(answers, day, BEGAN, REPLY_BY, HORIZON)
    if not isinstance(found, Forecast):
        return None
    low, middle, high = found.low, found.median, found.high
    return low / found.requested, middle / found.requested, high / found.requested


def all_answer(answers: pd.DataFrame, day: date) -> Interval | None:
    """A naive peer: all the silent answer."""
    return binomial(answers, 1.0)


def same_pace(answers: pd.DataFrame, day: date) -> Interval | None:
    """Another: the silent go on answering at the mean pace so far."""
    unanswered = float((answers["decision"] == "unanswered").mean())
    left = (HORIZON - day) / (day - BEGAN)
    return binomial(answers, 1 - unanswered**left)


def binomial(answers: pd.DataFrame, answering: float) -> Interval | None:
    """Each silent member answers with one chance, and says yes as often as the answered ones."""
    unanswered = answers["decision"] == "unanswered"
    if (~unanswered).sum() < 10:
        return None
    chance = answering * float((answers["decision"] == "yes").sum() / (~unanswered).sum())
    fees = answers.loc[unanswered, "fee"].astype(float)
    whole, funded = float(answers["fee"].sum()), float(answers["secured"].sum())
    middle = funded + chance * fees.sum()
    half = NORMAL.inv_cdf(0.9) * math.sqrt(chance * (1 - chance) * float((fees**2).sum()))
    low, high = max(funded, middle - half), min(funded + fees.sum(), middle + half)
    return low / whole, middle / whole, high / whole


Method = Callable[[pd.DataFrame, date], Interval | None]


def trials(first: int, rounds: int, method: Method, days: Iterable[float] = DAYS) -> list[Trial]:
    """The forecasts of that many simulated rounds, on each of the days."""
    found = []
    for seed in range(first, first + rounds):
        simulated = simulate(seed)
        truth = funded_share(simulated.until(HORIZON))
        for at in days:
            day = BEGAN + timedelta(days=math.floor(at * PERIOD))
            interval = method(simulated.until(day), day)
            if interval:
                found.append(Trial(at, simulated.traits, *interval, truth))
    return found


def funded_share(answers: pd.DataFrame) -> float:
    """Funded, of the fees of all."""
    return float(answers["secured"].sum() / answers["fee"].sum())


def coverage(found: list[Trial]) -> float:
    """The share of the intervals that hold the truth."""
    return statistics.fmean(trial.holds for trial in found)


def line(name: str, found: list[Trial]) -> str:
    """What a set of trials shows, as a line of Markdown; percent of the requested amount."""
    below = statistics.fmean(trial.truth < trial.low for trial in found)
    width = statistics.fmean(trial.high - trial.low for trial in found)
    errors = [trial.middle - trial.truth for trial in found]
    error, score = statistics.fmean(map(abs, errors)), statistics.fmean(t.score for t in found)
    shares = (coverage(found), below, 1 - coverage(found) - below)
    amounts = (width, statistics.fmean(errors), error, score)
    cells = [f"{100 * value:.1f}" for value in (*shares, *amounts)]
    return f"| {name} | {len(found)} | {' | '.join(cells)} |"


def table(found: list[Trial], peers: dict[str, list[Trial]]) -> str:
    """Coverage, width, bias, error and score: in all, by day and by what the simulator did."""
    names = ["holds %", "truth below", "above", "width", "bias", "error", "score"]
    lines = [f"| intervals | n | {' | '.join(names)} |", "|---" * (len(names) + 2) + "|"]
    for method, those in {"forecast": found, **peers}.items():
        lines += [line(method, those)]
        lines += [line(f"{method}, day {at}", [t for t in those if t.at == at]) for at in DAYS]
    traits = sorted({trait for trial in found for trait in trial.traits})
    lines += [line(trait, [t for t in found if trait in t.traits]) for trait in traits]
    return "\n".join(lines)


def main() -> None:
    """Measure on the rounds the model was tuned on and on others; exit 1 if a limit is missed."""
    held = True
    for name, first in (("tuning", TUNING), ("measuring", MEASURING)):
        begun = time.perf_counter()
        found = trials(first, ROUNDS, modelled)
        seconds = (time.perf_counter() - begun) / len(found)
        held = LEAST <= coverage(found) <= MOST
        sys.stdout.write(f"{name}: {ROUNDS} rounds, {seconds:.3f} s a forecast and its round\n\n")
        peers = {
            "all answer": trials(first, ROUNDS, all_answer),
            "same pace": trials(first, ROUNDS, same_pace),
        }
        sys.stdout.write(table(found, peers) + "\n\n")
    sys.exit(not held)


if __name__ == "__main__":
    main()
