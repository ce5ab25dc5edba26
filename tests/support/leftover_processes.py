"""The processes that a run has started: whether any of them is left when it has ended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from support.waiting import wait_until


def nobody_left(project: Path, seconds: float = 120) -> bool:
    """Whether no process works in the project's folder any longer, or waits for one that does.

    On a loaded machine one that is just starting takes half a minute to see that it is to end.
    """
    return wait_until(lambda: not list(_here(project)), seconds)


def _here(project: Path) -> Iterator[int]:
    for place in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if place.readlink() == project and int(place.parent.name) != os.getpid():
                yield int(place.parent.name)
        except OSError:
            pass
