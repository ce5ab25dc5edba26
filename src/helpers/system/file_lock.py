"""A lock that one process at a time holds, and that ends with the process.

The operating system keeps it (flock; on Windows a locked byte): a file that is left behind locks
nothing. On a network file system, machines exclude each other only if the server keeps
locks, as NFS 4 and SMB do. A file system without locks is an error, not a run without a lock.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from helpers.errors import LockedError, ReportError
from helpers.system.signals import uninterrupted

# Errors for a lock that another process holds; all others are errors of the file system.
_HELD_ERRNOS = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(
    path: Path,
    keep_file: Callable[[], bool] = lambda: False,
    remedy: str = "Choose another --output.",
) -> Iterator[None]:
    """Hold the lock of a file; the file is removed at the end unless `keep_file` returns true.

    Raises LockedError if another process holds the lock, and ReportError if the file system has no
    locks or the folder may not be written to; `remedy` ends the latter message.
    """
    with ExitStack() as undo:
        with uninterrupted():
            descriptor = _acquire_lock(path, remedy)
            undo.callback(_release_lock, descriptor, path, keep_file)
        yield


def _release_lock(descriptor: int, path: Path, keep_file: Callable[[], bool]) -> None:
    with uninterrupted():
        if keep_file():
            os.close(descriptor)
        elif sys.platform == "win32":  # which removes no file that is open
            os.close(descriptor)
            path.unlink(missing_ok=True)
        else:
            path.unlink(missing_ok=True)
            os.close(descriptor)


def _acquire_lock(path: Path, remedy: str) -> int:
    while True:
        descriptor = _open_lock_file(path, remedy)
        try:
            _take(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise _lock_error(path, error) from None
        if _is_file_at(path, descriptor):
            return descriptor
        os.close(descriptor)  # the run that held it has just removed the file


def _is_file_at(path: Path, descriptor: int) -> bool:
    """Whether the open file is still the file at the path."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _open_lock_file(path: Path, remedy: str) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise ReportError(
            f"Nothing can be written in {path.parent}: {error.strerror}. {remedy}"
        ) from None


def _lock_error(path: Path, error: OSError) -> ReportError:
    if error.errno in _HELD_ERRNOS:
        return LockedError(
            f"Another run is making {path.stem.lstrip('.')}. Wait for it, and run this again."
        )
    return ReportError(
        f"No lock can be had in {path.parent}: {error.strerror}. Choose an --output on another "
        "file system."
    )
