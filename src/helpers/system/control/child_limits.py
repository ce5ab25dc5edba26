"""Bounds the memory and the processor time of a process that does one thing with a foreign file.

A library that allocates what a file states cannot be bounded from within its process: what the
system refuses to it ends the process. So it runs in a child, which sets these limits first.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

# A child gets no other variable: one may contain a password or an address.
_KEPT_VARIABLES = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")


def module_command(module: str, *arguments: str) -> Sequence[str]:
    """Return the command that runs a module in a new Python; the current folder hides none."""
    writes_none = ["-B"] if sys.dont_write_bytecode else []  # its environment does not say so
    return [sys.executable, *writes_none, "-P", "-m", module, *arguments]


def child_environment() -> dict[str, str]:
    """Return the variables that Python itself needs."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {**kept, "PYTHONUTF8": "1"}


def limit_memory(most: int) -> None:
    """Limit the addresses of this process, in bytes; where the system has no such limit, nothing.

    Beyond it, Python raises MemoryError and a library in Rust aborts.
    """
    _lower_limit("RLIMIT_AS", most)
    _lower_limit("RLIMIT_CORE", 0)


def limit_processor_seconds(more: int) -> None:
    """Limit the processor time of this process to what it has used and some seconds more.

    Beyond it, SIGXCPU ends the process. Unlike time by the clock it does not depend on what else
    the machine does.
    """
    used = os.times()
    _lower_limit("RLIMIT_CPU", int(used.user + used.system) + 1 + more, hard=False)


def prefer_to_be_killed() -> None:
    """Let the system end this process before its parent process if memory runs out."""
    with suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _lower_limit(name: str, most: int, *, hard: bool = True) -> None:
    """Set a limit of the process, no higher than the parent process has it."""
    try:
        import resource  # noqa: PLC0415 Windows has none
    except ImportError:
        return
    kind = getattr(resource, name, None)
    if kind is None:
        return
    ceiling = resource.getrlimit(kind)[1]
    bounded = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
    with suppress(ValueError, OSError):  # macOS refuses to lower some of them
        resource.setrlimit(kind, (bounded, bounded if hard else ceiling))
