from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest

from helpers.funding.forecast.funding_forecast import MEASURED_CALIBRATION


@pytest.fixture(scope="module")
def bench(project: Path) -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(project / "benchmarks"))
        yield importlib.import_module("calibration")


def test_the_interval_holds_the_truth_of_four_in_five_simulated_rounds(bench: ModuleType) -> None:
    # 225 rounds that the model was not tuned on, each on one of five days.
    found = [
        trial
        for number, at in enumerate(bench.DAYS)
        for trial in bench.trials(bench.MEASURING + 45 * number, 45, bench.modelled, [at])
    ]
    assert len(found) >= 200
    assert 0.75 <= bench.coverage(found) <= 0.85


def test_what_the_report_says_of_its_calibration_is_what_is_measured(bench: ModuleType) -> None:
    # `make bench` measures all of it; here what it is of, and that the share is what was measured.
    assert MEASURED_CALIBRATION.rounds == bench.ROUNDS
    assert MEASURED_CALIBRATION.forecasts <= bench.ROUNDS * len(bench.DAYS)
    assert bench.LEAST <= MEASURED_CALIBRATION.held_share <= bench.MOST
    assert MEASURED_CALIBRATION.held_share == Fraction(1_580, 1_955)


def test_the_interval_scores_better_than_its_naive_peers(bench: ModuleType) -> None:
    first, rounds, days = bench.MEASURING + 500, 15, [0.85, 1.15]
    ours, everyone, pace = (
        sum(trial.score for trial in bench.trials(first, rounds, method, days))
        for method in (bench.modelled, bench.all_answer, bench.same_pace)
    )
    assert ours < min(everyone, pace)


def test_the_truth_of_a_simulated_round_is_reached_from_below(bench: ModuleType) -> None:
    simulated = bench.simulate(1)
    shares = [
        bench.funded_share(simulated.until(bench.BEGAN + timedelta(days=n))) for n in (10, 100, 300)
    ]
    assert shares == sorted(shares)


@pytest.mark.parametrize(
    ("truth", "holds", "score"), [(0.5, True, 0.2), (0.7, False, 1.2), (0.39, False, 0.3)]
)
def test_the_interval_score_by_hand(
    bench: ModuleType, truth: float, holds: bool, score: float
) -> None:
    # 0.4 to 0.6: the width 0.2, and ten times a miss of 0.1 above or 0.01 below.
    trial = bench.Trial(1.0, frozenset(), 0.4, 0.5, 0.6, truth)
    assert trial.holds is holds
    assert trial.score == pytest.approx(score)
