"""How far a batch has come, on stderr: how many, how fast, how long still."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

from helpers.system import log_lines

SECONDS_BETWEEN_LINES = 30.0  # seconds between lines where nobody watches


class Progress:
    """A line that renews itself on a terminal; elsewhere a line now and then."""

    def __init__(
        self,
        total: int,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total, self._stream, self._clock = total, stream or sys.stderr, clock
        self._on_terminal = self._stream.isatty() and not log_lines.is_json()
        self._started_at = self._last_written = clock()
        self._done = self._failed = 0

    def step(self, *, failed: bool = False) -> None:
        """One more is done, or has failed."""
        self._done += 1
        self._failed += failed
        now = self._clock()
        if (
            self._on_terminal
            or now - self._last_written >= SECONDS_BETWEEN_LINES
            or self._done == self._total
        ):
            self._last_written = now
            self._write_line(self.line(now - self._started_at))
            log_lines.log_event("progress", done=self._done, of=self._total, failed=self._failed)

    def line(self, seconds: float) -> str:
        """The line to print after `seconds`."""
        rate = self._done / seconds if seconds > 0 else 0.0
        parts = [f"{self._done} of {self._total} letters", f"{rate:.1f} a second"]
        remaining = self._total - self._done
        if remaining and rate:
            parts.append(f"{_duration_text(remaining / rate)} left")
        if self._failed:
            parts.append(f"{self._failed} failed")
        return ", ".join(parts)

    def close(self) -> None:
        """End the line."""
        if self._on_terminal and self._done:
            self._stream.write("\n")

    def _write_line(self, line: str) -> None:
        if log_lines.is_json():
            return
        self._stream.write(f"\r{line}\x1b[K" if self._on_terminal else f"{line}\n")
        self._stream.flush()


def _duration_text(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
