"""`make bench`: compares each measure with its limit, and writes the page of benchmarks.

On two cores: fuzz takes 20 minutes, members 10, faults 45, cluster 10, growth, letters, letter,
board and kinds a few each, and the others less than two.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import boards
import growth
import large_rounds
import letter_batches
import letter_kinds
import many_releases
import plain_letters
import table
from calibration import LEAST, MEASURING, MOST, ROUNDS, coverage, modelled, trials
from helpers.data.round.round_inputs import load_inputs
from helpers.funding.forecast.funding_forecast import MEASURED_CALIBRATION
from table import ROOT, Row

FUZZ_EXAMPLES = 10_000
CLUSTER_LETTERS = 3_000
FAULT_MOMENTS = FAULT_WRITES = 200


def main() -> None:
    """Measure the parts that are named, or all, and write the table; exit 1 beyond a limit."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's Python keeps what it has compiled
    asked = sys.argv[1:] or list(PARTS)
    if unknown := set(asked) - set(PARTS):
        sys.exit(f"There is no part {', '.join(sorted(unknown))}. They are: {', '.join(PARTS)}.")
    commit, lines, missed = table.measured_commit(), table.kept(), False
    for part in asked:
        rows = list(PARTS[part]())
        for what, measured, bar, holds, _ in rows:
            sys.stdout.write(f"{what}: {measured} (limit: {bar})\n")
            missed = missed or not holds
        sys.stdout.flush()
        lines[part] = [table.written(part, row, commit) for row in rows]
        table.write({name: lines[name] for name in PARTS if name in lines})
    sys.exit(missed)


def prices() -> Iterator[Row]:
    """All prices of a shared cost: the fastest of five calls."""
    inputs = load_inputs("yrkesresan")
    members = inputs.members
    key = dict(zip(members["code"].tolist(), members["population"].tolist(), strict=True))
    joined, taken = list(key)[:220], []
    for _ in range(5):
        begun = time.perf_counter()
        inputs.round.pricing.prices(None, {"population_2019": key}, joined)
        taken.append(time.perf_counter() - begun)
    most, shown = min(taken), f"{1000 * min(taken):.0f} ms"
    how = "Yrkesresan, 220 of 290 joined"
    yield "time of all prices of a shared cost", shown, "at most 50 ms", most <= 0.05, how


def forecasts() -> Iterator[Row]:
    """How often the forecast's interval holds the truth, and whether the report says the same."""
    half = ROUNDS // 2
    found = trials(MEASURING, half, modelled)
    how = "rounds drawn by benchmarks/simulated_rounds.py, not the forecast's model; five days each"
    what = f"coverage of the 80 % interval over {half} simulated rounds"
    bar = f"{100 * LEAST:.0f}–{100 * MOST:.0f} %"
    held = coverage(found)
    yield what, f"{100 * held:.1f} % of {len(found):,}", bar, LEAST <= held <= MOST, how
    found += trials(MEASURING + half, ROUNDS - half, modelled)
    held_of = sum(trial.holds for trial in found), len(found)
    printed = MEASURED_CALIBRATION.held, MEASURED_CALIBRATION.forecasts
    what = f"the same over {ROUNDS}, as the report states it"
    same = held_of == printed and MEASURED_CALIBRATION.rounds == ROUNDS
    yield what, "{:,} of {:,}".format(*held_of), "{:,} of {:,}".format(*printed), same, how


def fuzz() -> Iterator[Row]:
    """Random registers: no exception but ours, no row unaccounted for, no answer misread."""
    files = [
        f"tests/data/register/test_{name}.py" for name in ("register_fuzz", "mutated_registers")
    ]
    held, minutes = passed(*files, FUZZ_EXAMPLES=FUZZ_EXAMPLES)
    found = "0 faults" if held else f"faults, see pytest {' '.join(files)}"
    how = f"hypothesis, {' and '.join(files)}, {minutes:.0f} min"
    yield f"2 × {FUZZ_EXAMPLES:,} mutated registers", found, "0 faults", held, how


def cluster() -> Iterator[Row]:
    """Letters by two workers of a Dask scheduler, of which one is lost and replaced midway."""
    file = "tests/end_to_end/test_dask.py"
    held, minutes = passed("-n", "0", file, CLUSTER_LETTERS=CLUSTER_LETTERS)
    found = "each once" if held else f"faults, see pytest {file}"
    how = f"memory of what asks grows by 15 % at most; verified; {minutes:.0f} min"
    what = f"{CLUSTER_LETTERS:,} letters by Dask's workers, one lost and one joining"
    yield what, found, "each once", held, how


def faults() -> Iterator[Row]:
    """Runs killed at random moments, at once, without room: no torn release, no lost one."""
    asked = {"FAULT_MOMENTS": FAULT_MOMENTS, "FAULT_WRITES": FAULT_WRITES}
    held, minutes = passed("-m", "faults", "tests/faults", **asked)
    found = "0 torn, 0 lost" if held else "faults, see pytest -m faults"
    kills = f"SIGKILL at {FAULT_MOMENTS} moments and before {FAULT_WRITES} writes"
    how = f"tests/faults: {kills}, eight at once, full disk, read-only, clock; {minutes:.0f} min"
    yield f"{FAULT_MOMENTS} runs killed, and other faults", found, "0 torn, 0 lost", held, how


def passed(*words: str, **numbers: int) -> tuple[bool, float]:
    """Run tests with these numbers in the environment: whether all passed, and the minutes."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *words],
        cwd=ROOT,
        env={**os.environ, **{name: str(number) for name, number in numbers.items()}},
        capture_output=True,
        text=True,
        check=False,
    )
    held = (
        done.returncode == 0
        and re.search(r"\d+ passed", done.stdout) is not None
        and "skipped" not in done.stdout
    )
    return held, (time.perf_counter() - begun) / 60


PARTS: dict[str, Callable[[], Iterator[Row]]] = {
    "growth": growth.of_rows,
    "members": large_rounds.of_members,
    "releases": many_releases.of_releases,
    "letters": letter_batches.of_letters,
    "letter": plain_letters.of_a_letter,
    "kinds": letter_kinds.of_letter_kinds,
    "board": boards.of_the_board,
    "process": letter_batches.of_a_process,
    "prices": prices,
    "forecasts": forecasts,
    "cluster": cluster,
    "fuzz": fuzz,
    "faults": faults,
}

if __name__ == "__main__":
    main()
