"""Wait for what another process or thread brings about, with a limit of time."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_until(happened: Callable[[], object], seconds: float = 120) -> bool:
    """Whether it has happened in that time; it is asked again and again until it has."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
