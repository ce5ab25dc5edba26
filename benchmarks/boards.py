"""Measures the board report against the stock tools, a second language, and the charts."""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from letter_batches import AS_OF, BOARD, a_project, in_turn, sizes
from stock import BIN, seconds, three_commands
from table import Row

CHARTED = ["answer", "over_time", "missing", "by_county", "by_group", "profile", "on_map"]


def of_the_board() -> Iterator[Row]:
    """What the board report costs, and its size."""
    with a_project() as project:
        yield from against_stock(project)
        yield from of_the_charts(project)
        yield from sizes(project, "2017-02-22-draft-sv", "board-report", 1000, 500)


def against_stock(project: Path) -> Iterator[Row]:
    """A report in one language and in two, and the stock commands for one.

    Each report runs three times a turn: a second language adds less than the time of a run
    varies by.
    """
    reports = [
        lambda: report(project, "--language", "sv").wall,
        lambda: report(project).wall,
    ]
    *taken, stock = in_turn(*reports * 3, lambda: three_commands(project, BOARD, as_of=AS_OF))
    one, two = statistics.median(taken[::2]), statistics.median(taken[1::2])
    how = f"funding-report board --language sv {one:.1f} s, the three commands {stock:.1f} s"
    ratio = one / stock
    yield "board: time relative to stock", f"{ratio:.2f}×", "at most 0.17×", ratio <= 0.17, how
    how = f"funding-report board {two:.1f} s, the three commands for one language {stock:.1f} s"
    ratio = two / stock
    yield "the same in two languages", f"{ratio:.2f}×", "at most 0.2×", ratio <= 0.2, how
    how = f"{two - one:.1f} s more than {one:.1f} s"
    ratio = two / one - 1
    yield "what a second language adds", f"{ratio:.2f}×", "at most 0.2×", ratio <= 0.2, how


def of_the_charts(project: Path) -> Iterator[Row]:
    """The processor time of the sections with a chart, in the whole of a report."""
    charts, whole = in_turn(
        lambda: float(subprocess.check_output([sys.executable, __file__], cwd=project)),
        lambda: report(project, "--language", "sv").processor,
    )
    how = f"sections with a chart {charts:.2f} s, funding-report board --language sv {whole:.2f} s"
    share = charts / whole
    yield "processor time of the charts", f"{share:.2f} of a report", "–", True, how


class Taken(NamedTuple):
    """The seconds that a command takes, and those of all its processes."""

    wall: float
    processor: float


def report(project: Path, *options: str) -> Taken:
    """Publish a board report from the command line."""
    shutil.rmtree(project / "reports", ignore_errors=True)
    before = children_seconds()
    asked = ["board", "skl-2016", "--as-of", AS_OF, *options]
    wall = seconds(BIN / "funding-report", *asked, folder=project)
    return Taken(wall, children_seconds() - before)


def children_seconds() -> float:
    """The processor time of all processes that have been waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def drawn() -> float:
    """The processor time of the sections with a chart, in a process that has loaded the round."""
    from helpers.report.board_report import BoardReport

    loaded = BoardReport.load(round="skl-2016", as_of=AS_OF)
    _ = (loaded.statement, loaded.figures, loaded.group_profile)
    begun = time.process_time()
    for section in CHARTED:
        getattr(loaded, section)()
    return time.process_time() - begun


if __name__ == "__main__":
    sys.stdout.write(str(drawn()))
