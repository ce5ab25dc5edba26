"""A lock that one run at a time holds, and that the system releases however the run ends.

The system keeps the lock (flock; on Windows a locked byte range), not the file: a lock file that a
killed run left behind locks nothing. On a network file system the lock holds between machines only
where the server keeps locks, as NFS 4 and SMB do.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import LockedError, ReportError
from helpers.system.control.signals import uninterrupted

if TYPE_CHECKING:
    from filelock import BaseFileLock

# What a file system answers that keeps no locks; any other error is about the file itself.
_NO_LOCKS_ERRNOS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
# A file that its holder removed between our opening and locking it is opened again within this.
_ACQUIRE_SECONDS, _POLL_SECONDS = 0.1, 0.01


@contextmanager
def locked(
    path: Path,
    keep_file: Callable[[], bool] = lambda: False,
    remedy: str = "Choose another --output.",
    wait: float = 0.0,
) -> Iterator[None]:
    """Hold the lock of a file; remove the file at the end unless `keep_file` returns True then.

    `remedy` ends the message where the file's folder may not be written to. Raises LockedError if
    another process still holds the lock after `wait` seconds, ReportError where the file system
    keeps no locks.
    """
    # Only a command that writes needs it: importing it takes longer than --help.
    from filelock import FileLock  # noqa: PLC0415

    # A lock that is a mere file would survive a killed run, so no lock at all is an error instead.
    lock = FileLock(path, fallback_to_soft=False)
    deadline = time.monotonic() + wait
    with ExitStack() as undo:
        while not lock.is_locked:
            with uninterrupted(), _until(deadline):  # a signal ends the wait between two attempts
                _acquire_lock(lock, path, remedy)
                undo.callback(_release_lock, lock, path, keep_file)
        yield


def remove_unheld_locks(folder: Path, pattern: str) -> None:
    """Remove the lock files in a folder that killed runs have left and no process holds.

    Each is taken first: a process that opens it meanwhile sees that its name is gone, and opens a
    new one. A file that cannot be locked stays.
    """
    for left in folder.glob(pattern):
        with suppress(LockedError, ReportError), locked(left):
            pass


@contextmanager
def _until(deadline: float) -> Iterator[None]:
    """Ignore a LockedError before the deadline (of time.monotonic)."""
    try:
        yield
    except LockedError:
        if time.monotonic() >= deadline:
            raise


def _acquire_lock(lock: BaseFileLock, path: Path, remedy: str) -> None:
    from filelock import Timeout  # noqa: PLC0415

    try:
        lock.acquire(_ACQUIRE_SECONDS, _POLL_SECONDS)
    except Timeout:
        raise LockedError(
            f"Another run is making {path.stem.lstrip('.')}. Wait for it, and run this again."
        ) from None
    except OSError as error:
        raise _lock_error(path, error, remedy) from None


def _release_lock(lock: BaseFileLock, path: Path, keep_file: Callable[[], bool]) -> None:
    with uninterrupted():
        # Removed while held: a process that has the file open sees that its name is gone and opens
        # a new one. Windows removes no open file; there filelock does so after the release.
        if os.name != "nt" and not keep_file():
            path.unlink(missing_ok=True)
        lock.release()


def _lock_error(path: Path, error: OSError, remedy: str) -> ReportError:
    if error.errno in _NO_LOCKS_ERRNOS:
        return ReportError(
            f"The file system of {path.parent} keeps no locks: {error.strerror}. Choose an "
            "--output on another file system."
        )
    return ReportError(f"Nothing can be written in {path.parent}: {error.strerror}. {remedy}")
