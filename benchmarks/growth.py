"""How a register grows with its rows: what it costs to load it, and to report on it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from growth_chart import Curve, draw_growth
from helpers.data.round.round_inputs import load_inputs
from helpers.funding.statement.statement_computation import compute_statement
from letter_batches import a_project
from process_cost import cost_of, peak_of_this_process
from stock import BIN
from table import Row

BEGAN, AS_OF = date(2016, 6, 10), date(2017, 2, 22)
HEADING = "code,decided_on,received_on,registered_on,decision,case_number,note,source\n"
SIZES = (10_000, 100_000, 1_000_000)
MOST_MEGABYTES, MOST_MEGABYTES_OF_BOARD, MOST_OF_PANDAS = 800, 1_300, 6


@dataclass(frozen=True)
class RowsCost:
    """What one register took: seconds of CPU, and the process's megabytes at the most.

    `loading` is the part of loading it, `pandas` what pandas takes to read the file's rows as CSV.
    """

    seconds: float
    megabytes: float
    loading: float
    pandas: float


def of_rows() -> Iterator[Row]:
    """Registers of ten thousand, a hundred thousand and a million rows, as CSV and as Parquet."""
    with TemporaryDirectory() as folder:
        paths = {size: Path(folder) / f"{size}.csv" for size in SIZES}
        for size, path in paths.items():
            write_register(path, size)
            pd.read_csv(path, dtype="str").to_parquet(path.with_suffix(".parquet"))
        _cost(paths[SIZES[0]])  # the first process of a session pays for files not yet in memory
        text = [_cost(path) for path in paths.values()]
        parquet = [_cost(path.with_suffix(".parquet")) for path in paths.values()]
        yield from _growth(text)
        for name, costs in (("CSV", text), ("Parquet", parquet)):
            yield from _of_a_million(name, costs[-1])
        yield _board_of_a_million(paths[SIZES[-1]])
    curves = [
        Curve(name, SIZES, [one.seconds for one in costs], [one.megabytes for one in costs])
        for name, costs in (("CSV", text), ("Parquet", parquet))
    ]
    draw_growth("growth", "rows of the register", curves)


def _growth(costs: list[RowsCost]) -> Iterator[Row]:
    """The last ten times the rows."""
    small, large = costs[-2:]
    how = "load_inputs and compute_statement, simulated register, a process for each size"
    for what, ratio in (
        ("time of 10× the rows", large.seconds / small.seconds),
        ("memory of 10× the rows", large.megabytes / small.megabytes),
    ):
        yield what, f"{ratio:.1f}×", "at most 12×", ratio <= 12, how


def _of_a_million(kind: str, cost: RowsCost) -> Iterator[Row]:
    shown = f"{cost.seconds:.1f} s, {cost.megabytes:.0f} MB"
    within = cost.megabytes <= MOST_MEGABYTES
    how = "load_inputs and compute_statement; of the whole process, with its libraries"
    yield f"1 million rows of {kind}", shown, f"at most {MOST_MEGABYTES} MB", within, how
    ratio = cost.loading / cost.pandas
    how = f"load_inputs {cost.loading:.1f} s of CPU, pandas.read_csv as text {cost.pandas:.2f} s"
    what, bar = f"loading {kind} relative to pandas on CSV", f"at most {MOST_OF_PANDAS}×"
    yield what, f"{ratio:.1f}×", bar, ratio <= MOST_OF_PANDAS, how


def _board_of_a_million(register: Path) -> Row:
    words = ["board", "skl-2016", "--as-of", AS_OF, "--language", "sv", "--decisions", register]
    with a_project() as project:
        cost = cost_of([BIN / "funding-report", *map(str, words)], project)
    shown, within = f"{cost.megabytes:.0f} MB", cost.megabytes <= MOST_MEGABYTES_OF_BOARD
    how = f"all processes of the command together; {cost.seconds:.0f} s of CPU"
    return "board on 1 million rows", shown, f"at most {MOST_MEGABYTES_OF_BOARD:,} MB", within, how


def write_register(path: Path, rows: int) -> None:
    """A register in which the members answer over and over, drawn by chance from a seed."""
    codes = list(load_inputs("skl-2016").members["code"])
    draw = random.Random(rows)
    span = (AS_OF - BEGAN).days
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADING)
        for number in range(rows):
            decided = BEGAN + timedelta(days=draw.randrange(span))
            received = decided + timedelta(days=draw.randrange(20))
            code = draw.choice(codes)
            # The same answer for the same day: two that differ would be an error.
            answer = ("yes", "no")[(decided.toordinal() + int(code)) % 2]
            file.write(f"{code},{decided},{received},,{answer},{number},,letter\n")


def measure(path: Path) -> tuple[float, float, float, float]:
    """Seconds of CPU and megabytes of reading, checking and reducing a register, in this process.

    Then the seconds of loading alone, and those of pandas' own reading of the same rows as CSV.
    """
    begun = time.process_time()
    inputs = load_inputs("skl-2016", str(path))
    loaded = time.process_time() - begun
    parts = (inputs.round, inputs.members, inputs.register, inputs.published)
    compute_statement(*parts, AS_OF, AS_OF)
    seconds = time.process_time() - begun
    megabytes = peak_of_this_process()
    begun = time.process_time()
    # As text: a code keeps its zeros.
    pd.read_csv(path.with_suffix(".csv"), dtype="str", keep_default_na=False)
    return seconds, megabytes, loaded, time.process_time() - begun


def _cost(path: Path) -> RowsCost:
    """The cost of a register, in a separate process so that memory starts afresh."""
    words = [sys.executable, __file__, str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return RowsCost(*json.loads(done.stdout))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]))))
