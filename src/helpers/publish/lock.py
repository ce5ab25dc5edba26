"""A lock that one run at a time holds, and that goes with the run however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.errors import LockedError

if sys.platform == "win32":
    import msvcrt

    def _take(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that a file stands for; LockedError if another process does. The file goes."""
    number = _hold(path)
    try:
        yield
    finally:
        if sys.platform == "win32":  # which removes no file that is open
            os.close(number)
            path.unlink(missing_ok=True)
        else:
            path.unlink(missing_ok=True)
            os.close(number)


def _hold(path: Path) -> int:
    while True:
        number = os.open(path, os.O_RDWR | os.O_CREAT)
        try:
            _take(number)
        except OSError:
            os.close(number)
            raise LockedError(
                f"Another run is making {path.stem.lstrip('.')}. Wait for it, and run this again."
            ) from None
        if path.exists() and os.path.samestat(os.fstat(number), path.stat()):
            return number
        os.close(number)  # the run that held it has just removed the file
