"""How validating and reducing a register grows with its rows: time and memory, ten times apart."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from helpers.data.round.round_inputs import load_inputs
from helpers.funding.statement.statement_computation import compute_statement

BEGAN, AS_OF = date(2016, 6, 10), date(2017, 2, 22)
HEADING = "code,decided_on,received_on,registered_on,decision,case_number,note,source\n"


@dataclass(frozen=True)
class Cost:
    """What one register of `rows` took: seconds of CPU, and megabytes at the most.

    `loading` is the part of loading it, `pandas` what pandas takes to read the file as text.
    """

    rows: int
    seconds: float
    megabytes: float
    loading: float
    pandas: float


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

    Then the seconds of loading alone, and those of pandas' own reading of the file as text.
    """
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    inputs = load_inputs("skl-2016", str(path))
    loaded = time.process_time() - begun
    parts = (inputs.round, inputs.members, inputs.register, inputs.published)
    compute_statement(*parts, AS_OF, AS_OF)
    seconds = time.process_time() - begun
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    pd.read_csv(path, dtype="str", keep_default_na=False)  # as text: a code keeps its zeros
    return seconds, (after - before) / 1024, loaded, time.process_time() - begun


def cost(rows: int) -> Cost:
    """The cost for that many rows, in a separate process so that memory starts afresh."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        write_register(path, rows)
        done = subprocess.run(
            [sys.executable, __file__, str(path)], capture_output=True, text=True, check=True
        )
    return Cost(rows, *json.loads(done.stdout))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]))))
