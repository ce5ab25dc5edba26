"""How a round grows with its members: what `status` and `board` cost, and whether 100,000 do."""

from __future__ import annotations

import csv
import random
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from growth_chart import Curve, draw_growth
from helpers.errors import EXIT_TERMINATED
from helpers.pricing.apportionment import apportion
from letter_batches import a_project
from process_cost import cost_of
from stock import BIN
from table import Row

BEGAN, AS_OF = date(2016, 6, 10), date(2017, 2, 22)
REQUESTED_OF_EACH = 12_000
SIZES = SMALL, _, LARGE, LARGEST = (290, 3_000, 30_000, 100_000)
# The command, the most of its time at LARGE members in times of that at SMALL, the most megabytes.
LIMITS = (("status", 40, 400), ("board", 8, 900))
STOPS, MOST_STOP = 12, 2
APPORTIONED, MOST_TIMES = (30_000, 300_000), 12
_HEADING = "code,decided_on,received_on,registered_on,decision,case_number,note,source\n"
_DRAFT = f"{AS_OF}-draft-sv"


def of_members() -> Iterator[Row]:
    """What `status` and `board` cost with more and more members; the largest is verified."""
    with a_project() as project:
        rounds = [write_round(project, size) for size in SIZES]
        command = BIN / "funding-report"
        help_seconds = cost_of([command, "--help"], project).seconds
        curves = []
        for name, most_times, most_megabytes in LIMITS:
            words = ["--as-of", AS_OF, *(["--language", "sv"] if name == "board" else [])]
            costs = [cost_of([command, name, one, *map(str, words)], project) for one in rounds]
            seconds = [cost.seconds - help_seconds for cost in costs]
            curves.append(Curve(name, SIZES, seconds, [cost.megabytes for cost in costs]))
            yield from _within(curves[-1], most_times, most_megabytes)
        release = project / "reports" / rounds[-1] / _DRAFT
        verified = cost_of([command, "verify", release], project)
        stops = _stops([command, "board", rounds[SIZES.index(LARGE)], *map(str, words)], project)
    how = (
        f"verify, documents included: {verified.seconds:.0f} s of CPU, {verified.megabytes:.0f} MB"
    )
    yield f"board of {LARGEST:,} members, made again", "the same bytes", "the same bytes", True, how
    yield stops
    yield _apportionment()
    draw_growth("members", "members", curves)


def _within(curve: Curve, most_times: int, most_megabytes: int) -> Iterator[Row]:
    """The rows of a command: how it grows to LARGE members, and what it takes with each number."""
    large = SIZES.index(LARGE)
    ratio, used = curve.seconds[large] / curve.seconds[0], curve.megabytes[large]
    how = f"processor time less that of --help: {_listed(curve.seconds, '.1f')} s"
    how += f" with {_listed(SIZES, ',')} members"
    what = f"{curve.name}: time with {LARGE:,} members relative to {SMALL}"
    yield what, f"{ratio:.1f}×", f"at most {most_times}×", ratio <= most_times, how
    how = f"all its processes together: {_listed(curve.megabytes, '.0f')} MB"
    what, bar = f"{curve.name}: memory with {LARGE:,} members", f"at most {most_megabytes} MB"
    yield what, f"{used:.0f} MB", bar, used <= most_megabytes, how


def _listed(values: Sequence[float], form: str) -> str:
    return " · ".join(f"{value:{form}}" for value in values)


def write_round(project: Path, members: int) -> str:
    """Write a round of that many members like that of 2016, from a seed; return its name."""
    name = f"members-{members}"
    folder = project / "data" / "rounds" / name
    folder.mkdir()
    text = (folder.parent / "skl-2016" / "round.toml").read_text(encoding="utf-8")
    for key, value in (
        ("name", f'"{name}"'),
        ("requested", str(members * REQUESTED_OF_EACH)),
        ("members", '"members.csv"'),
    ):
        text = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", text, count=1)
    (folder / "round.toml").write_text(text, encoding="utf-8")
    codes = _write_members(project / "data" / "municipalities.csv", folder / "members.csv", members)
    _write_answers(folder / "decisions.csv", codes)
    return name


def _write_members(source: Path, path: Path, members: int) -> list[str]:
    """Members like the municipalities, each of them many times under a number."""
    draw = random.Random(members)
    with source.open(encoding="utf-8", newline="") as file:
        real = list(csv.DictReader(file))
    rows = [
        real[at % len(real)]
        | {
            "code": f"{at + 1:06}",
            "name": f"{real[at % len(real)]['name']} {at // len(real) + 1}",
            "east_km": round(float(real[at % len(real)]["east_km"]) + draw.uniform(-20, 20), 1),
            "north_km": round(float(real[at % len(real)]["north_km"]) + draw.uniform(-20, 20), 1),
        }
        for at in range(members)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(real[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return [row["code"] for row in rows]


def _write_answers(path: Path, codes: list[str]) -> None:
    """An answer each of 87 in 100 members, 83 in 100 of them a yes, as in 2016."""
    draw = random.Random(len(codes))
    span = (AS_OF - BEGAN).days - 20
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEADING)
        for code in codes:
            if draw.random() < 0.87:
                decided = BEGAN + timedelta(days=draw.randrange(span))
                received = decided + timedelta(days=draw.randrange(20))
                answer = "yes" if draw.random() < 0.83 else "no"
                file.write(f"{code},{decided},{received},,{answer},,,letter\n")


def _stops(command: list[str | Path], project: Path) -> Row:
    """SIGTERM at moments spread over a run: the longest time until it has ended."""
    begun = time.perf_counter()
    subprocess.run([*command, "--force"], cwd=project, check=True, capture_output=True)
    whole = time.perf_counter() - begun
    taken = []
    for moment in range(1, STOPS + 1):
        run = subprocess.Popen([*command, "--force"], cwd=project, stderr=subprocess.DEVNULL)
        time.sleep(whole * moment / (STOPS + 1))
        stopped = time.perf_counter()
        run.terminate()
        if run.wait() == EXIT_TERMINATED:
            taken.append(time.perf_counter() - stopped)
    what = f"board of {LARGE:,} members: time that a stop takes"
    how = f"SIGTERM at {len(taken)} moments of a run of {whole:.0f} s; the longest"
    longest = max(taken, default=0)
    within = len(taken) >= STOPS // 2 and longest <= MOST_STOP
    return what, f"{longest:.1f} s", f"at most {MOST_STOP} s", within, how


def _apportionment() -> Row:
    """Ten times the members share ten times the amount: processor time, the best of three."""
    small, large = (min(_apportioned(size) for _ in range(3)) for size in APPORTIONED)
    ratio = large / small
    what = "apportionment among {:,} relative to {:,}".format(*reversed(APPORTIONED))
    how = f"{large:.2f} s and {small:.2f} s of CPU, weights drawn like numbers of inhabitants"
    return what, f"{ratio:.1f}×", f"at most {MOST_TIMES}×", ratio <= MOST_TIMES, how


def _apportioned(members: int) -> float:
    draw = random.Random(members)
    weights = {f"{at:06}": round(draw.lognormvariate(9.7, 0.9)) + 1 for at in range(members)}
    begun = time.process_time()
    apportion(members * REQUESTED_OF_EACH, weights)
    return time.process_time() - begun
