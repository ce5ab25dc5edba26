"""How a folder of reports grows with its releases: the processor time of what reads them all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from growth_chart import Curve, draw_growth
from letter_batches import a_project
from process_cost import cost_of
from stock import BIN
from table import Row

ROUND, LATEST = "skl-2016", date(2017, 2, 22)
SIZES = (1, 20, 100, 400)
MOST_TIMES = 2  # of the processor time with one release


def of_releases() -> Iterator[Row]:
    """What commands that look at releases cost where there are more and more of them."""
    with a_project() as project:
        command = BIN / "funding-report"
        first = project / "reports" / ROUND / str(LATEST)
        cost_of([command, "board", ROUND, "--as-of", str(LATEST)], project)
        help_seconds = cost_of([command, "--help"], project).seconds
        commands = {
            "index": ["index"],
            "due": ["due", ROUND, "--within", "30", "--on", str(LATEST)],
            "status": ["status", ROUND, "--as-of", str(LATEST)],
            "verify": ["verify", str(first), "--no-documents"],
        }
        found: dict[str, list[float]] = {name: [] for name in commands}
        for size in SIZES:
            _have_releases(first, size)
            for name, words in commands.items():
                found[name].append(cost_of([command, *words], project).seconds - help_seconds)
    curves = [Curve(name, SIZES, seconds) for name, seconds in found.items()]
    draw_growth("releases", "releases", curves)
    for name, seconds in found.items():
        ratio = seconds[-1] / seconds[0]
        listed = " · ".join(f"{one:.1f}" for one in seconds)
        how = f"processor time less that of --help: {listed} s with {' · '.join(map(str, SIZES))}"
        what = f"{name}: time with {SIZES[-1]} releases relative to {SIZES[0]}"
        yield what, f"{ratio:.1f}×", f"at most {MOST_TIMES}×", ratio <= MOST_TIMES, how


def _have_releases(first: Path, size: int) -> None:
    """Copy a release to the days before its own until there are `size` of them."""
    content = json.loads((first / "run.json").read_text(encoding="utf-8"))
    for at in range(1, size):
        day = str(LATEST - timedelta(days=at))
        folder = first.with_name(day)
        if folder.exists():
            continue
        shutil.copytree(first, folder, copy_function=os.link)
        (folder / "run.json").unlink()
        content["parameters"]["as_of"] = day
        (folder / "run.json").write_text(json.dumps(content), encoding="utf-8")
