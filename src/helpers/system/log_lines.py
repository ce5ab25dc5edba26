"""What a run says of itself to other programs: JSON lines on stderr, with no secret in them."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from helpers.system.redaction import find_secrets, redact


@dataclass
class _LogState:
    clock: Callable[[], datetime]
    started_at: float = field(default_factory=time.monotonic)
    context: dict[str, str | None] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)


_active_log: list[_LogState] = []


def start_json_logging(clock: Callable[[], datetime]) -> None:
    """Write JSON lines from now on; what libraries log and warn of becomes lines too.

    `clock` returns the time, with its zone.
    """
    _active_log[:] = [_LogState(clock)]
    logging.captureWarnings(capture=True)
    logging.basicConfig(handlers=[_LibraryLogHandler()], level=logging.WARNING, force=True)


def is_json() -> bool:
    """Whether JSON lines are written, and so nothing else may be on stderr."""
    return bool(_active_log)


def set_context(round_name: str | None, as_of: str, decisions: str | None) -> None:
    """What the run is about, for every line from now on; the register's password is hidden."""
    for log in _active_log:
        log.context = {"round": round_name, "as_of": as_of}
        log.secrets = find_secrets(decisions)


def log_event(name: str, level: str = "info", *, release: str | None = None, **more: Any) -> None:
    """One line; nothing where no JSON lines are asked for.

    `time`, `level`, `event`, `round`, `as_of`, `release` and `seconds` (since the run began) are in
    every line, null where there is none; `more` comes after them.
    """
    for log in _active_log:
        line = {
            "time": log.clock().isoformat(timespec="milliseconds"),
            "level": level,
            "event": name,
            "round": log.context.get("round"),
            "as_of": log.context.get("as_of"),
            "release": release,
            "seconds": round(time.monotonic() - log.started_at, 3),
            **more,
        }
        shown = {
            key: redact(value, log.secrets) if isinstance(value, str) else value
            for key, value in line.items()
        }
        # ASCII alone: no character of a register can end the line or upset a console.
        sys.stderr.write(json.dumps(shown) + "\n")
        sys.stderr.flush()


class _LibraryLogHandler(logging.Handler):
    """Makes a line of what a library logs."""

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().strip()
        log_event("library", record.levelname.lower(), library=record.name, message=message)
