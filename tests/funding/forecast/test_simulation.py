"""The draws of a forecast where nothing, or one thing, is left to chance: worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import exp, log

import numpy as np
import pandas as pd
import pytest

from helpers.funding.forecast import funding_forecast, simulation
from helpers.funding.forecast.forecast_model import (
    AnswerCurves,
    AnsweredMembers,
    FloatArray,
    fit_answer_curves,
)
from helpers.funding.forecast.forecast_priors import PRIORS, Priors
from helpers.funding.forecast.funding_forecast import Forecast
from helpers.funding.forecast.simulation import DRAWS, RoundTimeline, simulate_further_answers

BEGAN, REPLY_BY = date(2016, 6, 1), date(2016, 6, 10)  # ten days
# One curve each: a straight line to 2 before the reply date, e^−x from there, 3 in ten days.
CERTAIN = replace(
    PRIORS,
    before_size=(2.0, 0.0),
    powers=(1.0,),
    rush_shares=(0.0,),
    after_size=(3.0, 0.0),
    decay_times=(1.0,),
    pace_change=0.0,
)


def members(*received: str | None, fees: tuple[int, ...] = (10, 1_000, 10, 1_000)) -> pd.DataFrame:
    """Alternately of group A and B; those that have answered said yes and no by turns."""
    said = ["yes", "no"] * 2
    return pd.DataFrame(
        {
            "code": ["1", "2", "3", "4"],
            "group": ["A", "B", "A", "B"],
            "fee": fees,
            "decision": [a if on else "unanswered" for a, on in zip(said, received, strict=True)],
            "first_received_on": pd.to_datetime(pd.Series(received)),
        }
    )


SEEN = members("2016-06-01", "2016-06-04", None, None)


@pytest.mark.parametrize(
    ("day", "horizon", "hazard"),
    [
        # Six of ten days have passed at the end of 6 June: 2 × 0.4; and ten days after the date.
        (6, date(2016, 6, 20), 0.8 + 3),
        # The horizon comes first: 2 × 0.2, and nothing after.
        (6, date(2016, 6, 8), 0.4),
        # At the end of the reply date itself only what comes after is left.
        (10, date(2016, 6, 20), 3),
        # Five of the ten days after the date are left.
        (15, date(2016, 6, 20), 3 * (1 - (1 - exp(-0.5)) / (1 - exp(-1)))),
    ],
)
def test_the_hazard_left_by_hand(day: int, horizon: date, hazard: float) -> None:
    timeline = RoundTimeline(date(2016, 6, day), BEGAN, REPLY_BY, horizon)
    assert timeline.period == 10
    found = timeline.hazards(SEEN, CERTAIN)
    assert found.shape == (DRAWS,)
    assert found == pytest.approx(np.full(DRAWS, hazard))


@pytest.mark.parametrize(("day", "held"), [(6, 0.8), (15, 3 * exp(-0.5) * (1 - exp(-0.5)))])
def test_the_pace_to_come_is_the_pace_so_far_times_a_chance_factor(day: int, held: float) -> None:
    # After five days of ten, e^−0.5 − e^−1 of 1 − e^−1 is left. The prior's own, 3 before the date
    # has come, has no factor. A log standard deviation of 0.4, of 2 001 draws: within 0.02.
    held = held if day == 6 else held / (1 - exp(-1))
    timeline = RoundTimeline(date(2016, 6, day), BEGAN, REPLY_BY, date(2016, 6, 20))
    found = timeline.hazards(SEEN, replace(CERTAIN, pace_change=0.4)) - (3 if day == 6 else 0)
    logs = np.log(found / held)
    assert (logs.mean(), logs.std()) == pytest.approx((0, 0.4), abs=0.02)


def test_an_answer_comes_in_the_middle_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def curve(
        times: FloatArray, unanswered: int, now: float, after: bool, priors: Priors
    ) -> AnswerCurves:
        asked.append((np.round(times, 9).tolist(), unanswered, now, after))
        return fit_answer_curves(times, unanswered, now, after, priors)

    monkeypatch.setattr(simulation, "fit_answer_curves", curve)
    # One from before the beginning comes on the first day; of ten days, 0.5 and 3.5 are over.
    rows = members("2016-05-20", "2016-06-04", None, "2016-06-12")
    RoundTimeline(date(2016, 6, 6), BEGAN, REPLY_BY, date(2016, 6, 20)).hazards(
        rows.head(3), CERTAIN
    )
    assert asked == [([0.05, 0.35], 1, 0.6, False), ([], 0, 0.0, True)]
    asked.clear()
    # After the date only those who answered after it: on the second day.
    RoundTimeline(date(2016, 6, 15), BEGAN, REPLY_BY, date(2016, 6, 20)).hazards(rows, CERTAIN)
    assert asked == [([0.15], 1, 0.5, True)]


class Fixed:
    """A leaning that keeps what it is asked of, and gives all the same chance."""

    def __init__(self, chance: float) -> None:
        self.given = chance
        self.asked: tuple[list[int], list[float], set[float]] = ([], [], set())

    def chance(self, groups: FloatArray, fee: FloatArray, late: FloatArray) -> FloatArray:
        self.asked = (groups.tolist(), np.round(fee, 9).tolist(), set(np.round(late, 9).tolist()))
        return np.full((len(late), len(groups)), self.given)


@pytest.mark.parametrize(("chance", "added"), [(1.0, [1_010, 2, 2]), (0.0, [0, 2, 0])])
def test_what_each_draw_adds_where_all_answer(
    monkeypatch: pytest.MonkeyPatch, chance: float, added: list[int]
) -> None:
    monkeypatch.setattr(simulation, "fit_yes_coefficients", lambda *_: Fixed(chance))
    found = simulate_further_answers(SEEN, np.full(DRAWS, 50.0), PRIORS)
    assert found.tolist() == [added] * DRAWS


def test_what_is_seen_of_those_who_answered_and_asked_of_the_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[AnsweredMembers, FloatArray, Priors]] = []
    fixed = Fixed(0.5)

    def fitted(answered: AnsweredMembers, uniforms: FloatArray, priors: Priors) -> Fixed:
        seen.append((answered, uniforms, priors))
        return fixed

    monkeypatch.setattr(simulation, "fit_yes_coefficients", fitted)
    found = simulate_further_answers(SEEN, np.full(DRAWS, log(2)), PRIORS)
    [(answered, uniforms, priors)] = seen
    # The logarithms of 10 and 1 000 are as far below and above that of 100. The first to answer
    # has the first of four places.
    assert (answered.yes.tolist(), answered.groups.tolist()) == ([1, 0], [0, 1])
    assert answered.fee.tolist() == pytest.approx([-1, 1])
    assert (answered.late.tolist(), answered.group_count) == ([0.25, 0.5], 2)
    assert (uniforms.shape, priors) == ((DRAWS, 1 + 3 + 2), PRIORS)
    # Half of the two silent are expected to answer, at the place after two and half of that one.
    assert fixed.asked == ([0, 1], [-1, 1], {2.5 / 4})
    # Two members with 1/2, and 1/2 of those yes: 1 and 0.5 a draw; within 0.05.
    assert found.mean(axis=0)[1:].tolist() == pytest.approx([1, 0.5], abs=0.05)


def test_answers_of_one_day_share_a_rank_and_equal_fees_have_no_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[AnsweredMembers] = []

    def fitted(answered: AnsweredMembers, uniforms: FloatArray, priors: Priors) -> Fixed:
        seen.append(answered)
        return Fixed(1.0)

    monkeypatch.setattr(simulation, "fit_yes_coefficients", fitted)
    on = "2016-06-01"
    simulate_further_answers(
        members(on, on, None, None, fees=(0, 1, 1, 0)), np.full(DRAWS, 1.0), PRIORS
    )
    assert seen[0].late.tolist() == [1.5 / 4] * 2
    assert seen[0].fee.tolist() == [0, 0]


def test_the_interval_leaves_out_a_tenth_of_the_draws_at_either_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # 2 001 draws, 0 to 2 000 in any order, of 3 answers and 2 yes each: 200 lie below the 201st,
    # 1 000 below the middle, 200 above the 1 801st. 100 is funded; of four silent 3/4 answer.
    drawn = np.column_stack([np.arange(DRAWS)[::-1], np.full(DRAWS, 3), np.full(DRAWS, 2)])
    monkeypatch.setattr(funding_forecast, "simulate_further_answers", lambda *_: drawn)
    answers = pd.DataFrame(
        {
            "code": [f"{number:02}" for number in range(14)],
            "group": "A",
            "fee": [10] * 10 + [1_000] * 4,
            "decision": ["yes"] * 10 + ["unanswered"] * 4,
            "first_received_on": pd.to_datetime(pd.Series(["2016-06-02"] * 10 + [None] * 4)),
            "secured": [10] * 10 + [0] * 4,
        }
    )
    found = funding_forecast.forecast_funded(answers, date(2016, 6, 6), BEGAN, REPLY_BY)
    assert isinstance(found, Forecast)
    # Nine days from the first to the reply date and nine more are less than four weeks ahead.
    assert (found.day, found.horizon) == (date(2016, 6, 6), date(2016, 7, 4))
    assert (found.low, found.median, found.high) == (300, 1_100, 1_900)
    assert (found.funded, found.ceiling, found.requested) == (100, 4_100, 4_100)
    assert (found.further_answers, found.unanswered) == (3, 4)
    assert (found.model.answering, found.model.yes_of_further) == (Fraction(3, 4), Fraction(2, 3))
