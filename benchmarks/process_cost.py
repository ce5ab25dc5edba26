"""What a command costs: processor time and memory of all its processes, the forked ones too."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
_BETWEEN_LOOKS = 0.05  # seconds


@dataclass(frozen=True)
class ProcessCost:
    """Seconds of processor time, and the most megabytes in use at one moment.

    A page that several processes share counts once.
    """

    seconds: float
    megabytes: float


def cost_of(command: Sequence[str | Path], folder: Path, *, expected: int = 0) -> ProcessCost:
    """Run a command in a folder; exits if it ends with another code than the expected one."""
    words = [sys.executable, __file__, *map(str, command)]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != expected:
        sys.exit(f"{' '.join(words[2:])} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return ProcessCost(*json.loads(done.stdout.splitlines()[-1]))


def peak_of_this_process() -> float:
    """The most megabytes that this process has had in use since it started its program.

    `resource.getrusage` would begin with those of the process that started it.
    """
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024


def _measure(command: list[str]) -> int:
    """Run a command, wait for each process that it leaves behind, and print what all cost."""
    # A fork server outlives the command that started it: its time counts when it is waited for.
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        most = 0.0
        while True:
            try:
                process.wait(_BETWEEN_LOOKS)
                break
            except subprocess.TimeoutExpired:
                most = max(most, _in_use(os.getpid()))
    with suppress(ChildProcessError):
        while True:
            os.wait()
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    most = max(most, spent.ru_maxrss / 1024)  # of a process too short to be looked at
    sys.stdout.write(json.dumps([spent.ru_utime + spent.ru_stime, most]))
    return process.returncode


def _in_use(above: int) -> float:
    """The memory of all descendants of a process, in megabytes."""
    return sum(_proportional(pid) for pid in _descendants(above)) / 1024


def _descendants(above: int) -> list[int]:
    found, unseen = [], [above]
    while unseen:
        for tasks in Path(f"/proc/{unseen.pop()}/task").glob("*/children"):
            with suppress(OSError):
                children = [int(pid) for pid in tasks.read_text().split()]
                found += children
                unseen += children
    return found


def _proportional(pid: int) -> int:
    """The kilobytes of a process; of a page that others share, its part."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


if __name__ == "__main__":
    sys.exit(_measure(sys.argv[1:]))
