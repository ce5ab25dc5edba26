"""An exception of a separate process as JSON values, and as an exception of its caller again.

An error that has a message stays one, and what the system refuses stays an OSError or a
MemoryError, for which the command line has messages. Anything else is a defect, and stays one.
"""

from __future__ import annotations

from traceback import format_exception
from typing import Any

from helpers.errors import ExhaustedError, ReportError, SeparateProcessError, code_position


class ForkServerEndedError(ExhaustedError):
    """The fork server has ended, perhaps because the system killed it."""

    def __init__(self) -> None:
        super().__init__(
            "The process that starts notebooks has ended: the system may lack memory. Raise its "
            "limits (`ulimit -a`), or end other programs, and run the command again."
        )


def describe_failure(error: Exception) -> dict[str, Any]:
    """Return an exception as JSON values, for `rebuilt_failure`."""
    if isinstance(error, ReportError):
        return {"message": str(error), "exit_code": error.exit_code}
    described: dict[str, Any] = {
        "traceback": "".join(format_exception(error)),
        "position": code_position(error),
    }
    if isinstance(error, MemoryError):
        described["memory"] = str(error)
    if isinstance(error, OSError) and error.errno is not None:
        filename = None if error.filename is None else str(error.filename)
        described["refused"] = [error.errno, error.strerror, filename]
    return described


def rebuilt_failure(described: dict[str, Any]) -> Exception:
    """Return the exception to raise: ReportError, OSError, MemoryError or SeparateProcessError."""
    if "message" in described:
        known = ReportError(described["message"])
        known.exit_code = described["exit_code"]
        return known
    defect = SeparateProcessError(described["traceback"], described["position"])
    rebuilt: Exception = defect
    if "refused" in described:
        rebuilt = OSError(*described["refused"])
    elif "memory" in described:
        rebuilt = MemoryError(described["memory"])
    if rebuilt is not defect:
        rebuilt.__cause__ = defect
    return rebuilt
